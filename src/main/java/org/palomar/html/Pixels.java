package org.palomar.html;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CssToken.Kind;

/** Images that show nothing. */
final class Pixels {

    private Pixels() {}

    /**
     * Whether nobody sees the image: at most two pixels each way, or hidden by its own style. One with a class is left alone, since
     * letters hide images for some screens and show them for others.
     */
    static boolean unseen(Element image) {
        boolean classed = !image.attr("class").isBlank();
        String width = ElementWriter.length(image.attr("width"));
        String height = ElementWriter.length(image.attr("height"));
        boolean hidden = image.hasAttr("hidden");
        List<CssToken> tokens = CssTokenizer.tokens(CssDeclarations.bounded(image.attr("style")));
        for (int i = 0; i < tokens.size(); ) {
            int end = CssBlocks.find(tokens, i, tokens.size(), ";");
            int name = CssDeclarations.skipSpace(tokens, i, end);
            int colon = CssDeclarations.skipSpace(tokens, Math.min(name + 1, end), end);
            int value = CssDeclarations.skipSpace(tokens, Math.min(colon + 1, end), end);
            if (value < end
                    && tokens.get(name).kind() == Kind.IDENT
                    && tokens.get(colon).is(':')) {
                CssToken first = tokens.get(value);
                String word = first.text().toLowerCase(Locale.ROOT);
                switch (tokens.get(name).text().toLowerCase(Locale.ROOT)) {
                    case "width", "max-width" -> width = either(width, pixels(first));
                    case "height", "max-height" -> height = either(height, pixels(first));
                    case "display" -> hidden |= word.equals("none");
                    case "visibility" -> hidden |= word.equals("hidden") || word.equals("collapse");
                    case "opacity" -> hidden |= first.kind() == Kind.NUMBER && isZero(word);
                    default -> {}
                }
            }
            i = end + 1;
        }
        boolean small =
                width == null ? height != null && tiny(height) : tiny(width) && (height == null || tiny(height));
        return small || (hidden && !classed);
    }

    /** Whether a width or height attribute says two pixels or less. */
    static boolean tiny(String raw) {
        String length = ElementWriter.length(raw);
        return length != null && (length.equals("0px") || length.equals("1px") || length.equals("2px"));
    }

    /** What a style says counts more than an attribute; other units than pixels say nothing here. */
    private static @Nullable String either(@Nullable String attribute, @Nullable String style) {
        return style == null ? attribute : style;
    }

    private static @Nullable String pixels(CssToken token) {
        return switch (token.kind()) {
            case NUMBER -> isZero(token.text()) ? "0px" : null;
            case DIMENSION -> token.unit().equals("px") ? rounded(token.text()) : null;
            default -> null;
        };
    }

    private static String rounded(String number) {
        try {
            return (int) Math.ceil(Double.parseDouble(number)) + "px";
        } catch (NumberFormatException _) {
            return "9px";
        }
    }

    private static boolean isZero(String number) {
        return number.chars().allMatch(c -> c == '0' || c == '.' || c == '+' || c == '-');
    }
}
