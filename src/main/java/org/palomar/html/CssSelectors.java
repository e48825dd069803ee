package org.palomar.html;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/** Writes selectors again from their tokens. */
final class CssSelectors {

    private static final Set<String> PSEUDO_FUNCTIONS = Set.of(
            "nth-child",
            "nth-last-child",
            "nth-of-type",
            "nth-last-of-type",
            "not",
            "is",
            "where",
            "has",
            "lang",
            "dir");

    private CssSelectors() {}

    /** Whether a selector tests what is there or what is done: then it could tell a server what it found (THREATS S14). */
    static boolean tests(String selector) {
        return selector.indexOf('[') >= 0 || selector.indexOf(':') >= 0;
    }

    /**
     * A list of selectors in its safe form, or null.
     *
     * @param nested whether it stands in another rule (css-nesting-1)
     */
    static @Nullable String selector(List<CssToken> tokens, int from, int to, boolean nested) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        boolean name = false;
        int parentheses = 0;
        boolean brackets = false;
        boolean relates = false;
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
                    boolean known =
                            brackets ? "]=~|^$*".indexOf(c) >= 0 : ".*>+~,:[)-".indexOf(c) >= 0 || (c == '&' && nested);
                    if (!known || (c == ')' && --parentheses < 0)) {
                        return null;
                    }
                    relates |= c == '&';
                    brackets = c == '[' || (brackets && c != ']');
                    out.append(c);
                }
                default -> {
                    return null;
                }
            }
            name = false;
        }
        if (out.isEmpty() || brackets || parentheses != 0) {
            return null;
        }
        // What hangs on the rule around it says so: then it is not read as a declaration (css-nesting-1 section 2).
        return nested && !relates ? "& " + out : out.toString();
    }
}
