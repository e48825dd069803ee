package org.palomar.mime;

import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;

/**
 * A disposition notification (RFC 8098): somebody says by their own will that a message was shown to them.
 *
 * @param from who read the message
 * @param to who asked
 * @param text for people, in words
 * @param original the message that was read, or null when it has no identifier
 */
public record Receipt(
        Address from,
        List<Address> to,
        String subject,
        String text,
        @Nullable MessageId original,
        MessageId messageId,
        ZonedDateTime date) {

    public Receipt {
        to = List.copyOf(to);
    }
}
