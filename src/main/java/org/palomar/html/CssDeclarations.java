package org.palomar.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/**
 * Reads declarations and writes the allowed ones again from their tokens; no text of the message is copied.
 *
 * <p>A declaration with anything unknown in it is left out as a whole, as a browser does.
 */
final class CssDeclarations {

    /** Characters of one style attribute that are read; the rest is dropped. */
    static final int LONGEST_INLINE = 64 * 1024;

    /** Stands for an open square bracket. */
    private static final String NAMES = "[";

    private final References references;

    private final Predicate<String> properties;
    private final Predicate<String> functions;

    CssDeclarations(References references) {
        this(references, CssProperties::allows, CssProperties::knowsFunction);
    }

    /** Allows still less than what may be shown. */
    CssDeclarations(References references, Predicate<String> properties, Predicate<String> functions) {
        this.references = references;
        this.properties = properties;
        this.functions = functions;
    }

    static String bounded(String style) {
        return style.length() > LONGEST_INLINE ? style.substring(0, LONGEST_INLINE) : style;
    }

    /** Cleans the value of a style attribute; may be empty. */
    String inline(String style) {
        List<CssToken> tokens = CssTokenizer.tokens(bounded(style));
        return clean(tokens, 0, tokens.size(), true);
    }

    /**
     * Cleans a list of declarations.
     *
     * @param loads whether images may be named here at all
     */
    String clean(List<CssToken> tokens, int from, int to, boolean loads) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            int end = CssBlocks.find(tokens, i, to, ";");
            String declaration = declaration(tokens, i, end, loads);
            if (declaration != null) {
                if (!out.isEmpty()) {
                    out.append(';');
                }
                out.append(declaration);
            }
            i = end + 1;
        }
        return out.toString();
    }

    private @Nullable String declaration(List<CssToken> tokens, int from, int to, boolean loads) {
        int i = skipSpace(tokens, from, to);
        if (i == to || tokens.get(i).kind() != Kind.IDENT) {
            countLoads(tokens, from, to, false);
            return null;
        }
        String name = tokens.get(i).text();
        String property = CssProperties.isCustom(name) ? name : name.toLowerCase(Locale.ROOT);
        i = skipSpace(tokens, i + 1, to);
        if (i == to || !tokens.get(i).is(':') || !properties.test(property)) {
            countLoads(tokens, from, to, false);
            return null;
        }
        String value = value(property, tokens, i + 1, to, loads);
        return value == null || value.isEmpty() ? null : property + ":" + value;
    }

    private @Nullable String value(String property, List<CssToken> tokens, int from, int to, boolean loads) {
        StringBuilder out = new StringBuilder();
        Deque<String> functions = new ArrayDeque<>();
        boolean space = false;
        boolean named = false;
        boolean varies = false;
        for (int i = from; i < to; i++) {
            CssToken token = tokens.get(i);
            if (token.isSpace()) {
                space = true;
                continue;
            }
            if (space && !out.isEmpty()) {
                out.append(' ');
            }
            space = false;
            if (token.is('!')) {
                boolean last = functions.isEmpty() && !out.isEmpty() && isImportant(tokens, i + 1, to);
                return last && !(named && varies) ? out.toString().strip() + "!important" : null;
            }
            boolean function = token.kind() == Kind.FUNCTION && token.text().equals("url");
            if (token.kind() == Kind.URL || function) {
                int string = function ? skipSpace(tokens, i + 1, to) : i;
                int close = function ? skipSpace(tokens, string + 1, to) : i;
                boolean whole = !function
                        || (string < to && tokens.get(string).kind() == Kind.STRING && closes(tokens, close, to));
                if (!whole || !CssProperties.takesImage(property) || !functions.isEmpty()) {
                    countLoads(tokens, i, to, false);
                    return null;
                }
                String url = image(tokens.get(string).text(), loads);
                named = true;
                if (url != null) {
                    out.append("url(").append(CssToken.string(url)).append(')');
                }
                i = close;
                space = true;
                continue;
            }
            varies |= token.kind() == Kind.FUNCTION && token.text().equals("var");
            String written = written(property, token, functions);
            if (written == null) {
                countLoads(tokens, i, to, CssProperties.takesImage(property));
                return null;
            }
            out.append(written);
        }
        while (!functions.isEmpty()) {
            out.append(functions.pop().equals(NAMES) ? ']' : ')');
        }
        // Whether an image loads must not hang on a property that a selector with a test may have set (THREATS S14).
        return named && varies ? null : out.toString().strip();
    }

    private @Nullable String written(String property, CssToken token, Deque<String> open) {
        return switch (token.kind()) {
            case IDENT -> {
                boolean custom = "var".equals(open.peek()) && CssProperties.isCustom(token.text());
                yield custom || isPlain(token.text()) ? token.text() : null;
            }
            case HASH -> isColor(token.text()) ? "#" + token.text() : null;
            case NUMBER -> token.text();
            case PERCENTAGE -> token.text() + "%";
            case DIMENSION -> CssProperties.knowsUnit(token.unit()) ? token.text() + token.unit() : null;
            case STRING -> {
                boolean taken = open.isEmpty()
                        ? CssProperties.takesString(property)
                        : CssProperties.functionTakesString(open.element());
                yield taken ? CssToken.string(token.text()) : null;
            }
            case FUNCTION -> {
                // Properties made of properties could grow without bound.
                boolean grows = token.text().equals("var") && CssProperties.isCustom(property);
                if (!functions.test(token.text()) || grows || open.size() > 20) {
                    yield null;
                }
                open.push(token.text());
                yield token.text() + "(";
            }
            case DELIM ->
                CssProperties.takesNames(property) && isNames(token, open) ? token.text() : delimiter(token, open);
            default -> null;
        };
    }

    /** Opens or closes the brackets around names of grid lines. */
    private static boolean isNames(CssToken token, Deque<String> open) {
        boolean inside = NAMES.equals(open.peek());
        if (token.is('[') && !inside) {
            open.push(NAMES);
            return true;
        }
        return token.is(']') && inside && open.pop().equals(NAMES);
    }

    private static @Nullable String delimiter(CssToken token, Deque<String> functions) {
        char c = token.text().charAt(0);
        return switch (c) {
            case ',', '/' -> token.text();
            case '+', '-', '*' -> functions.isEmpty() ? null : token.text();
            case '(' -> {
                if (functions.isEmpty() || functions.size() > 20) {
                    yield null;
                }
                functions.push("");
                yield "(";
            }
            case ')' -> {
                if (functions.isEmpty() || functions.peek().equals(NAMES)) {
                    yield null;
                }
                functions.pop();
                yield ")";
            }
            default -> null;
        };
    }

    private @Nullable String image(String reference, boolean loads) {
        return switch (references.image(reference)) {
            case References.Decision.Keep keep when loads || !keep.remote() -> keep.url();
            case References.Decision.Keep _, References.Decision.Drop _, References.Decision.Track _ -> null;
        };
    }

    /** Counts what a dropped piece of CSS would have loaded. */
    void countLoads(List<CssToken> tokens, int from, int to, boolean images) {
        for (int i = from; i < to; i++) {
            CssToken token = tokens.get(i);
            if (token.kind() == Kind.URL || token.kind() == Kind.STRING) {
                if (images) {
                    references.image(token.text());
                } else {
                    references.other(token.text());
                }
            }
        }
    }

    private static boolean isImportant(List<CssToken> tokens, int from, int to) {
        int word = skipSpace(tokens, from, to);
        return word < to
                && tokens.get(word).kind() == Kind.IDENT
                && tokens.get(word).text().equalsIgnoreCase("important")
                && skipSpace(tokens, word + 1, to) == to;
    }

    private static boolean closes(List<CssToken> tokens, int at, int to) {
        return at >= to || tokens.get(at).is(')');
    }

    static int skipSpace(List<CssToken> tokens, int from, int to) {
        int i = from;
        while (i < to && tokens.get(i).isSpace()) {
            i++;
        }
        return Math.min(i, to);
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean digit = Chars.isDigit(c) && i > 0;
            if (!digit && !(Chars.isLetter(c) || c == '-' || c == '_' || c >= 0xa0)) {
                return false;
            }
        }
        return !name.isEmpty() && !name.startsWith("--");
    }

    private static boolean isColor(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), 16) < 0) {
                return false;
            }
        }
        return digits.length() >= 3 && digits.length() <= 8;
    }
}
