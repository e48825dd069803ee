/**
 * The mailbox tree that every page shows, and where special mailboxes are. Uses mail, imap, account and web; it lies below
 * the features so that reading and writing need not call the list.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web"})
@NullMarked
package org.palomar.tree;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
