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
            String start = start(text, at);
            if (start == null) {
                at++;
                continue;
            }
            int end = end(text, at);
            String shown = text.substring(at, end);
            String href = shown.length() > start.length() ? Links.href(shown) : null;
            if (href != null) {
                markup.text(text.substring(written, at));
                markup.start("a");
                markup.attribute("href", href);
                markup.attribute("target", "_blank");
                markup.attribute("rel", "noopener noreferrer");
                markup.text(shown);
                markup.end();
                written = end;
            }
            at = Math.max(end, at + start.length());
        }
        markup.text(text.substring(written));
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
