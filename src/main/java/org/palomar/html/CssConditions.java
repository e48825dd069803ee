package org.palomar.html;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/** Writes the conditions of {@code @media} and {@code @supports} again from their tokens; they ask the browser, and load nothing. */
final class CssConditions {

    private static final Set<String> WORDS = Set.of("and", "or", "not");

    private CssConditions() {}

    /** The condition of an at-rule in its safe form, or null when the rule is left out. */
    static @Nullable String of(String atRule, List<CssToken> tokens, int from, int to) {
        return switch (atRule) {
            case "media" -> CssDeclarations.skipSpace(tokens, from, to) == to ? "all" : media(tokens, from, to);
            case "supports" -> supports(tokens, from, to);
            default -> null;
        };
    }

    /** Null as well when it asks for the dark. */
    static @Nullable String media(List<CssToken> tokens, int from, int to) {
        String query = written(tokens, from, to, CssConditions::inMedia);
        return query == null || isForTheDark(tokens.subList(from, to)) ? null : query;
    }

    private static @Nullable String supports(List<CssToken> tokens, int from, int to) {
        return written(tokens, from, to, CssConditions::inSupports);
    }

    private interface Writer {
        @Nullable
        String write(CssToken token);
    }

    private static @Nullable String written(List<CssToken> tokens, int from, int to, Writer writer) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        int open = 0;
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
            String written = writer.write(token);
            if (written == null) {
                return null;
            }
            open += written.endsWith("(") ? 1 : written.equals(")") ? -1 : 0;
            if (open < 0) {
                return null;
            }
            out.append(written);
        }
        return out.isEmpty() || open != 0 ? null : out.toString();
    }

    private static @Nullable String inMedia(CssToken token) {
        return switch (token.kind()) {
            case IDENT -> CssToken.identifier(token.text().toLowerCase(Locale.ROOT));
            case FUNCTION -> WORDS.contains(token.text()) ? token.text() + " (" : null;
            case NUMBER -> token.text();
            case DIMENSION -> CssProperties.knowsUnit(token.unit()) ? token.text() + token.unit() : null;
            case DELIM -> "(),:/>=".indexOf(token.text().charAt(0)) >= 0 ? token.text() : null;
            default -> null;
        };
    }

    private static @Nullable String inSupports(CssToken token) {
        return switch (token.kind()) {
            case IDENT -> CssToken.identifier(token.text().toLowerCase(Locale.ROOT));
            case FUNCTION ->
                WORDS.contains(token.text())
                        ? token.text() + " ("
                        : CssProperties.knowsFunction(token.text()) ? token.text() + "(" : null;
            case NUMBER -> token.text();
            case PERCENTAGE -> token.text() + "%";
            case DIMENSION -> CssProperties.knowsUnit(token.unit()) ? token.text() + token.unit() : null;
            case DELIM -> "(),:/+-*".indexOf(token.text().charAt(0)) >= 0 ? token.text() : null;
            default -> null;
        };
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
