/** Delivery: submit, file the copy in Sent, mark the original. Uses mail, imap, mime, smtp and account. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "smtp", "account", "tree"})
@NullMarked
package org.palomar.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
