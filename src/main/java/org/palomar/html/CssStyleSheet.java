package org.palomar.html;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/** Cleans the rules of a style element: style rules and {@code @media}; every other at-rule is left out. */
final class CssStyleSheet {

    /** Characters of one style element that are read; the rest is dropped. */
    static final int LONGEST = 512 * 1024;

    private static final int DEEPEST = 3;
    private static final Set<String> PSEUDO_FUNCTIONS = Set.of(
            "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type", "not", "is", "where", "lang", "dir");

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
        return media(tokens, 0, tokens.size());
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
            if (atRule) {
                atRule(tokens, i, open, close, depth, out);
            } else {
                styleRule(tokens, i, open, close, out);
            }
            i = close + 1;
        }
    }

    private void atRule(List<CssToken> tokens, int from, int open, int close, int depth, StringBuilder out) {
        String query = tokens.get(from).text().equals("media") ? media(tokens, from + 1, open) : null;
        if (query == null || depth >= DEEPEST) {
            declarations.countLoads(tokens, open, close, false);
            return;
        }
        int start = out.length();
        out.append("@media ").append(query).append('{');
        int body = out.length();
        rules(tokens, open + 1, close, depth + 1, out);
        if (out.length() == body) {
            out.setLength(start);
        } else {
            out.append('}');
        }
    }

    private void styleRule(List<CssToken> tokens, int from, int open, int close, StringBuilder out) {
        String selector = selector(tokens, from, open);
        if (selector == null) {
            declarations.countLoads(tokens, open, close, false);
            return;
        }
        // A selector that tests content or state could tell a server what it found by the image it loads (THREATS S14).
        boolean loads = selector.indexOf('[') < 0 && selector.indexOf(':') < 0;
        String body = declarations.clean(tokens, open + 1, close, loads);
        if (!body.isEmpty()) {
            out.append(selector).append('{').append(body).append('}');
        }
    }

    private static @Nullable String selector(List<CssToken> tokens, int from, int to) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        boolean name = false;
        int parentheses = 0;
        boolean brackets = false;
        for (int i = from; i < to; i++) {
            CssToken token = tokens.get(i);
            if (token.kind() == Kind.COMMENT) {
                continue;
            }
            if (token.isSpace()) {
                space = !out.isEmpty();
                name = false;
                continue;
            }
            if (space) {
                out.append(' ');
                space = false;
            }
            switch (token.kind()) {
                case IDENT, HASH -> {
                    if (name) {
                        return null;
                    }
                    name = true;
                    out.append(
                            token.kind() == Kind.HASH
                                    ? "#" + CssToken.identifier(Names.id(token.text()))
                                    : CssToken.identifier(token.text()));
                    continue;
                }
                case FUNCTION -> {
                    if (!PSEUDO_FUNCTIONS.contains(token.text())
                            || !out.toString().endsWith(":")
                            || ++parentheses > 5) {
                        return null;
                    }
                    out.append(token.text()).append('(');
                }
                case STRING -> {
                    if (!brackets) {
                        return null;
                    }
                    out.append(CssToken.string(token.text()));
                }
                case NUMBER, DIMENSION -> {
                    if (parentheses == 0) {
                        return null;
                    }
                    out.append(token.text()).append(token.unit().isEmpty() ? "" : CssToken.identifier(token.unit()));
                }
                case DELIM -> {
                    char c = token.text().charAt(0);
                    boolean known = brackets ? "]=~|^$*".indexOf(c) >= 0 : ".*>+~,:[)-".indexOf(c) >= 0;
                    if (!known || (c == ')' && --parentheses < 0)) {
                        return null;
                    }
                    brackets = c == '[' || (brackets && c != ']');
                    out.append(c);
                }
                default -> {
                    return null;
                }
            }
            name = false;
        }
        return out.isEmpty() || brackets || parentheses != 0 ? null : out.toString();
    }

    private static @Nullable String media(List<CssToken> tokens, int from, int to) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        for (int i = from; i < to; i++) {
            CssToken token = tokens.get(i);
            if (token.isSpace()) {
                space = !out.isEmpty();
                continue;
            }
            if (space) {
                out.append(' ');
                space = false;
            }
            String written = switch (token.kind()) {
                case IDENT -> CssToken.identifier(token.text().toLowerCase(Locale.ROOT));
                case FUNCTION -> token.text().equals("and") || token.text().equals("not") ? token.text() + " (" : null;
                case NUMBER -> token.text();
                case DIMENSION -> CssProperties.knowsUnit(token.unit()) ? token.text() + token.unit() : null;
                case DELIM -> "(),:/>=".indexOf(token.text().charAt(0)) >= 0 ? token.text() : null;
                default -> null;
            };
            if (written == null) {
                return null;
            }
            out.append(written);
        }
        return out.isEmpty() || isForTheDark(tokens.subList(from, to)) ? null : out.toString();
    }

    /** A letter lies on light paper whatever the page around it looks like, and is shown in dark by turning its colours. */
    private static boolean isForTheDark(List<CssToken> query) {
        return has(query, "prefers-color-scheme") && has(query, "dark");
    }

    private static boolean has(List<CssToken> tokens, String name) {
        return tokens.stream()
                .anyMatch(token -> token.kind() == Kind.IDENT && token.text().equalsIgnoreCase(name));
    }
}
