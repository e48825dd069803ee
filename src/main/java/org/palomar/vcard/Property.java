package org.palomar.vcard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.ContentLine;
import org.palomar.mime.Decoding;
import org.palomar.mime.PartText;

/** One property of a contact (RFC 6350 section 3.3) and what its value says. Everything in it may be a stranger's. */
public record Property(ContentLine line) {

    private static final int MOST_FIELDS = 20;
    private static final int LONGEST = 1_000;

    /** Octets of a photo that are read. */
    static final int LARGEST_PHOTO = 200_000;

    /** A picture that lay in the card, of a kind that browsers only paint. */
    public static final class Photo {

        private final String mediaType;
        private final byte[] octets;

        public Photo(String mediaType, byte[] octets) {
            this.mediaType = mediaType;
            this.octets = octets;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Not a copy. */
        public byte[] octets() {
            return octets;
        }
    }

    /** Its name in upper case, without the group that ties lines together, as in {@code item1.EMAIL}. */
    public String name() {
        return line.name().substring(line.name().lastIndexOf('.') + 1);
    }

    /** The value as text, with its line ends. */
    public String text() {
        return decoded().text();
    }

    /** The value in one line, without controls, of at most {@value #LONGEST} characters. */
    public String plain() {
        return plain(text());
    }

    /** The fields of a structured value in one line, or empty. */
    public String fields() {
        return parts().stream()
                .map(Property::plain)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The fields of a structured value, unescaped; at least one. */
    public List<String> parts() {
        return split(';');
    }

    /** The values of a list, unescaped; at least one. */
    public List<String> values() {
        return split(',');
    }

    private List<String> split(char divider) {
        String value = decoded().value();
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= value.length() && parts.size() < MOST_FIELDS; at++) {
            if (at == value.length() || value.charAt(at) == divider) {
                parts.add(new ContentLine("", Map.of(), value.substring(start, at)).text());
                start = at + 1;
            } else if (value.charAt(at) == '\\') {
                at++;
            }
        }
        return parts.isEmpty() ? List.of("") : parts;
    }

    /** What kind of address or number it is, in lower case: {@code home}, {@code work}, {@code cell} and so on. */
    public List<String> types() {
        return Stream.concat(
                        Arrays.stream(line.parameter("TYPE").split(",")),
                        line.parameters().entrySet().stream()
                                .filter(each -> each.getValue().isEmpty())
                                .map(Map.Entry::getKey))
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty())
                .distinct()
                .toList();
    }

    /** The picture, or null when it does not lie in the card, is too large, or might be more than a picture. */
    public @Nullable Photo photo() {
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
        return type == null || octets.length > LARGEST_PHOTO ? null : new Photo(type, octets);
    }

    /** The line with its value decoded, where vCard 2.1 wrote it quoted-printable. */
    ContentLine decoded() {
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

    static String plain(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\n' || c == '\t' ? ' ' : c)
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /** What it is decides, not what it is called. */
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
