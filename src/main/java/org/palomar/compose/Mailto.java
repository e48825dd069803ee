package org.palomar.compose;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A {@code mailto:} address that another page or program handed over (RFC 6068): the fields that a person sees before sending and
 * no other (S41). Never fails; what cannot be read is left out.
 */
record Mailto(String to, String cc, String bcc, String subject, String body) {

    private static final List<String> FIELDS = List.of("to", "cc", "bcc", "subject", "body");
    private static final int LONGEST = 100_000;

    static Mailto parse(String url) {
        String bounded = url.length() > LONGEST ? url.substring(0, LONGEST) : url;
        String rest = bounded.regionMatches(true, 0, "mailto:", 0, 7) ? bounded.substring(7) : bounded;
        int query = rest.indexOf('?');
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("to", decoded(query < 0 ? rest : rest.substring(0, query)));
        for (String field :
                query < 0 ? new String[0] : rest.substring(query + 1).split("&", -1)) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? "" : field.substring(0, equals).toLowerCase(Locale.ROOT);
            if (FIELDS.contains(name)) {
                String separator = name.equals("body") ? "\n" : name.equals("subject") ? " " : ", ";
                fields.merge(
                        name,
                        decoded(field.substring(equals + 1)),
                        (one, other) -> one.isEmpty() ? other : one + separator + other);
            }
        }
        return new Mailto(
                oneLine(fields.get("to")),
                oneLine(fields.getOrDefault("cc", "")),
                oneLine(fields.getOrDefault("bcc", "")),
                oneLine(fields.getOrDefault("subject", "")),
                fields.getOrDefault("body", "").replace("\r\n", "\n").replace('\r', '\n'));
    }

    /** A plus sign is one (RFC 6068 section 2). */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
