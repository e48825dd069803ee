package org.palomar.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;

/**
 * What is sealed in a row of the outbox, beside the message itself.
 *
 * @param sender the envelope's MAIL FROM
 * @param recipients the envelope's RCPT TO
 * @param messageId with angle brackets
 * @param subject as typed
 * @param to whom it is for, as people read it
 * @param people the same, with names and addresses
 * @param original {@link org.palomar.mail.MessageRef#address()} of the message that it answers or forwards, or null
 * @param flag what that one is marked with, or empty
 * @param replaces address of somebody else's draft that it was made of, or null
 * @param letter the letter in work, to be given back
 * @param detail what the server said when it did not take the message, untrusted text of one line; empty so far
 * @param reportId what reports about its deliveries are to name it by, or null when none are wanted; empty when they were, and the
 *     server does not make any
 */
public record Parcel(
        String sender,
        List<String> recipients,
        String messageId,
        String subject,
        String to,
        List<Address> people,
        @Nullable String original,
        String flag,
        @Nullable String replaces,
        String letter,
        String detail,
        @Nullable String reportId) {

    public Parcel {
        recipients = List.copyOf(recipients);
        people = List.copyOf(people);
    }

    /** Somebody else's draft that it was made of, or null. */
    @Nullable
    MessageRef replaced() {
        return replaces == null ? null : MessageRef.parse(replaces);
    }

    /** What reports name a message by: its Message-ID, as far as it is our own. */
    public static String reportId(MessageId id) {
        return id.value().substring(1, id.value().length() - 1);
    }

    Parcel with(String said) {
        return new Parcel(
                sender, recipients, messageId, subject, to, people, original, flag, replaces, letter, said, reportId);
    }

    /** Reports were wanted, and there will be none. */
    Parcel unreported() {
        return new Parcel(
                sender, recipients, messageId, subject, to, people, original, flag, replaces, letter, detail, "");
    }

    boolean isUnreported() {
        return reportId != null && reportId.isEmpty();
    }
}
