package org.palomar.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One content line of iCalendar (RFC 5545 section 3.1) or vCard (RFC 6350 section 3.3), unfolded. Everything in it is a stranger's.
 *
 * @param name upper case
 * @param parameters by upper-case name; of one with several values, all of it
 * @param value as written, still escaped
 */
public record ContentLine(String name, Map<String, String> parameters, String value) {

    private static final int LONGEST = 300_000;
    private static final int MOST_PARAMETERS = 50;

    /**
     * Reads lines in linear time and never fails: what is no content line is passed over, a long one is cut.
     *
     * @param most how many lines at most
     */
    public static List<ContentLine> read(String text, int most) {
        List<ContentLine> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int at = 0;
        while (at < text.length() && lines.size() < most) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            boolean folded = at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
            if (!folded) {
                add(line, lines);
            }
            int start = folded ? at + 1 : at;
            line.append(text, start, Math.min(end, start + Math.max(0, LONGEST - line.length())));
            at = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        if (lines.size() < most) {
            add(line, lines);
        }
        return lines;
    }

    private static void add(StringBuilder line, List<ContentLine> lines) {
        ContentLine read = parse(line.toString());
        line.setLength(0);
        if (read != null) {
            lines.add(read);
        }
    }

    private static @Nullable ContentLine parse(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != ';' && line.charAt(at) != ':') {
            at++;
        }
        String name = line.substring(0, at).strip().toUpperCase(Locale.ROOT);
        if (name.isEmpty() || at == line.length()) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        while (at < line.length() && line.charAt(at) == ';') {
            int next = parameterEnd(line, at + 1);
            String parameter = line.substring(at + 1, next);
            int equals = parameter.indexOf('=');
            if (parameters.size() < MOST_PARAMETERS) {
                // One without a value is how vCard 2.1 writes a type or an encoding.
                int end = equals < 0 ? parameter.length() : equals;
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                parameters.putIfAbsent(
                        parameter.substring(0, end).strip().toUpperCase(Locale.ROOT),
                        value.replace("\"", "").strip());
            }
            at = next;
        }
        return at == line.length()
                ? null
                : new ContentLine(name, Collections.unmodifiableMap(parameters), line.substring(at + 1));
    }

    /** A colon between quotation marks belongs to the parameter, unless they are never closed. */
    private static int parameterEnd(String line, int from) {
        boolean quoted = false;
        int firstColon = -1;
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ':' && firstColon < 0) {
                firstColon = at;
            }
            if (!quoted && (c == ';' || c == ':')) {
                return at;
            }
        }
        return quoted && firstColon >= 0 ? firstColon : line.length();
    }

    /** The value of a parameter, or empty. */
    public String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }

    /** The value as text (RFC 5545 section 3.3.11), without controls other than line ends. */
    public String text() {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                c = next == 'n' || next == 'N' ? '\n' : next;
            }
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                text.append(c);
            }
        }
        return text.toString().strip();
    }
}
