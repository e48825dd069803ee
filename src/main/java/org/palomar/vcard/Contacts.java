package org.palomar.vcard;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;
import org.palomar.mime.ContentLine;
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

    /** The cards of one part as they are written, in the order of {@link #of}; empty when it holds none. */
    public static List<VCard> whole(MessageReading reading, PartPath path) {
        VCardReader cards = new VCardReader(new StringReader(text(reading, path)));
        List<VCard> whole = new ArrayList<>();
        for (VCard card = cards.next(); card != null && whole.size() < MOST_CARDS; card = cards.next()) {
            if (!card.name().isEmpty()) {
                whole.add(card);
            }
        }
        return whole;
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
        Property.Photo photo = null;
        for (ContentLine line : card) {
            Property property = new Property(line);
            switch (property.name()) {
                case "FN" -> formatted = formatted.isEmpty() ? property.plain() : formatted;
                case "N" -> structured = name(property);
                case "ORG" -> organization = organization.isEmpty() ? property.fields() : organization;
                case "TITLE" -> title = title.isEmpty() ? property.plain() : title;
                case "EMAIL" -> add(lines, "email", property.plain());
                case "TEL" -> add(lines, "phone", property.plain().replaceFirst("^tel:", ""));
                case "ADR" -> add(lines, "address", property.fields());
                case "URL" -> add(lines, "web", property.plain());
                case "NOTE" -> add(lines, "note", property.plain());
                case "PHOTO" -> photo = photo == null ? property.photo() : photo;
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
        return name.isEmpty() ? null : new ContactCard(path, name, role, lines, photo == null ? null : url(photo));
    }

    private static String name(Property property) {
        List<String> parts = property.parts();
        return Property.plain((parts.size() > 1 ? parts.get(1) + " " : "") + parts.getFirst());
    }

    private static void add(List<ContactCard.Line> lines, String kind, String text) {
        if (!text.isEmpty() && lines.size() < MOST_LINES) {
            lines.add(new ContactCard.Line(kind, text));
        }
    }

    private static String url(Property.Photo photo) {
        return "data:" + photo.mediaType() + ";base64," + Base64.getEncoder().encodeToString(photo.octets());
    }
}
