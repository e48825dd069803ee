package org.palomar.mime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;

/** Recipients as people type and paste them. */
public final class AddressParser {

    private static final int MAX_LENGTH = 100_000;

    private AddressParser() {}

    /**
     * What a field holds.
     *
     * @param good addresses that {@link WireAddress#international} accepts, the domain as typed, without repetitions
     * @param bad the pieces that are none, as typed
     */
    public record Parsed(List<Address> good, List<String> bad) {

        public Parsed {
            good = List.copyOf(good);
            bad = List.copyOf(bad);
        }
    }

    /**
     * Reads a To, Cc or Bcc field: commas, semicolons or line breaks between addresses; {@code Name <a@b>},
     * {@code "Name, with comma" <a@b>}, {@code a@b (Name)}, {@code mailto:a@b} and groups ({@code Friends: a@b, c@d;}).
     * Never fails; read up to 100,000 characters, and what lies beyond is one bad piece.
     */
    public static Parsed parse(String field) {
        List<Address> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        String capped = field.length() > MAX_LENGTH ? field.substring(0, MAX_LENGTH) : field;
        for (String piece : pieces(capped)) {
            List<Address> found = read(piece);
            if (found.isEmpty()) {
                bad.add(piece);
            }
            good.addAll(found);
        }
        if (capped.length() < field.length()) {
            bad.add(field.substring(MAX_LENGTH, Math.min(field.length(), MAX_LENGTH + 100)));
        }
        return new Parsed(distinct(good), bad);
    }

    private static List<Address> distinct(List<Address> addresses) {
        Set<String> seen = new HashSet<>();
        return addresses.stream()
                .filter(a -> seen.add(a.address().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<String> pieces(String field) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean quoted = false;
        boolean angle = false;
        int comment = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean lineEnd = c == '\n' || c == '\r';
            if (c == '\\' && (quoted || comment > 0) && i + 1 < field.length()) {
                piece.append(c).append(field.charAt(++i));
            } else if (lineEnd || (!quoted && !angle && comment == 0 && (c == ',' || c == ';'))) {
                // An unclosed quote or bracket must not swallow the next line.
                quoted = false;
                angle = false;
                comment = 0;
                add(piece, pieces);
            } else if (c == ':' && !quoted && !angle && comment == 0 && groupName(piece)) {
                piece.setLength(0);
            } else {
                quoted ^= c == '"' && comment == 0;
                angle = !quoted && (c == '<' || (angle && c != '>'));
                comment += quoted ? 0 : c == '(' ? 1 : c == ')' && comment > 0 ? -1 : 0;
                piece.append(c);
            }
        }
        add(piece, pieces);
        return pieces;
    }

    private static boolean groupName(StringBuilder piece) {
        return piece.indexOf("@") < 0 && piece.indexOf("<") < 0;
    }

    private static void add(StringBuilder piece, List<String> pieces) {
        String stripped = piece.toString().strip();
        if (!stripped.isEmpty()) {
            pieces.add(stripped);
        }
        piece.setLength(0);
    }

    private static List<Address> read(String piece) {
        int open = piece.lastIndexOf('<');
        int close = piece.indexOf('>', Math.max(open, 0));
        if (open >= 0) {
            boolean nothingAfter = close == piece.length() - 1;
            Address address = close < 0 || !nothingAfter
                    ? null
                    : address(
                            piece.substring(0, open),
                            piece.substring(open + 1, close).strip());
            return address == null ? List.of() : List.of(address);
        }
        if (piece.endsWith(")") && piece.indexOf('(') > 0) {
            int comment = piece.indexOf('(');
            Address address = address(
                    piece.substring(comment + 1, piece.length() - 1),
                    piece.substring(0, comment).strip());
            return address == null ? List.of() : List.of(address);
        }
        Address single = address("", piece);
        if (single != null) {
            return List.of(single);
        }
        List<Address> several = new ArrayList<>();
        for (String word : piece.split("\\s+", -1)) {
            Address address = address("", word);
            if (address == null) {
                return List.of();
            }
            several.add(address);
        }
        return several;
    }

    private static @Nullable Address address(String name, String address) {
        String bare = address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address;
        try {
            WireAddress.international(bare);
        } catch (UnsendableAddress e) {
            return null;
        }
        String readable = unquoted(name.strip());
        return new Address(readable.isEmpty() ? null : readable, bare);
    }

    private static String unquoted(String name) {
        if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
            return HeaderText.decode(name.replace("\"", ""));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < name.length() - 1; i++) {
            char c = name.charAt(i);
            text.append(c == '\\' && i + 1 < name.length() - 1 ? name.charAt(++i) : c);
        }
        return HeaderText.decode(text.toString());
    }
}
