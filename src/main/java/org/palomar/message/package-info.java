/** Reading one message: its parts, its body frame, its attachments. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "html", "account", "web", "tree", "reading"})
@NullMarked
package org.palomar.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
