package org.palomar.html;

import java.util.HashSet;
import java.util.Set;

/**
 * The CSS that a message may use. Left out on purpose: whatever takes a thing out of its place (position, z-index, inset,
 * transform), whatever loads (src, mask, cursor images, custom properties), and what grows with the frame (vh).
 */
final class CssProperties {

    private static final Set<String> ALLOWED = allowed();

    private static final Set<String> IMAGES =
            Set.of("background", "background-image", "list-style", "list-style-image");

    private static final Set<String> STRINGS = Set.of("font", "font-family", "content", "quotes", "list-style-type");

    private static final Set<String> FUNCTIONS = Set.of(
            "rgb",
            "rgba",
            "hsl",
            "hsla",
            "hwb",
            "lab",
            "lch",
            "oklab",
            "oklch",
            "color",
            "color-mix",
            "light-dark",
            "calc",
            "min",
            "max",
            "clamp",
            "linear-gradient",
            "radial-gradient",
            "conic-gradient",
            "repeating-linear-gradient",
            "repeating-radial-gradient",
            "repeating-conic-gradient",
            "repeat",
            "minmax",
            "fit-content");

    private static final Set<String> UNITS = Set.of(
            "px", "em", "rem", "ex", "ch", "vw", "pt", "pc", "in", "cm", "mm", "q", "deg", "rad", "grad", "turn", "fr",
            "dpi", "dpcm", "dppx", "x", "lh");

    private CssProperties() {}

    static boolean allows(String property) {
        return ALLOWED.contains(property);
    }

    static boolean takesImage(String property) {
        return IMAGES.contains(property);
    }

    static boolean takesString(String property) {
        return STRINGS.contains(property);
    }

    static boolean knowsFunction(String function) {
        return FUNCTIONS.contains(function);
    }

    static boolean knowsUnit(String unit) {
        return UNITS.contains(unit);
    }

    private static Set<String> allowed() {
        Set<String> names = new HashSet<>(Set.of(
                "accent-color",
                "align-content",
                "align-items",
                "align-self",
                "aspect-ratio",
                "background",
                "background-blend-mode",
                "background-clip",
                "background-color",
                "background-image",
                "background-origin",
                "background-position",
                "background-position-x",
                "background-position-y",
                "background-repeat",
                "background-size",
                "border",
                "border-collapse",
                "border-radius",
                "border-spacing",
                "border-bottom-left-radius",
                "border-bottom-right-radius",
                "border-top-left-radius",
                "border-top-right-radius",
                "box-shadow",
                "box-sizing",
                "caption-side",
                "clear",
                "color",
                "color-scheme",
                "column-count",
                "column-gap",
                "column-width",
                "columns",
                "content",
                "cursor",
                "direction",
                "display",
                "empty-cells",
                "flex",
                "flex-basis",
                "flex-direction",
                "flex-flow",
                "flex-grow",
                "flex-shrink",
                "flex-wrap",
                "float",
                "gap",
                "grid",
                "grid-area",
                "grid-auto-columns",
                "grid-auto-flow",
                "grid-auto-rows",
                "grid-column",
                "grid-column-end",
                "grid-column-start",
                "grid-row",
                "grid-row-end",
                "grid-row-start",
                "grid-template",
                "grid-template-areas",
                "grid-template-columns",
                "grid-template-rows",
                "height",
                "hyphens",
                "justify-content",
                "justify-items",
                "justify-self",
                "letter-spacing",
                "line-break",
                "line-height"));
        names.addAll(Set.of(
                "list-style",
                "list-style-image",
                "list-style-position",
                "list-style-type",
                "max-height",
                "max-width",
                "min-height",
                "min-width",
                "object-fit",
                "object-position",
                "opacity",
                "order",
                "orphans",
                "outline",
                "outline-color",
                "outline-offset",
                "outline-style",
                "outline-width",
                "overflow",
                "overflow-wrap",
                "overflow-x",
                "overflow-y",
                "page-break-after",
                "page-break-before",
                "page-break-inside",
                "place-content",
                "place-items",
                "place-self",
                "quotes",
                "row-gap",
                "tab-size",
                "table-layout",
                "text-align",
                "text-align-last",
                "text-decoration",
                "text-decoration-color",
                "text-decoration-line",
                "text-decoration-skip-ink",
                "text-decoration-style",
                "text-decoration-thickness",
                "text-indent",
                "text-justify",
                "text-orientation",
                "text-overflow",
                "text-rendering",
                "text-shadow",
                "text-size-adjust",
                "text-transform",
                "text-underline-offset",
                "text-wrap",
                "unicode-bidi",
                "user-select",
                "vertical-align",
                "visibility",
                "white-space",
                "widows",
                "width",
                "word-break",
                "word-spacing",
                "word-wrap",
                "writing-mode",
                "zoom",
                "-webkit-text-size-adjust",
                "-ms-text-size-adjust",
                "-webkit-font-smoothing",
                "-moz-osx-font-smoothing",
                "-webkit-border-radius",
                "-moz-border-radius",
                "-webkit-box-shadow",
                "-webkit-box-sizing",
                "-webkit-user-select",
                "-ms-interpolation-mode",
                "-webkit-text-fill-color",
                "-webkit-line-clamp",
                "-webkit-box-orient",
                "-webkit-hyphens",
                "border-color",
                "border-style",
                "border-width",
                "mso-hide"));
        names.addAll(Set.of(
                "font",
                "font-family",
                "font-feature-settings",
                "font-kerning",
                "font-size",
                "font-size-adjust",
                "font-stretch",
                "font-style",
                "font-variant",
                "font-variant-caps",
                "font-variant-ligatures",
                "font-variant-numeric",
                "font-weight"));
        for (String box : Set.of("margin", "padding")) {
            names.add(box);
            for (String side :
                    Set.of("top", "right", "bottom", "left", "inline", "block", "inline-start", "inline-end")) {
                names.add(box + "-" + side);
            }
        }
        for (String side : Set.of("top", "right", "bottom", "left")) {
            names.add("border-" + side);
            for (String aspect : Set.of("color", "style", "width")) {
                names.add("border-" + side + "-" + aspect);
            }
        }
        return Set.copyOf(names);
    }
}
