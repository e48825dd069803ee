/** The gateway to the mail server: people's mailboxes over a small pool of selected connections. Uses mail, and mime for what headers say. */
@ApplicationModule(allowedDependencies = {"mail", "mime"})
@NullMarked
package org.palomar.imap;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
