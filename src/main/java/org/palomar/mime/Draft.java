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
 * @param alternative another form of the text for programs, or null; a message that has one has no files
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
        List<MessageId> references,
        @Nullable Alternative alternative) {

    public Draft {
        if (alternative != null && !files.isEmpty()) {
            throw new IllegalArgumentException("a message with two forms has no files");
        }
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        files = List.copyOf(files);
        references = List.copyOf(references);
    }

    /** A message that is text and files. */
    public Draft(
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
        this(from, to, cc, bcc, subject, text, files, messageId, date, inReplyTo, references, null);
    }

    /**
     * A second form of the text (RFC 2046 section 5.1.4), such as the calendar of an answer (RFC 6047).
     *
     * @param contentType the header's value, of our own making: ASCII in one line
     * @param text with CRLF line ends, written as UTF-8
     */
    public record Alternative(String contentType, String text) {

        public Alternative {
            if (contentType.chars().anyMatch(c -> c < ' ' || c > '~') || contentType.length() > 200) {
                throw new IllegalArgumentException("not a content type");
            }
        }
    }

    /** @param mediaType {@code type/subtype} as claimed; message/rfc822 for a forwarded message */
    public record File(String name, String mediaType, Path content) {}
}
