package org.palomar.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.MessageId;

/**
 * An envelope read from the header itself. Servers disagree about headers that are written wrongly, and some lose the true
 * address of {@code a@b.example <c@d.example>}; of a field that comes twice the first counts here.
 */
public final class HeaderEnvelope {

    /** The fields that are read. */
    public static final List<String> FIELDS =
            List.of("Date", "Subject", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Content-Type");

    private HeaderEnvelope() {}

    /**
     * What the header says, and what the server says where the header has no such field.
     *
     * @param fields header lines, octets as U+0000 to U+00FF
     * @param charset of octets that do not say what they are in, or null for that of the message's text
     */
    public static Envelope over(Envelope server, String fields, @Nullable String charset) {
        byte[] octets = fields.getBytes(StandardCharsets.ISO_8859_1);
        MimeHeader header = MimeHeader.read(octets, 0, octets.length);
        Envelope own = of(header, charset);
        return new Envelope(
                own.date() == null ? server.date() : own.date(),
                own.subject() == null ? server.subject() : own.subject(),
                either(own.from(), server.from()),
                // Servers put the author there when there is no such field, as they understand the author.
                either(either(own.sender(), own.from()), server.sender()),
                either(either(own.replyTo(), own.from()), server.replyTo()),
                either(own.to(), server.to()),
                either(own.cc(), server.cc()),
                either(own.bcc(), server.bcc()),
                server.inReplyTo(),
                server.messageId());
    }

    /** The media type that the header claims and whether it names a file; see {@link #over} for {@code fields}. */
    public static Claim claim(String fields) {
        byte[] octets = fields.getBytes(StandardCharsets.ISO_8859_1);
        MimeHeader header = MimeHeader.read(octets, 0, octets.length);
        return new Claim(
                header.word("content-type", ""),
                header.parameters("content-type").containsKey("name"),
                header.parameters("content-type").containsKey("boundary"));
    }

    /** @param mediaType lower case; empty when there is no Content-Type */
    public record Claim(String mediaType, boolean named, boolean bounded) {}

    static Envelope of(MimeHeader header, @Nullable String charset) {
        String hint = charset == null ? header.parameters("content-type").get("charset") : charset;
        String subject = header.raw("subject");
        String date = header.raw("date");
        String id = header.raw("message-id");
        List<MessageId> ids = id == null ? List.of() : MessageId.all(id);
        return new Envelope(
                date == null ? null : HeaderDate.parse(date),
                subject == null ? null : HeaderText.decode(subject, hint),
                addresses(header.raw("from"), hint),
                addresses(header.raw("sender"), hint),
                addresses(header.raw("reply-to"), hint),
                addresses(header.raw("to"), hint),
                addresses(header.raw("cc"), hint),
                addresses(header.raw("bcc"), hint),
                header.raw("in-reply-to"),
                ids.isEmpty() ? null : ids.getFirst());
    }

    private static List<Address> addresses(@Nullable String raw, @Nullable String hint) {
        return raw == null ? List.of() : HeaderAddresses.parse(raw, hint);
    }

    private static List<Address> either(List<Address> own, List<Address> server) {
        return own.isEmpty() ? server : own;
    }
}
