package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;

/** Collects text into lines; white space runs become one space, blank lines come singly. */
final class TextLines {

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final Deque<Integer> links = new ArrayDeque<>();
    private String lastHref = "";
    private int quote;
    private int lastQuote;
    private boolean space;
    private boolean wantsBlank;
    private String mark = "";
    private final boolean faithful;
    private int blanks;

    /** @param faithful whether every blank line stays, and not only one where there are several */
    TextLines(boolean faithful) {
        this.faithful = faithful;
    }

    int length() {
        return out.length() + line.length();
    }

    void words(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                space = !line.isEmpty();
            } else if (!isInvisible(c)) {
                character(c == '\u00a0' ? ' ' : c);
            }
        }
    }

    void preformatted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                lineBreak();
            } else if (c == ' ' || c == '\t') {
                line.append(c);
            } else if (!isInvisible(c)) {
                character(c);
            }
        }
    }

    private void character(char c) {
        if (line.isEmpty() && !mark.isEmpty()) {
            line.append(mark);
            mark = "";
        } else if (space) {
            line.append(' ');
        }
        space = false;
        line.append(c);
    }

    /** Starts a new line, after a blank one when {@code spaced}, unless one has just started. */
    void block(boolean spaced) {
        if (!line.toString().isBlank()) {
            flush();
        }
        line.setLength(0);
        space = false;
        wantsBlank |= spaced;
    }

    void lineBreak() {
        if (line.toString().isBlank()) {
            line.setLength(0);
            wantsBlank = true;
            blanks += faithful ? 1 : 0;
        } else {
            flush();
        }
        space = false;
    }

    /** @param mark what stands before the next words */
    void item(String mark) {
        this.mark = mark;
    }

    void cell() {
        if (!line.isEmpty()) {
            space = true;
        }
    }

    void quote(int change) {
        quote += change;
    }

    void link() {
        links.push(length());
    }

    /** Writes the target of a link after its text, unless the text is the target. */
    void linkEnd(String href) {
        if (links.isEmpty()) {
            return;
        }
        int start = links.pop();
        int shown = Math.min(line.length(), length() - start);
        String text = line.substring(line.length() - Math.max(0, shown)).strip();
        boolean nothing = length() == start;
        boolean repeated = text.isEmpty() && href.equals(lastHref);
        if (!href.isEmpty() && !nothing && !repeated && !same(text, href)) {
            words(" <" + href + ">");
            lastHref = href;
        }
    }

    String text() {
        block(false);
        return out.toString();
    }

    private void flush() {
        for (int blank = wantsBlank ? Math.max(blanks, 1) : 0; blank > 0 && !out.isEmpty(); blank--) {
            marks(Math.min(quote, lastQuote));
            trimEnd();
            out.append('\n');
        }
        wantsBlank = false;
        blanks = 0;
        marks(quote);
        lastQuote = quote;
        out.append(line);
        trimEnd();
        // The one line whose space at the end means something (RFC 3676 section 4.3).
        out.append(faithful && line.toString().strip().equals("--") ? " \n" : "\n");
        line.setLength(0);
        mark = "";
    }

    private void marks(int depth) {
        out.repeat("> ", TextPass.quoteMarks(depth));
    }

    private void trimEnd() {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
    }

    private static boolean same(String text, String href) {
        return bare(text).equalsIgnoreCase(bare(href));
    }

    private static String bare(String url) {
        String bare = url;
        for (String start : new String[] {"https://", "http://", "mailto:", "tel:"}) {
            if (bare.regionMatches(true, 0, start, 0, start.length())) {
                bare = bare.substring(start.length());
            }
        }
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static boolean isInvisible(char c) {
        return c < ' ' || ("\u00a0\u3000\u200c\u200d ".indexOf(c) < 0 && Chars.blank(c));
    }
}
