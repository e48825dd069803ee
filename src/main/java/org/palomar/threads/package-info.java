/**
 * Conversations: which messages of a mailbox, and of a person's other mailboxes, belong together. Uses mail, imap, mime,
 * account and tree; it lies below the list and the conversation page, which both show them.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "account", "tree"})
@NullMarked
package org.palomar.threads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
