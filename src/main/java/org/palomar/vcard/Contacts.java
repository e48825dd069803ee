package org.palomar.vcard;

import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import ezvcard.property.Address;
import ezvcard.property.Email;
import ezvcard.property.Note;
import ezvcard.property.Organization;
import ezvcard.property.Photo;
import ezvcard.property.StructuredName;
import ezvcard.property.Telephone;
import ezvcard.property.Title;
import ezvcard.property.Url;
import java.io.IOException;
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

    /** Reads contacts; whatever cannot be understood is left out. */
    static Stream<ContactCard> cards(String text, PartPath path) {
        List<ContactCard> cards = new ArrayList<>();
        try (VCardReader reader = new VCardReader(text)) {
            VCard card = reader.readNext();
            while (card != null && cards.size() < MOST_CARDS) {
                ContactCard shown = card(card, path);
                if (shown != null) {
                    cards.add(shown);
                }
                card = reader.readNext();
            }
        } catch (IOException | RuntimeException | StackOverflowError _) {
            // The file can still be saved.
        }
        return cards.stream();
    }

    private static @Nullable ContactCard card(VCard card, PartPath path) {
        List<ContactCard.Line> lines = new ArrayList<>();
        card.getEmails().stream().map(Email::getValue).forEach(value -> add(lines, "email", value));
        card.getTelephoneNumbers().stream().map(Contacts::phone).forEach(value -> add(lines, "phone", value));
        card.getAddresses().stream().map(Contacts::address).forEach(value -> add(lines, "address", value));
        card.getUrls().stream().map(Url::getValue).forEach(value -> add(lines, "web", value));
        card.getNotes().stream().map(Note::getValue).forEach(value -> add(lines, "note", value));
        String organization = card.getOrganizations().stream()
                .map(Organization::getValues)
                .map(values -> joined(values.stream()))
                .findFirst()
                .orElse("");
        String name = Stream.of(
                        card.getFormattedName() == null
                                ? null
                                : card.getFormattedName().getValue(),
                        name(card.getStructuredName()),
                        organization,
                        lines.isEmpty() ? "" : lines.getFirst().value())
                .map(Contacts::clean)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        String role = joined(Stream.concat(card.getTitles().stream().map(Title::getValue), Stream.of(organization)));
        return name.isEmpty() ? null : new ContactCard(path, name, role.equals(name) ? "" : role, lines, photo(card));
    }

    private static String name(@Nullable StructuredName name) {
        return name == null
                ? ""
                : Stream.of(name.getGiven(), name.getFamily())
                        .map(Contacts::clean)
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.joining(" "));
    }

    private static @Nullable String phone(Telephone phone) {
        return phone.getText() != null || phone.getUri() == null
                ? phone.getText()
                : phone.getUri().getNumber();
    }

    private static String address(Address address) {
        String written = joined(Stream.of(
                address.getStreetAddressFull(),
                address.getExtendedAddressFull(),
                address.getPoBox(),
                address.getPostalCode(),
                address.getLocality(),
                address.getRegion(),
                address.getCountry()));
        return written.isEmpty() ? clean(address.getLabel()) : written;
    }

    private static String joined(Stream<@Nullable String> values) {
        return values.map(Contacts::clean).filter(value -> !value.isEmpty()).collect(Collectors.joining(", "));
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
    private static @Nullable String photo(VCard card) {
        for (Photo photo : card.getPhotos()) {
            byte @Nullable [] octets = photo.getData();
            String type = octets == null || octets.length > LARGEST_PHOTO ? null : raster(octets);
            if (octets != null && type != null) {
                return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(octets);
            }
        }
        return null;
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
