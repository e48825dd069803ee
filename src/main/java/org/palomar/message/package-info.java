/** Reading one message: its parts, its body frame, its attachments. Uses listing for the order in which one message follows another. */
@ApplicationModule(
        allowedDependencies = {"mail", "imap", "mime", "html", "account", "web", "tree", "reading", "listing"})
@NullMarked
package org.palomar.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
