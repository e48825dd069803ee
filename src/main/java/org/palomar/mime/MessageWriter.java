package org.palomar.mime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;

/**
 * Writes a draft as an Internet message (RFC 5322, RFC 2045): CRLF line ends, headers in ASCII but for local parts of addresses that
 * are not (RFC 6532), no Bcc.
 */
public final class MessageWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");
    private static final int MOST_REFERENCES = 20;
    private static final int LONGEST_ID = 900;

    private final SecureRandom random = new SecureRandom();

    /**
     * Writes the message; files are streamed in constant memory.
     *
     * @param to left open and flushed
     * @throws UnsendableAddress when an address cannot be written, before the first octet
     * @throws IOException when a file cannot be read or {@code to} not written
     */
    public void write(Draft draft, OutputStream to) throws IOException {
        write(draft, null, to);
    }

    /**
     * A letter in work as it lies in the Drafts mailbox.
     *
     * @param fields of our own, such as {@code X-Palomar-Draft}, by name
     */
    public record Unsent(Map<String, String> fields) {
        public Unsent {
            fields = Map.copyOf(fields);
        }
    }

    /** As {@link #write(Draft, Path)}, with the hidden recipients, for its writer's own mailbox. */
    public void writeUnsent(Draft draft, Unsent unsent, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            write(draft, unsent, out);
        }
    }

    private void write(Draft draft, @Nullable Unsent unsent, OutputStream to) throws IOException {
        String header = header(draft, unsent);
        OutputStream out = new BufferedOutputStream(to, 16_384);
        out.write(header.getBytes(StandardCharsets.UTF_8));
        if (draft.files().isEmpty()) {
            words(draft, out);
        } else {
            String boundary = boundary();
            List<FilePart> files = new ArrayList<>();
            for (Draft.File file : draft.files()) {
                files.add(FilePart.of(safeType(file.mediaType()), file, files.size() + 1));
            }
            boolean eightBit = files.stream().anyMatch(FilePart::eightBit);
            ascii(out, "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n");
            ascii(out, (eightBit ? "Content-Transfer-Encoding: 8bit\r\n" : "") + "\r\n--" + boundary + "\r\n");
            words(draft, out);
            for (FilePart file : files) {
                ascii(out, "\r\n--" + boundary + "\r\n");
                file.write(out);
            }
            ascii(out, "\r\n--" + boundary + "--\r\n");
        }
        out.flush();
    }

    private String boundary() {
        byte[] unguessable = new byte[16];
        random.nextBytes(unguessable);
        return "=_" + HexFormat.of().formatHex(unguessable);
    }

    /** The text in all its forms, the simplest first (RFC 2046 section 5.1.4). */
    private void words(Draft draft, OutputStream out) throws IOException {
        if (draft.alternative() != null) {
            twoForms(draft.text(), draft.alternative(), boundary(), out);
        } else if (draft.html() == null) {
            TextPart.write(draft.text(), out);
        } else {
            String boundary = boundary();
            ascii(out, "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n");
            ascii(out, "--" + boundary + "\r\n");
            TextPart.write(draft.text(), out);
            ascii(out, "\r\n--" + boundary + "\r\n");
            related(draft.html(), out);
            ascii(out, "\r\n--" + boundary + "--\r\n");
        }
    }

    /** The HTML with the images it shows (RFC 2387). */
    private void related(Draft.Html html, OutputStream out) throws IOException {
        if (html.images().isEmpty()) {
            TextPart.writeHtml(html.fragment(), out);
            return;
        }
        String boundary = boundary();
        ascii(out, "Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"" + boundary + "\"\r\n\r\n");
        ascii(out, "--" + boundary + "\r\n");
        TextPart.writeHtml(html.fragment(), out);
        int number = 0;
        for (Draft.Inline image : html.images()) {
            ascii(out, "\r\n--" + boundary + "\r\n");
            FilePart.inline(safeType(image.file().mediaType()), image, ++number).write(out);
        }
        ascii(out, "\r\n--" + boundary + "--\r\n");
    }

    private static void twoForms(String text, Draft.Alternative other, String boundary, OutputStream out)
            throws IOException {
        ascii(
                out,
                "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n");
        TextPart.write(text, out);
        ascii(out, "\r\n--" + boundary + "\r\nContent-Type: " + other.contentType() + "\r\n");
        ascii(out, "Content-Transfer-Encoding: base64\r\n\r\n");
        out.write(Base64.getMimeEncoder().encode(other.text().getBytes(StandardCharsets.UTF_8)));
        ascii(out, "\r\n--" + boundary + "--\r\n");
    }

    /** As {@link #write(Draft, OutputStream)}, into a file that is made or replaced. */
    public void write(Draft draft, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            write(draft, out);
        }
    }

    /**
     * The envelope's recipients: To, Cc and Bcc for the wire, without repetitions.
     *
     * @throws UnsendableAddress when one of them cannot be used
     */
    public static List<String> recipients(Draft draft) {
        Set<String> wire = new LinkedHashSet<>();
        Stream.of(draft.to(), draft.cc(), draft.bcc())
                .flatMap(List::stream)
                .map(Address::address)
                .map(WireAddress::international)
                .forEach(wire::add);
        return List.copyOf(wire);
    }

    /** The addresses of the envelope and the header whose local part is not ASCII, which only servers with SMTPUTF8 take. */
    public static List<String> international(Draft draft) {
        return Stream.of(
                        List.of(draft.from()),
                        draft.to(),
                        draft.cc(),
                        draft.bcc(),
                        draft.wishes().replyTo())
                .flatMap(List::stream)
                .map(Address::address)
                .filter(WireAddress::isInternational)
                .distinct()
                .toList();
    }

    private static String header(Draft draft, @Nullable Unsent unsent) {
        HeaderWriter header =
                new HeaderWriter().plain("Date", DATE.format(draft.date())).addresses("From", List.of(draft.from()));
        if (!draft.to().isEmpty()) {
            header.addresses("To", draft.to());
        } else if (draft.cc().isEmpty() && unsent == null) {
            header.plain("To", "undisclosed-recipients:;");
        }
        if (!draft.cc().isEmpty()) {
            header.addresses("Cc", draft.cc());
        }
        Draft.Wishes wishes = draft.wishes();
        if (!wishes.replyTo().isEmpty()) {
            header.addresses("Reply-To", wishes.replyTo());
        }
        if (unsent != null) {
            if (!draft.bcc().isEmpty()) {
                header.addresses("Bcc", draft.bcc());
            }
            unsent.fields().forEach(header::unstructured);
        }
        header.unstructured("Subject", draft.subject());
        header.list("Message-ID", List.of(draft.messageId().value()));
        if (draft.inReplyTo() != null && sendable(draft.inReplyTo())) {
            header.list("In-Reply-To", List.of(draft.inReplyTo().value()));
        }
        List<String> references = references(draft.references());
        if (!references.isEmpty()) {
            header.list("References", references);
        }
        if (wishes.importance() != Draft.Importance.NORMAL) {
            boolean high = wishes.importance() == Draft.Importance.HIGH;
            header.plain("Importance", high ? "high" : "low").plain("X-Priority", high ? "1" : "5");
        }
        if (wishes.receipt()) {
            header.addresses("Disposition-Notification-To", List.of(draft.from()));
        }
        return header.plain("User-Agent", "Palomar")
                .plain("MIME-Version", "1.0")
                .toString();
    }

    /** The first identifier and the last ones (RFC 5322 section 3.6.4 allows to trim in between). */
    private static List<String> references(List<MessageId> all) {
        List<String> sendable = all.stream()
                .filter(MessageWriter::sendable)
                .map(MessageId::value)
                .distinct()
                .toList();
        if (sendable.size() <= MOST_REFERENCES) {
            return sendable;
        }
        List<String> kept = new ArrayList<>(List.of(sendable.getFirst()));
        kept.addAll(sendable.subList(sendable.size() - MOST_REFERENCES + 1, sendable.size()));
        return kept;
    }

    /** Identifiers of strangers go out again only as ASCII lines of legal length. */
    static boolean sendable(MessageId id) {
        return id.value().length() <= LONGEST_ID && id.value().chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static String safeType(String claimed) {
        int end = claimed.indexOf(';');
        String type = (end < 0 ? claimed : claimed.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return MEDIA_TYPE.matcher(type).matches() && !type.startsWith("multipart/") ? type : "application/octet-stream";
    }

    static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
