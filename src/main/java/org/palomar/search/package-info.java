/**
 * Search in one mailbox or in all of them: results come newest first while the search goes on, and can be acted on, all at once too.
 * Uses mail, imap, account, web, tree, listing, query and filing.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web", "tree", "listing", "query", "filing"})
@NullMarked
package org.palomar.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
