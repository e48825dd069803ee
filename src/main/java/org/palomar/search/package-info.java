/**
 * Search in one mailbox or in all of them: results come newest first while the search goes on. Uses mail, imap, account, web, tree,
 * listing and query.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web", "tree", "listing", "query"})
@NullMarked
package org.palomar.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
