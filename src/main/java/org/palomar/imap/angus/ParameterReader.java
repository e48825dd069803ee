package org.palomar.imap.angus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.HeaderText;

/** Decodes MIME parameters (RFC 2231 charsets and continuations, and RFC 2047 words, which are wrong there but usual). */
final class ParameterReader {

    /** No honest part has more; a part with thousands is an attack on whoever joins them. */
    private static final int MAX_PARAMETERS = 200;

    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, TreeMap<Integer, Segment>> pieces = new HashMap<>();

    private ParameterReader() {}

    /** Values by lower-case name. */
    static Map<String, String> read(Value list) {
        ParameterReader reader = new ParameterReader();
        List<Value> members = list.members();
        for (int i = 0; i + 1 < members.size() && i < 2 * MAX_PARAMETERS; i += 2) {
            String name = members.get(i).string();
            byte[] value = members.get(i + 1).bytes();
            if (name != null && value != null) {
                reader.add(name.toLowerCase(Locale.ROOT).strip(), value);
            }
        }
        reader.pieces.forEach((name, segments) -> reader.plain.put(name, join(segments)));
        return reader.plain;
    }

    private void add(String name, byte[] value) {
        int star = name.indexOf('*');
        if (star <= 0) {
            plain.putIfAbsent(name, Octets.header(value));
            return;
        }
        boolean encoded = name.endsWith("*");
        String number =
                name.substring(star + 1, encoded && name.length() > star + 1 ? name.length() - 1 : name.length());
        Integer at = number.isEmpty() ? Integer.valueOf(0) : position(number);
        if (at != null) {
            pieces.computeIfAbsent(name.substring(0, star), n -> new TreeMap<>())
                    .putIfAbsent(at, new Segment(value, encoded));
        }
    }

    private static @Nullable Integer position(String number) {
        boolean digits = number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.valueOf(number) : null;
    }

    private static String join(NavigableMap<Integer, Segment> segments) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String charset = "";
        boolean first = true;
        for (Segment segment : segments.values()) {
            byte[] value = segment.value;
            int from = 0;
            if (first && segment.encoded) {
                String text = new String(value, StandardCharsets.ISO_8859_1);
                int charsetEnd = text.indexOf('\'');
                int languageEnd = charsetEnd < 0 ? -1 : text.indexOf('\'', charsetEnd + 1);
                if (languageEnd >= 0) {
                    charset = text.substring(0, charsetEnd).toLowerCase(Locale.ROOT);
                    from = languageEnd + 1;
                }
            }
            first = false;
            segment.writeTo(octets, from);
            if (octets.size() > Octets.MAX_HEADER) {
                break;
            }
        }
        return HeaderText.line(octets.toByteArray(), charset);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Segment(byte[] value, boolean encoded) {

        void writeTo(ByteArrayOutputStream out, int from) {
            for (int i = from; i < value.length; i++) {
                int high = encoded && i + 2 < value.length ? Character.digit(value[i + 1], 16) : -1;
                int low = encoded && i + 2 < value.length ? Character.digit(value[i + 2], 16) : -1;
                if (value[i] == '%' && high >= 0 && low >= 0) {
                    out.write(high * 16 + low);
                    i += 2;
                } else {
                    out.write(value[i]);
                }
            }
        }
    }
}
