package org.palomar.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ENVELOPE of a message (RFC 9051 section 7.5.2), decoded. Absent headers are null or empty.
 *
 * @param date the Date header, or null when absent or unreadable
 * @param subject decoded, without line breaks; null when absent
 */
public record Envelope(
        @Nullable Instant date,
        @Nullable String subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        @Nullable String inReplyTo,
        @Nullable MessageId messageId) {

    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
