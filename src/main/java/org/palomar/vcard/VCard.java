package org.palomar.vcard;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.ContentLine;

/**
 * A contact as vCard 3.0 (RFC 2426) or 4.0 (RFC 6350). What is not understood here is kept word for word.
 *
 * @param lines unfolded content lines between BEGIN and END, VERSION among them
 */
public record VCard(List<String> lines) {

    /** Characters of one card, unfolded. */
    public static final int LONGEST = 500_000;

    private static final int FOLD = 75;

    public VCard {
        lines = List.copyOf(lines);
    }

    /** An empty card of version 3.0, which every server of contacts takes. */
    public static VCard empty() {
        return new VCard(List.of("VERSION:3.0"));
    }

    /** Reads the first card of a text, or null when there is none that is whole and not too long. */
    public static @Nullable VCard of(String text) {
        return new VCardReader(new StringReader(text)).next();
    }

    /** The properties of that name, in their order. */
    public List<Property> all(String name) {
        return lines.stream()
                .filter(line -> isNamed(line, name))
                .flatMap(line -> ContentLine.read(line, 1).stream())
                .map(Property::new)
                .toList();
    }

    public Optional<Property> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The first of that name in one line, or empty. */
    public String plain(String name) {
        return first(name).map(Property::plain).orElse("");
    }

    /** The name to show: formatted, structured, organisation or address, whichever there is; or empty. */
    public String name() {
        return Stream.of(
                        plain("FN"),
                        (given() + " " + family()).strip(),
                        plain("NICKNAME"),
                        organization(),
                        plain("EMAIL"),
                        plain("TEL"))
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    public String family() {
        return part(0);
    }

    public String given() {
        return part(1);
    }

    private String part(int number) {
        List<String> parts = first("N").map(Property::parts).orElse(List.of());
        return parts.size() > number ? Property.plain(parts.get(number)) : "";
    }

    public String organization() {
        return first("ORG").map(Property::fields).orElse("");
    }

    public String uid() {
        return plain("UID");
    }

    /** The groups it is in (CATEGORIES). */
    public List<String> categories() {
        return all("CATEGORIES").stream()
                .flatMap(each -> each.values().stream())
                .map(Property::plain)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    public Property.@Nullable Photo photo() {
        return all("PHOTO").stream()
                .map(Property::photo)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
    }

    /** This with other lines in place of all of that name. */
    public VCard with(String name, List<String> replacing) {
        List<String> all = new ArrayList<>();
        int at = -1;
        for (String line : lines) {
            if (isNamed(line, name)) {
                at = at < 0 ? all.size() : at;
            } else {
                all.add(line);
            }
        }
        all.addAll(at < 0 ? all.size() : at, replacing);
        return new VCard(all);
    }

    /** This with one text for that property, or without it when the text is empty. */
    public VCard with(String name, String text) {
        return with(name, text.isEmpty() ? List.of() : List.of(name + ":" + escaped(text)));
    }

    public VCard withPhoto(Property.@Nullable Photo photo) {
        return with("PHOTO", photo == null ? List.of() : List.of(photoLine(photo, isFour())));
    }

    private static String photoLine(Property.Photo photo, boolean four) {
        String base64 = Base64.getEncoder().encodeToString(photo.octets());
        String kind = photo.mediaType().substring("image/".length());
        return four
                ? "PHOTO:data:" + photo.mediaType() + ";base64," + base64
                : "PHOTO;ENCODING=b;TYPE=" + kind.toUpperCase(Locale.ROOT) + ":" + base64;
    }

    private boolean isFour() {
        return plain("VERSION").startsWith("4");
    }

    /** The same in version 4.0 or 3.0. */
    public VCard as(boolean four) {
        if (four == isFour()) {
            return this;
        }
        Property.Photo photo = photo();
        VCard other = with("VERSION", List.of("VERSION:" + (four ? "4.0" : "3.0")));
        return photo == null ? other : other.with("PHOTO", List.of(photoLine(photo, four)));
    }

    /** As it is written (RFC 6350 section 3.2): CRLF, lines folded at 75 octets, with the properties that every card has. */
    public String text() {
        VCard whole = this;
        if (whole.all("FN").isEmpty()) {
            whole = whole.with("FN", name().isEmpty() ? "-" : name());
        }
        if (!isFour() && whole.all("N").isEmpty()) {
            whole = whole.with("N", List.of("N:;;;;"));
        }
        StringBuilder text = new StringBuilder("BEGIN:VCARD\r\n");
        // RFC 6350 section 6.7.9: right behind BEGIN.
        text.append("VERSION:").append(isFour() ? "4.0" : "3.0").append("\r\n");
        whole.lines.stream().filter(line -> !isNamed(line, "VERSION")).forEach(line -> fold(line, text));
        return text.append("END:VCARD\r\n").toString();
    }

    private static void fold(String line, StringBuilder out) {
        int octets = 0;
        for (int at = 0; at < line.length(); ) {
            int c = line.codePointAt(at);
            int width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets + width > FOLD) {
                out.append("\r\n ");
                octets = 1;
            }
            out.appendCodePoint(c);
            octets += width;
            at += Character.charCount(c);
        }
        out.append("\r\n");
    }

    /** A text as a value (RFC 6350 section 3.4). */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            switch (c) {
                case '\\', ',', ';' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                default -> {
                    if (c == '\t' || !Character.isISOControl(c)) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    /** Fields of a structured value. */
    public static String structured(String... fields) {
        return Stream.of(fields).map(VCard::escaped).collect(Collectors.joining(";"));
    }

    private static boolean isNamed(String line, String name) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ';' && line.charAt(end) != ':') {
            end++;
        }
        String whole = line.substring(0, end).strip();
        return whole.substring(whole.lastIndexOf('.') + 1).equalsIgnoreCase(name);
    }

    /** Whether it says the same, whatever the order, folding and revision. */
    public boolean says(VCard other) {
        return comparable().equals(other.comparable());
    }

    private List<String> comparable() {
        return lines.stream()
                .filter(line -> Stream.of("REV", "PRODID", "VERSION").noneMatch(name -> isNamed(line, name)))
                .map(line -> line.endsWith(";") ? line.replaceFirst(";+$", "") : line)
                .sorted()
                .toList();
    }
}
