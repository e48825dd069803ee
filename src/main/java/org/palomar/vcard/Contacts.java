package org.palomar.vcard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;
import org.palomar.mime.ContentLine;
import org.palomar.mime.Decoding;
import org.palomar.mime.Head;
import org.palomar.mime.MessageBody.Attachment;
import org.palomar.mime.PartText;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;

/** Finds contact files in a message of a lent mailbox: one round trip for each. */
public final class Contacts {

    private static final Set<String> TYPES = Set.of("text/vcard", "text/x-vcard", "text/directory");
    private static final Set<String> NAMELESS = Set.of("application/octet-stream", "text/plain");
    private static final int MOST_PARTS = 3;
    private static final int MOST_CARDS = 10;
    private static final int MOST_LINES = 30;
    private static final int MOST_READ = 20_000;
    private static final int MOST_FIELDS = 20;
    private static final int LONGEST = 1_000;
    private static final int LARGEST_PHOTO = 200_000;

    /** Octets of a contact file that are read. */
    private static final int LIMIT = 1_000_000;

    private Contacts() {}

    /** The contacts in a message, at most {@value #MOST_CARDS}. */
    public static List<ContactCard> of(MessageReading reading, ReadMessage message) {
        return message.body().attachments().stream()
                .filter(Contacts::isContact)
                .limit(MOST_PARTS)
                .flatMap(file -> cards(text(reading, file.path()), file.path()))
                .limit(MOST_CARDS)
                .toList();
    }

    private static boolean isContact(Attachment file) {
        return !file.nested()
                && (TYPES.contains(file.mediaType())
                        || (NAMELESS.contains(file.mediaType())
                                && file.name().toLowerCase(Locale.ROOT).endsWith(".vcf")));
    }

    private static String text(MessageReading reading, PartPath path) {
        BodyStructure part = reading.part(path);
        Head head = new Head(LIMIT);
        reading.write(part, head);
        return PartText.decode(head.octets(), "8bit", part.parameters().getOrDefault("charset", "utf-8"));
    }

    /** Reads contacts in linear time and never fails; whatever cannot be understood is left out. */
    static Stream<ContactCard> cards(String text, PartPath path) {
        List<ContactCard> cards = new ArrayList<>();
        List<ContentLine> card = new ArrayList<>();
        for (ContentLine line : ContentLine.read(joined(text), MOST_READ)) {
            if (line.name().equals("BEGIN")) {
                card.clear();
            } else if (line.name().equals("END")) {
                ContactCard shown = cards.size() < MOST_CARDS ? card(card, path) : null;
                if (shown != null) {
                    cards.add(shown);
                }
                card.clear();
            } else {
                card.add(line);
            }
        }
        return cards.stream();
    }

    /** Quoted-printable of vCard 2.1 goes on behind a line that ends in an equals sign. */
    private static String joined(String text) {
        if (!text.contains("QUOTED-PRINTABLE")) {
            return text;
        }
        StringBuilder joined = new StringBuilder(text.length());
        boolean quoted = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            quoted |= line.contains("QUOTED-PRINTABLE");
            boolean goesOn = quoted && line.endsWith("=");
            joined.append(line, 0, goesOn ? line.length() - 1 : line.length()).append(goesOn ? "" : "\r\n");
            quoted = goesOn;
        }
        return joined.toString();
    }

    private static @Nullable ContactCard card(List<ContentLine> card, PartPath path) {
        List<ContactCard.Line> lines = new ArrayList<>();
        String formatted = "";
        String structured = "";
        String organization = "";
        String title = "";
        String photo = null;
        for (ContentLine line : card) {
            // A group, as in "item1.EMAIL", only ties lines together.
            switch (line.name().substring(line.name().lastIndexOf('.') + 1)) {
                case "FN" -> formatted = formatted.isEmpty() ? clean(text(line)) : formatted;
                case "N" -> structured = name(line);
                case "ORG" -> organization = organization.isEmpty() ? fields(line) : organization;
                case "TITLE" -> title = title.isEmpty() ? clean(text(line)) : title;
                case "EMAIL" -> add(lines, "email", text(line));
                case "TEL" -> add(lines, "phone", text(line).replaceFirst("^tel:", ""));
                case "ADR" -> add(lines, "address", fields(line));
                case "URL" -> add(lines, "web", text(line));
                case "NOTE" -> add(lines, "note", text(line));
                case "PHOTO" -> photo = photo == null ? photo(line) : photo;
                default -> {
                    // Nothing a reader looks for.
                }
            }
        }
        String name = Stream.of(
                        formatted,
                        structured,
                        organization,
                        lines.isEmpty() ? "" : lines.getFirst().value())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        String role = Stream.of(title, organization)
                .filter(value -> !value.isEmpty() && !value.equals(name))
                .collect(Collectors.joining(", "));
        return name.isEmpty() ? null : new ContactCard(path, name, role, lines, photo);
    }

    private static String text(ContentLine line) {
        return decoded(line).text();
    }

    private static ContentLine decoded(ContentLine line) {
        boolean quoted = line.parameter("ENCODING").equalsIgnoreCase("QUOTED-PRINTABLE")
                || line.parameters().containsKey("QUOTED-PRINTABLE");
        return quoted
                ? new ContentLine(
                        line.name(),
                        line.parameters(),
                        PartText.decode(
                                line.value().getBytes(StandardCharsets.ISO_8859_1),
                                "quoted-printable",
                                line.parameters().getOrDefault("CHARSET", "utf-8")))
                : line;
    }

    private static String name(ContentLine line) {
        String[] parts = parts(line);
        return clean((parts.length > 1 ? parts[1] + " " : "") + parts[0]);
    }

    private static String fields(ContentLine line) {
        return Stream.of(parts(line))
                .map(Contacts::clean)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The components of a structured value, unescaped; at least one. */
    private static String[] parts(ContentLine line) {
        String value = decoded(line).value();
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= value.length() && parts.size() < MOST_FIELDS; at++) {
            if (at == value.length() || value.charAt(at) == ';') {
                parts.add(new ContentLine("", Map.of(), value.substring(start, at)).text());
                start = at + 1;
            } else if (value.charAt(at) == '\\') {
                at++;
            }
        }
        return parts.isEmpty() ? new String[] {""} : parts.toArray(String[]::new);
    }

    private static void add(List<ContactCard.Line> lines, String kind, @Nullable String value) {
        String text = clean(value);
        if (!text.isEmpty() && lines.size() < MOST_LINES) {
            lines.add(new ContactCard.Line(kind, text));
        }
    }

    private static String clean(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\n' || c == '\t' ? ' ' : c)
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /** Only an image that lies in the file, and only one that no browser runs: what it is decides, not what it is called. */
    private static @Nullable String photo(ContentLine line) {
        String value = line.value().strip();
        boolean url = value.regionMatches(true, 0, "data:", 0, 5) && value.contains(";base64,");
        boolean encoded =
                List.of("B", "BASE64").contains(line.parameter("ENCODING").toUpperCase(Locale.ROOT))
                        || line.parameters().containsKey("BASE64");
        if (!url && !encoded) {
            return null;
        }
        String base64 = url ? value.substring(value.indexOf(',') + 1) : value;
        byte[] octets = Decoding.decode(base64.getBytes(StandardCharsets.ISO_8859_1), "base64");
        String type = raster(octets);
        return type == null || octets.length > LARGEST_PHOTO
                ? null
                : "data:" + type + ";base64," + Base64.getEncoder().encodeToString(octets);
    }

    private static @Nullable String raster(byte[] octets) {
        if (starts(octets, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (starts(octets, 0, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (starts(octets, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        return starts(octets, 0, 'R', 'I', 'F', 'F') && starts(octets, 8, 'W', 'E', 'B', 'P') ? "image/webp" : null;
    }

    private static boolean starts(byte[] octets, int at, int... magic) {
        if (octets.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((octets[at + i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
