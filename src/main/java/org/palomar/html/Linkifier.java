package org.palomar.html;

import org.jspecify.annotations.Nullable;

/** Writes text and makes the URLs in it links. Reads from left to right once; what is shown is what was written. */
final class Linkifier {

    private static final String[] STARTS = {"https://", "http://", "mailto:", "www."};

    private Linkifier() {}

    static void write(Markup markup, String text) {
        int written = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '@') {
                int from = localPart(text, written, at);
                int end = domain(text, at + 1);
                if (from < at && end > at) {
                    link(
                            markup,
                            text.substring(written, from),
                            "mailto:" + text.substring(from, end),
                            text.substring(from, end));
                    written = end;
                }
                at = Math.max(end, at + 1);
                continue;
            }
            String start = start(text, at);
            if (start == null) {
                at++;
                continue;
            }
            int end = end(text, at);
            String shown = text.substring(at, end);
            String href = shown.length() > start.length() ? Links.href(shown) : null;
            if (href != null) {
                link(markup, text.substring(written, at), href, shown);
                written = end;
            }
            at = Math.max(end, at + start.length());
        }
        markup.text(text.substring(written));
    }

    private static void link(Markup markup, String before, String href, String shown) {
        markup.text(before);
        markup.start("a");
        LinkWriter.write(markup, href, shown, null);
        markup.text(shown);
        markup.end();
    }

    /** Where the name before an at sign starts; the sign's own place when there is none (RFC 5322 atoms, at most 64). */
    private static int localPart(String text, int lowest, int sign) {
        int from = sign;
        while (from > Math.max(lowest, sign - 64) && isAtom(text.charAt(from - 1))) {
            from--;
        }
        while (from < sign && !Chars.isLetter(text.charAt(from)) && !Chars.isDigit(text.charAt(from))) {
            from++;
        }
        boolean apart = from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1));
        return apart && from < sign && text.charAt(sign - 1) != '.' ? from : sign;
    }

    /** Where the domain ends that starts here, or -1: ASCII labels, at least two, the last one of letters. */
    private static int domain(String text, int from) {
        int end = from;
        while (end < text.length() && end < from + 255 && (isLabel(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        while (end > from && !isLabel(text.charAt(end - 1))) {
            end--;
        }
        int dot = end - 1;
        while (dot > from && text.charAt(dot) != '.') {
            dot--;
        }
        boolean sane = dot > from
                && end - dot > 2
                && text.charAt(from) != '.'
                && !text.substring(from, end).contains("..");
        for (int i = dot + 1; sane && i < end; i++) {
            sane = Chars.isLetter(text.charAt(i)) || text.regionMatches(true, dot + 1, "xn--", 0, 4);
        }
        return sane ? end : -1;
    }

    private static boolean isLabel(char c) {
        return Chars.isLetter(c) || Chars.isDigit(c) || c == '-';
    }

    private static boolean isAtom(char c) {
        return isLabel(c) || c == '.' || c == '_' || c == '+';
    }

    private static @Nullable String start(String text, int at) {
        char c = text.charAt(at);
        if ("hHmMwW".indexOf(c) < 0 || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
            return null;
        }
        for (String start : STARTS) {
            if (text.regionMatches(true, at, start, 0, start.length())) {
                return start;
            }
        }
        return null;
    }

    /** Where the URL ends: before white space and quotes, without the punctuation of the sentence around it. */
    private static int end(String text, int from) {
        int end = from;
        int round = 0;
        int square = 0;
        int curly = 0;
        while (end < text.length() && !stops(text.charAt(end))) {
            switch (text.charAt(end)) {
                case '(' -> round++;
                case ')' -> round--;
                case '[' -> square++;
                case ']' -> square--;
                case '{' -> curly++;
                case '}' -> curly--;
                default -> {}
            }
            end++;
        }
        while (end > from) {
            char last = text.charAt(end - 1);
            if (last == ')' && round < 0) {
                round++;
            } else if (last == ']' && square < 0) {
                square++;
            } else if (last == '}' && curly < 0) {
                curly++;
            } else if (".,;:!?'*_~|".indexOf(last) < 0) {
                break;
            }
            end--;
        }
        return end;
    }

    private static boolean stops(char c) {
        if (c == '\u3001' || c == '\u3002' || c == '\u300c' || c == '\u300d' || (c >= '\uff01' && c <= '\uff0f')) {
            return true;
        }
        return c <= ' ' || c == 0x7f || "<>\"`\\^".indexOf(c) >= 0 || Chars.blank(c) || Character.isISOControl(c);
    }
}
