package org.palomar.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One field of a message's header as it stands there (RFC 5322 section 2.2): nothing decoded, lines unfolded. Whoever sends a
 * message writes what they like into it.
 *
 * @param name in lower case
 * @param value one line of octets as ISO 8859-1, without white space around it
 */
public record HeaderField(String name, String value) {

    private static final int MOST = 1_000;

    public HeaderField {
        name = name.toLowerCase(Locale.ROOT);
    }

    public boolean is(String other) {
        return name.equals(other.toLowerCase(Locale.ROOT));
    }

    /**
     * Reads header lines, in their order; at most 1,000 fields, and what is no field is passed over.
     *
     * @param lines octets as U+0000 to U+00FF
     */
    public static List<HeaderField> all(String lines) {
        List<HeaderField> fields = new ArrayList<>();
        int at = 0;
        while (at < lines.length() && fields.size() < MOST) {
            int end = lineEnd(lines, at);
            while (end < lines.length() && (lines.charAt(end) == ' ' || lines.charAt(end) == '\t')) {
                end = lineEnd(lines, end);
            }
            int colon = lines.indexOf(':', at);
            if (colon > at && colon < end) {
                String value = lines.substring(colon + 1, end);
                fields.add(new HeaderField(
                        lines.substring(at, colon).strip(),
                        value.replace("\r", "").replace("\n", "").strip()));
            }
            at = end;
        }
        return List.copyOf(fields);
    }

    private static int lineEnd(String lines, int from) {
        int newline = lines.indexOf('\n', from);
        return newline < 0 ? lines.length() : newline + 1;
    }
}
