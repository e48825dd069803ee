package org.palomar.html;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a link may point to. URLs are read as a browser reads them (WHATWG URL), then written in a form with one meaning. */
final class Links {

    private static final int LONGEST = 16_384;
    private static final Set<String> MAILTO_FIELDS = Set.of("to", "cc", "bcc", "subject", "body");

    private Links() {}

    /** The safe form of a link target, or null when it has none. */
    static @Nullable String href(String raw) {
        String url = stripped(raw);
        if (url == null || url.isEmpty()) {
            return null;
        }
        if (url.charAt(0) == '#') {
            return url.length() == 1 ? null : "#" + encoded(Names.id(url.substring(1)));
        }
        String scheme = scheme(url);
        return switch (scheme) {
            case "http", "https", "//" -> web(url);
            case "mailto" -> mailto(url.substring(7));
            case "tel" -> url.length() == 4 ? null : "tel:" + encoded(url.substring(4));
            case "" -> url.regionMatches(true, 0, "www.", 0, 4) ? web("http://" + url) : null;
            default -> null;
        };
    }

    /** The safe form of an http or https URL, or null. */
    static @Nullable String web(String raw) {
        String url = stripped(raw);
        if (url == null) {
            return null;
        }
        String scheme = scheme(url);
        if (scheme.equals("//")) {
            scheme = "https";
            url = "https:" + url;
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        String rest = slashed(url.substring(scheme.length() + 1));
        if (!rest.startsWith("//") || rest.length() < 3 || rest.charAt(2) == '/') {
            return null;
        }
        return scheme + ":" + encoded(rest);
    }

    /** The scheme in lower case, {@code //} for a URL without one but with a host, or empty. */
    static String scheme(String url) {
        if (url.length() > 1 && isSlash(url.charAt(0)) && isSlash(url.charAt(1))) {
            return "//";
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ':') {
                return url.substring(0, i).toLowerCase(Locale.ROOT);
            }
            boolean letter = Chars.isLetter(c);
            boolean later = Chars.isDigit(c) || c == '+' || c == '-' || c == '.';
            if (!letter && (!later || i == 0)) {
                return "";
            }
        }
        return "";
    }

    /** Without what browsers ignore: spaces around, tabs and line ends anywhere. Null when other controls are in it. */
    static @Nullable String stripped(String raw) {
        if (raw.length() > LONGEST) {
            return null;
        }
        int from = 0;
        int to = raw.length();
        while (from < to && raw.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && raw.charAt(to - 1) <= ' ') {
            to--;
        }
        StringBuilder url = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
            if (c < ' ' || c == 0x7f) {
                return null;
            }
            url.append(c);
        }
        return url.toString();
    }

    /** RFC 6068, with the fields only that a person can see before sending (THREATS S41). */
    private static @Nullable String mailto(String rest) {
        int query = rest.indexOf('?');
        String to = query < 0 ? rest : rest.substring(0, query);
        StringBuilder url = new StringBuilder("mailto:").append(encoded(to));
        char separator = '?';
        if (query >= 0) {
            for (String field : rest.substring(query + 1).split("&", -1)) {
                int equals = field.indexOf('=');
                if (equals > 0
                        && MAILTO_FIELDS.contains(field.substring(0, equals).toLowerCase(Locale.ROOT))) {
                    url.append(separator).append(encoded(field));
                    separator = '&';
                }
            }
        }
        return url.length() == 7 ? null : url.toString();
    }

    /** A backslash before the query is a slash to browsers, and must not hide where the host ends. */
    private static String slashed(String rest) {
        StringBuilder url = new StringBuilder(rest.length());
        boolean path = true;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            path &= c != '?' && c != '#';
            url.append(path && c == '\\' ? '/' : c);
        }
        return url.toString();
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static String encoded(String url) {
        StringBuilder out = new StringBuilder(url.length() + 16);
        for (int i = 0; i < url.length(); ) {
            int c = url.codePointAt(i);
            if (mustEncode(c)) {
                int real = Character.getType(c) == Character.SURROGATE ? 0xfffd : c;
                for (byte octet : Character.toString(real).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%')
                            .append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)))
                            .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
                }
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static boolean mustEncode(int c) {
        if (c < 0x80) {
            return c <= ' ' || c == 0x7f || "\"'<>\\^`{|}".indexOf(c) >= 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
