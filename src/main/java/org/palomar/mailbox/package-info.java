/** The message list, its actions, and the administration of mailboxes. */
@ApplicationModule(allowedDependencies = {"mail", "imap", "account", "web", "tree", "listing", "filing", "threads"})
@NullMarked
package org.palomar.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
