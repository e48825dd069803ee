package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The one writer of HTML: elements, quoted attributes and escaped text, and nothing else. Names of elements and attributes
 * come from our own lists, values and text are always escaped.
 */
final class Markup {

    /** Leaves room for the end tags, so that the whole is never longer than what the cleaner reads. */
    private static final int FULL = HtmlCleaner.LONGEST - 128 * HtmlCleaner.DEEPEST;

    private static final int MOST_DOUBTS = 100;

    private final StringBuilder out = new StringBuilder(1024);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;
    private boolean visible;
    private final Set<Link> doubtful = new LinkedHashSet<>();

    void start(String element) {
        endTag();
        out.append('<').append(element);
        open.push(element);
        inTag = true;
    }

    void attribute(String name, String value) {
        if (!inTag) {
            throw new IllegalStateException("no open tag");
        }
        out.append(' ').append(name).append("=\"");
        escape(value, true);
        out.append('"');
    }

    void end() {
        endTag();
        out.append("</").append(open.pop()).append('>');
    }

    /** Ends an element that has no content and no end tag. */
    void endVoid() {
        endTag();
        open.pop();
    }

    void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        boolean first = inTag;
        endTag();
        if (first && text.charAt(0) == '\n' && "pre".equals(open.peek())) {
            // A parser drops the first line end in pre; a second one keeps it.
            out.append('\n');
        }
        escape(text, false);
        visible = visible || !isSpace(text);
    }

    /** The content of a style element; the CSS writer never lets a less-than sign through. */
    void styleSheet(String css) {
        endTag();
        if (css.indexOf('<') >= 0) {
            throw new IllegalArgumentException("a style sheet cannot hold a less-than sign");
        }
        out.append(css);
    }

    void lineBreak() {
        start("br");
        endVoid();
    }

    void sawImage() {
        visible = true;
    }

    /** Remembers a link that is not what it seems. */
    void doubt(Link link) {
        if (doubtful.size() < MOST_DOUBTS) {
            doubtful.add(link);
        }
    }

    boolean visible() {
        return visible;
    }

    /** Whether the fragment has reached its greatest length; what comes later is left out. */
    boolean full() {
        return out.length() > FULL;
    }

    /** Whether an attribute of this length still fits. */
    boolean fits(int length) {
        return out.length() + length < FULL;
    }

    int depth() {
        return open.size();
    }

    CleanHtml finish(RemoteContent remote) {
        return new CleanHtml(content(), remote, List.copyOf(doubtful), !visible);
    }

    String content() {
        while (!open.isEmpty()) {
            end();
        }
        return out.toString();
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private void escape(String text, boolean quoted) {
        for (int i = 0; i < text.length() && (quoted || !full()); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(quoted ? "&quot;" : "\"");
                case '`' -> out.append("&#96;");
                case '\u00a0' -> out.append("&nbsp;");
                case '\t', '\n' -> out.append(c);
                case '\r' -> {
                    if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                        out.append('\n');
                    }
                }
                case '\f' -> out.append('\n');
                default -> i = other(text, i, c);
            }
        }
    }

    private int other(String text, int at, char c) {
        if (c < ' ' || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)) {
            return at;
        }
        if (!Character.isSurrogate(c)) {
            out.append(c);
            return at;
        }
        int point = text.codePointAt(at);
        if (Character.isSupplementaryCodePoint(point) && (point & 0xfffe) != 0xfffe) {
            out.appendCodePoint(point);
            return at + 1;
        }
        out.append('\ufffd');
        return Character.isSupplementaryCodePoint(point) ? at + 1 : at;
    }

    private static boolean isSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Chars.blank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
