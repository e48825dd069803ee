/**
 * Messages on their way: a durable outbox with undo, a time to be sent at, retries and its page; and delivery: submit, file the copy,
 * mark the original. Uses mail, imap, mime, smtp, account, web, tree, store and drafts, to which a message that was not sent goes back.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "smtp", "account", "web", "tree", "store", "drafts"})
@NullMarked
package org.palomar.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
