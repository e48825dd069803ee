package org.palomar.migration.imap;

import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.migration.Digests;

/**
 * What a message is called for ever: by what it is, since UIDs hold only as long as a server keeps its UIDVALIDITY (RFC 9051 section
 * 2.3.1.1), and since one message with two labels has two of them.
 */
final class Likeness {

    /** Flags that mean the same everywhere; what is marked as deleted is not brought. */
    static final Flags STANDARD = Flags.of(Flags.SEEN, Flags.ANSWERED, Flags.FLAGGED, Flags.DRAFT);

    private Likeness() {}

    /** By Message-ID, size and arrival; without a Message-ID by what else the envelope says. */
    static String of(MessageSummary row) {
        Envelope envelope = row.envelope();
        String id = envelope.messageId() == null
                ? "-" + envelope.date() + "\n" + envelope.subject() + "\n" + envelope.from() + "\n" + envelope.to()
                : envelope.messageId().value();
        return Digests.of(
                id, String.valueOf(row.size()), String.valueOf(row.arrived().getEpochSecond()));
    }

    /** Of a message of which the server tells nothing else. */
    static String of(MailboxName mailbox, UidValidity era, Uid uid) {
        return Digests.of(mailbox.value(), era.toString(), uid.toString());
    }

    /** Of a message that may lie in another mailbox, too. */
    static String in(MailboxName mailbox, String name) {
        return Digests.of(mailbox.value(), name);
    }
}
