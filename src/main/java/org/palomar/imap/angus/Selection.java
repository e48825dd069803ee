package org.palomar.imap.angus;

import org.palomar.mail.MailboxName;

/** SELECT, EXAMINE and UNSELECT. */
final class Selection {

    private Selection() {}

    /** Selects; when this fails, nothing is selected any more (RFC 9051 section 6.3.2). */
    static SelectedMailbox select(ImapConnection connection, MailboxName name, boolean writable) {
        SelectedMailbox mailbox = new SelectedMailbox(name, writable);
        connection.selected(mailbox);
        boolean done = false;
        try {
            WireResponse completion = ask(connection, name, writable);
            if (completion.hasCode("ALREADYEXISTS")) {
                // Dovecot, when another connection was a moment earlier to open a mailbox that it makes by itself.
                completion = ask(connection, name, writable);
            }
            if (!completion.isOK()) {
                throw Failures.ofSelection(completion);
            }
            done = true;
            return mailbox;
        } finally {
            if (!done) {
                connection.selected(null);
            }
        }
    }

    private static WireResponse ask(ImapConnection connection, MailboxName name, boolean writable) {
        return connection
                .run(Command.read(
                        writable ? "SELECT" : "EXAMINE", connection.names().argument(name)))
                .completion();
    }

    /** Lets go of the mailbox without CLOSE, which would expunge; without UNSELECT the connection is given up. */
    static void unselect(ImapConnection connection) {
        if (connection.selected() != null) {
            if (connection.offers("UNSELECT")) {
                connection.run(Command.read("UNSELECT")).orThrow();
                connection.selected(null);
            } else {
                connection.logOut();
            }
        }
    }
}
