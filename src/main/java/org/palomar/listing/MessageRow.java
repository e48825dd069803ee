package org.palomar.listing;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageSummary;
import org.palomar.web.Reader;

/**
 * One message in the list.
 *
 * @param ref {@code uidvalidity.uid}
 * @param who sender, or recipients where one's own mail lies
 * @param subject empty when there is none
 * @param outgoing whether one's own mail lies there
 */
public record MessageRow(
        String ref,
        String url,
        String who,
        String whoAddress,
        String subject,
        String preview,
        String date,
        String dateTitle,
        String size,
        boolean unread,
        boolean flagged,
        boolean answered,
        boolean forwarded,
        boolean attachment,
        boolean draft,
        boolean outgoing) {

    /**
     * The row of a message.
     *
     * @param outgoing whether one's own mail lies there, so that recipients say more than the sender
     * @param preview the first words, or null
     */
    public static MessageRow of(MessageSummary message, boolean outgoing, @Nullable String preview, Reader reader) {
        return of(message, outgoing, preview, Sort.NEWEST, reader);
    }

    /**
     * The row of a message in an ordered list: its link keeps the order, and its date is the one ordered by.
     *
     * @param outgoing whether one's own mail lies there, so that recipients say more than the sender
     * @param preview the first words, or null
     */
    public static MessageRow of(
            MessageSummary message, boolean outgoing, @Nullable String preview, Sort sort, Reader reader) {
        Envelope envelope = message.envelope();
        Flags flags = message.flags();
        List<Address> people = outgoing ? recipients(envelope) : envelope.from();
        return new MessageRow(
                message.ref().key(),
                sort.onto("/mailboxes/" + message.ref().mailbox().toSegment() + "/messages/"
                        + message.ref().key()),
                people.stream().map(Address::display).limit(3).collect(Collectors.joining(", ")),
                people.isEmpty() ? "" : people.getFirst().address(),
                envelope.subject() == null ? "" : envelope.subject().strip(),
                preview == null ? "" : preview,
                reader.shortDate(sort.date(message)),
                reader.longDate(sort.date(message)),
                reader.size(message.size()),
                !flags.seen(),
                flags.flagged(),
                flags.answered(),
                flags.forwarded(),
                message.body() != null && message.body().hasAttachment(),
                flags.draft(),
                outgoing);
    }

    private static List<Address> recipients(Envelope envelope) {
        return !envelope.to().isEmpty() ? envelope.to() : envelope.cc();
    }
}
