/**
 * Mail brought home: from POP3 and IMAP servers and from files, by jobs that go on past sign-out and restart, and say at the end what
 * became of each message. Uses mail, imap and mime for the mail, account, web, tree and store for the person, domain and door for the
 * servers that people name.
 */
@ApplicationModule(allowedDependencies = {"mail", "imap", "mime", "account", "web", "tree", "store", "domain", "door"})
@NullMarked
package org.palomar.migration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
