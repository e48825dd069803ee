/**
 * Letters in work: their rows in the store, and their one copy in the Drafts mailbox. What a letter consists of is for {@code compose}
 * to know. Uses mail, imap, account, tree and store.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "tree", "store"})
@NullMarked
package org.palomar.drafts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
