package org.palomar.mime;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;

/**
 * A message to be written. Text comes from a person: {@link MessageWriter} makes it safe for headers.
 *
 * @param text plain text with LF or CRLF line ends, logical lines unwrapped
 * @param inReplyTo the message answered, or null
 * @param references its References with its own Message-ID last; empty for a new message
 */
public record Draft(
        Address from,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        String subject,
        String text,
        List<File> files,
        MessageId messageId,
        ZonedDateTime date,
        @Nullable MessageId inReplyTo,
        List<MessageId> references) {

    public Draft {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        files = List.copyOf(files);
        references = List.copyOf(references);
    }

    /** @param mediaType {@code type/subtype} as claimed; message/rfc822 for a forwarded message */
    public record File(String name, String mediaType, Path content) {}
}
