package org.palomar.vcard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.ContentLine;

/**
 * Reads cards one after the other, in constant memory and linear time. What is no card is passed over; cards of version 2.1 become
 * such of 3.0. For one thread.
 */
public final class VCardReader {

    private static final String QUOTED = "QUOTED-PRINTABLE";

    private final BufferedReader in;
    private @Nullable String ahead;
    private int refused;

    public VCardReader(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** How many cards were left out so far: too long, or broken off. */
    public int refused() {
        return refused;
    }

    /**
     * The next card, or null at the end.
     *
     * @throws UncheckedIOException when reading fails
     */
    public @Nullable VCard next() {
        List<String> card = null;
        long length = 0;
        boolean fits = true;
        for (String line = line(); line != null; line = line()) {
            String word = line.strip().toUpperCase(Locale.ROOT);
            if (word.equals("BEGIN:VCARD")) {
                refused += card == null ? 0 : 1;
                card = new ArrayList<>();
                length = 0;
                fits = true;
            } else if (card != null && word.equals("END:VCARD")) {
                if (fits) {
                    return normal(card);
                }
                refused++;
                card = null;
            } else if (card != null && !line.isBlank()) {
                length += line.length();
                fits = fits && length <= VCard.LONGEST && card.size() < 1_000;
                if (fits) {
                    card.add(line);
                }
            }
        }
        refused += card == null ? 0 : 1;
        return null;
    }

    /** One unfolded line; quoted-printable of vCard 2.1 goes on behind a line that ends in an equals sign. */
    private @Nullable String line() {
        String first = raw();
        if (first == null) {
            return null;
        }
        StringBuilder line = new StringBuilder(first);
        boolean quoted = first.toUpperCase(Locale.ROOT).contains(QUOTED);
        for (String next = raw(); next != null; next = raw()) {
            boolean soft = quoted && !line.isEmpty() && line.charAt(line.length() - 1) == '=';
            boolean folded = next.startsWith(" ") || next.startsWith("\t");
            if (!soft && !folded) {
                ahead = next;
                break;
            }
            if (soft) {
                line.setLength(line.length() - 1);
            }
            String rest = folded ? next.substring(1) : next;
            // One beyond the limit, so that the card is seen to be too long.
            line.append(rest, 0, Math.max(0, Math.min(rest.length(), VCard.LONGEST + 1 - line.length())));
        }
        return line.toString();
    }

    /** One line as written, of any length; only its beginning is kept. */
    private @Nullable String raw() {
        String kept = ahead;
        if (kept != null) {
            ahead = null;
            return kept;
        }
        try {
            StringBuilder line = new StringBuilder();
            int c = in.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = in.read()) {
                if (line.length() <= VCard.LONGEST && (c == '\t' || !Character.isISOControl(c)) && c != 0xFEFF) {
                    line.append((char) c);
                }
            }
            return line.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VCard normal(List<String> card) {
        VCard read = new VCard(card);
        String version = read.plain("VERSION");
        if (version.startsWith("3") || version.startsWith("4")) {
            return read;
        }
        List<String> lines = new ArrayList<>(List.of("VERSION:3.0"));
        for (String line : card) {
            ContentLine.read(line, 1).stream()
                    .filter(each -> !each.name().equals("VERSION"))
                    .map(VCardReader::modern)
                    .forEach(lines::add);
        }
        return new VCard(lines);
    }

    private static String modern(ContentLine line) {
        Property property = new Property(line);
        String types = property.types().stream()
                .filter(type -> !type.equalsIgnoreCase(QUOTED) && !type.equals("base64"))
                .filter(type -> type.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-')))
                .map(type -> type.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        boolean encoded = line.parameters().containsKey("BASE64")
                || Map.of("B", 1, "BASE64", 1)
                        .containsKey(line.parameter("ENCODING").toUpperCase(Locale.ROOT));
        String value = encoded
                ? line.value().replace(" ", "")
                : property.decoded().value().replace("\r", "").replace("\n", "\\n");
        return line.name() + (encoded ? ";ENCODING=b" : "") + (types.isEmpty() ? "" : ";TYPE=" + types) + ":" + value;
    }
}
