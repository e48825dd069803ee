/** The message list, the mailbox tree and their administration. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web"})
@NullMarked
package org.palomar.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
