/** What each person chose, and the page to choose it. Uses mail, imap, account, web, tree and store. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web", "tree", "store"})
@NullMarked
package org.palomar.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
