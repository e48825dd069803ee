package org.palomar.html;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/**
 * Cleans the rules of a style element: style rules, also those in one another, {@code @media} and {@code @supports}; every other
 * at-rule is left out.
 */
final class CssStyleSheet {

    /** Characters of one style element that are read; the rest is dropped. */
    static final int LONGEST = 512 * 1024;

    private static final int DEEPEST = 4;

    private final CssDeclarations declarations;

    CssStyleSheet(References references) {
        this.declarations = new CssDeclarations(references);
    }

    String clean(String css) {
        List<CssToken> tokens = CssTokenizer.tokens(css.length() > LONGEST ? css.substring(0, LONGEST) : css);
        StringBuilder out = new StringBuilder();
        rules(tokens, 0, tokens.size(), 0, out);
        return out.toString();
    }

    /** The media query list in its safe form, or null. */
    static @Nullable String media(String query) {
        List<CssToken> tokens = CssTokenizer.tokens(query);
        return CssConditions.media(tokens, 0, tokens.size());
    }

    private void rules(List<CssToken> tokens, int from, int to, int depth, StringBuilder out) {
        int i = from;
        while (i < to) {
            CssToken token = tokens.get(i);
            if (token.isSpace() || token.kind() == Kind.CDO || token.kind() == Kind.CDC) {
                i++;
                continue;
            }
            boolean atRule = token.kind() == Kind.AT_KEYWORD;
            int open = CssBlocks.find(tokens, i, to, atRule ? "{;" : "{");
            if (open == to || tokens.get(open).is(';')) {
                declarations.countLoads(tokens, i, open, false);
                i = open + 1;
                continue;
            }
            int close = CssBlocks.find(tokens, open + 1, to, "}");
            String head = depth > DEEPEST ? null : head(tokens, i, open, false);
            if (head == null) {
                declarations.countLoads(tokens, open, close, false);
            } else {
                int start = begin(out, head);
                if (atRule) {
                    rules(tokens, open + 1, close, depth + 1, out);
                } else {
                    body(tokens, open + 1, close, !CssSelectors.tests(head), depth + 1, out);
                }
                end(out, start, head);
            }
            i = close + 1;
        }
    }

    /**
     * Declarations and the rules between them.
     *
     * @param loads whether images may be named here at all
     */
    private void body(List<CssToken> tokens, int from, int to, boolean loads, int depth, StringBuilder out) {
        int unwritten = from;
        int i = from;
        while (i < to) {
            int first = CssDeclarations.skipSpace(tokens, i, to);
            int stop = CssBlocks.find(tokens, i, to, isCustom(tokens, first, to) ? ";" : ";{");
            if (stop == to || tokens.get(stop).is(';')) {
                i = stop + 1;
                continue;
            }
            int close = CssBlocks.find(tokens, stop + 1, to, "}");
            declarations(tokens, unwritten, i, loads, out);
            String head = depth > DEEPEST ? null : head(tokens, first, stop, true);
            if (head == null) {
                declarations.countLoads(tokens, first, close, false);
            } else {
                int before = out.length();
                separate(out);
                int start = begin(out, head);
                boolean tests = tokens.get(first).kind() != Kind.AT_KEYWORD && CssSelectors.tests(head);
                body(tokens, stop + 1, close, loads && !tests, depth + 1, out);
                if (!end(out, start, head)) {
                    out.setLength(before);
                }
            }
            i = close + 1;
            unwritten = i;
        }
        declarations(tokens, unwritten, to, loads, out);
    }

    private void declarations(List<CssToken> tokens, int from, int to, boolean loads, StringBuilder out) {
        String written = from < to ? declarations.clean(tokens, from, to, loads) : "";
        if (!written.isEmpty()) {
            separate(out);
            out.append(written);
        }
    }

    private static void separate(StringBuilder out) {
        if ("{}".indexOf(out.charAt(out.length() - 1)) < 0) {
            out.append(';');
        }
    }

    /** What comes before a block in its safe form, or null when it is left out with the block. */
    private static @Nullable String head(List<CssToken> tokens, int from, int open, boolean nested) {
        CssToken first = tokens.get(from);
        if (first.kind() != Kind.AT_KEYWORD) {
            return CssSelectors.selector(tokens, from, open, nested);
        }
        String condition = CssConditions.of(first.text(), tokens, from + 1, open);
        return condition == null ? null : "@" + first.text() + " " + condition;
    }

    private static int begin(StringBuilder out, String head) {
        int start = out.length();
        out.append(head).append('{');
        return start;
    }

    /** Takes back what has nothing in it; whether anything is left. */
    private static boolean end(StringBuilder out, int start, String head) {
        if (out.length() == start + head.length() + 1) {
            out.setLength(start);
            return false;
        }
        out.append('}');
        return true;
    }

    private static boolean isCustom(List<CssToken> tokens, int at, int to) {
        return at < to
                && tokens.get(at).kind() == Kind.IDENT
                && tokens.get(at).text().startsWith("--");
    }
}
