/** Writing: the editor page, quoting, uploads. */
@ApplicationModule(
        allowedDependencies = {"mail", "imap", "mime", "html", "account", "web", "tree", "reading", "outbox"})
@NullMarked
package org.palomar.compose;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
