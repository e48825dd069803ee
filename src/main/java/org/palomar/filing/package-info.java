/**
 * What people do with messages: marks, moves and deletes, verified by UID, with undo, and as jobs in the background when
 * there are many. Lists and searches say which messages; their pages lie above. Uses mail, imap, account, web and tree.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web", "tree"})
@NullMarked
package org.palomar.filing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
