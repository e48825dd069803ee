package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The header of a message or part, read from its source within fixed bounds (THREATS S37). */
final class MimeHeader {

    private static final int MOST_FIELDS = 1_000;
    private static final int LONGEST_VALUE = 1_000_000;
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final int MOST_PARAMETERS = 100;

    // The forms of a parameter beside its numbered sections; the plain one is only a fall-back (RFC 6266 section 4.3).
    private static final int WHOLE = -2;
    private static final int PLAIN = -1;

    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final int end;
    private int characters;

    private MimeHeader(byte[] source, int from, int to) {
        int at = from;
        String name = null;
        StringBuilder value = new StringBuilder();
        int count = 0;
        int body = to;
        while (at < to) {
            int lineEnd = lineEnd(source, at, to);
            int next = Math.min(lineEnd + 1, to);
            int textEnd = lineEnd > at && source[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            if (textEnd == at) {
                body = next;
                break;
            }
            boolean continued = source[at] == ' ' || source[at] == '\t';
            int colon = continued ? -1 : colon(source, at, textEnd);
            if (!continued && colon < 0) {
                // Not a header line: the header ended without its empty line.
                body = at;
                break;
            }
            if (continued) {
                append(value, source, at, textEnd);
            } else {
                add(name, value, count++);
                name = ascii(source, at, colon).strip().toLowerCase(Locale.ROOT);
                value.setLength(0);
                append(value, source, colon + 1, textEnd);
            }
            at = next;
        }
        add(name, value, count);
        this.end = body;
    }

    static MimeHeader read(byte[] source, int from, int to) {
        return new MimeHeader(source, from, to);
    }

    /** Where the body begins. */
    int end() {
        return end;
    }

    /** The first field of that name with octets as U+0000 to U+00FF, or null. */
    @Nullable
    String raw(String name) {
        List<String> values = fields.get(name);
        return values == null ? null : values.getFirst();
    }

    /** A structured value: the word before the first semicolon, lower case. */
    String word(String name, String otherwise) {
        String raw = raw(name);
        if (raw == null) {
            return otherwise;
        }
        int semicolon = raw.indexOf(';');
        String word = (semicolon < 0 ? raw : raw.substring(0, semicolon)).strip();
        int comment = word.indexOf('(');
        word = (comment > 0 ? word.substring(0, comment) : word).strip().toLowerCase(Locale.ROOT);
        return word.isEmpty() ? otherwise : word;
    }

    /** Decoded parameters by lower-case name, RFC 2231 continuations joined; the first of a name counts. */
    Map<String, String> parameters(String name) {
        String raw = raw(name);
        Map<String, NavigableMap<Integer, Section>> sections = new LinkedHashMap<>();
        if (raw != null && raw.indexOf(';') >= 0) {
            for (String piece : pieces(raw.substring(raw.indexOf(';') + 1))) {
                addSection(piece, sections);
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        sections.forEach((key, parts) -> parameters.put(key, joined(parts)));
        return parameters;
    }

    private record Section(String value, boolean extended) {}

    private static void addSection(String piece, Map<String, NavigableMap<Integer, Section>> sections) {
        int equals = piece.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String key = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        boolean extended = key.endsWith("*");
        key = extended ? key.substring(0, key.length() - 1) : key;
        int star = key.indexOf('*');
        int number = star < 0 ? (extended ? WHOLE : PLAIN) : number(key.substring(star + 1));
        String value = unquoted(piece.substring(equals + 1).strip());
        sections.computeIfAbsent(star < 0 ? key : key.substring(0, star), k -> new TreeMap<>())
                .putIfAbsent(number, new Section(value, extended));
    }

    private static String joined(NavigableMap<Integer, Section> parts) {
        Section plain = parts.get(PLAIN);
        if (!parts.containsKey(WHOLE) && !parts.containsKey(0)) {
            return HeaderText.decode(plain == null ? parts.firstEntry().getValue().value : plain.value);
        }
        int first = parts.containsKey(WHOLE) ? WHOLE : 0;
        int last = first == WHOLE ? WHOLE : Integer.MAX_VALUE;
        int next = first;
        String charset = null;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (var part : parts.subMap(first, true, last, true).entrySet()) {
            if (part.getKey() != next++) {
                break;
            }
            String value = part.getValue().value;
            if (part.getKey() == first && part.getValue().extended) {
                int quote = value.indexOf('\'');
                int second = quote < 0 ? -1 : value.indexOf('\'', quote + 1);
                // Some leave out the language and its quote.
                charset = quote < 0 ? null : value.substring(0, quote);
                value = value.substring(Math.max(quote, second) + 1);
            }
            octets.writeBytes(part.getValue().extended ? percentDecoded(value) : latin(value));
        }
        return HeaderText.decode(Charsets.decode(octets.toByteArray(), charset));
    }

    private static byte[] percentDecoded(String value) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
            if (value.charAt(i) == '%' && low >= 0) {
                octets.write(high << 4 | low);
                i += 2;
            } else {
                octets.write(value.charAt(i));
            }
        }
        return octets.toByteArray();
    }

    private static byte[] latin(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : MOST_PARAMETERS;
    }

    private static List<String> pieces(String parameters) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < parameters.length() && pieces.size() < MOST_PARAMETERS; i++) {
            char c = parameters.charAt(i);
            if (c == '\\' && quoted && i + 1 < parameters.length()) {
                piece.append(c).append(parameters.charAt(++i));
            } else if (c == ';' && !quoted) {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                quoted ^= c == '"';
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static String unquoted(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        // Old programs wrote paths of Windows without doubling the backslashes.
        boolean path = value.startsWith("\"\\\\") || value.startsWith(":\\", 2);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < value.length() && value.charAt(i) != '"'; i++) {
            char c = value.charAt(i);
            boolean last = i + 1 == value.length();
            if (c != '\\' || (path && !last && "\"\\".indexOf(value.charAt(i + 1)) < 0)) {
                text.append(c);
            } else if (!last) {
                text.append(value.charAt(++i));
            }
        }
        return text.toString();
    }

    private void add(@Nullable String name, StringBuilder value, int count) {
        characters += value.length();
        if (name != null && count <= MOST_FIELDS && characters <= MOST_CHARACTERS) {
            fields.computeIfAbsent(name, n -> new ArrayList<>(1))
                    .add(value.toString().strip());
        }
    }

    private static void append(StringBuilder value, byte[] source, int from, int to) {
        int room = Math.max(0, LONGEST_VALUE - value.length());
        value.append(ascii(source, from, Math.min(to, from + room)));
    }

    private static String ascii(byte[] source, int from, int to) {
        return new String(source, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    }

    private static int colon(byte[] source, int from, int to) {
        for (int i = from; i < to && i < from + 200; i++) {
            if (source[i] == ':') {
                return i == from ? -1 : i;
            }
            if (source[i] <= ' ' && source[i] != ' ' && source[i] != '\t') {
                return -1;
            }
            // White space may only stand before the colon.
            if ((source[i] == ' ' || source[i] == '\t')
                    && (i + 1 >= to || (source[i + 1] != ':' && source[i + 1] > ' '))) {
                return -1;
            }
        }
        return -1;
    }

    /** The index of the next LF, or {@code to}. */
    static int lineEnd(byte[] source, int from, int to) {
        int at = from;
        while (at < to && source[at] != '\n') {
            at++;
        }
        return at;
    }
}
