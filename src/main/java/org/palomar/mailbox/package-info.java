/**
 * The message list, its actions, and the administration of mailboxes. Uses mime and html only for the preview line where
 * the server offers none.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "html", "account", "web", "tree"})
@NullMarked
package org.palomar.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
