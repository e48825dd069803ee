package org.palomar.migration.imap;

import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;

/**
 * A mailbox there and where what lies in it goes.
 *
 * @param kind how it is told from others
 */
record Route(Mailbox from, MailboxName to, Kind kind) {

    /** What lies in a mailbox. */
    enum Kind {
        /** Messages that lie nowhere else. */
        OWN,
        /** Messages that may have other labels, too. */
        LABEL,
        /** Messages that mostly lie elsewhere: all of them, or the important ones. */
        VIEW,
        /** Those with a star, which mostly lie elsewhere. */
        STARS;

        boolean isView() {
            return this == VIEW || this == STARS;
        }
    }
}
