package org.palomar.html;

import java.util.HashSet;
import java.util.Set;

/**
 * The CSS that a message may use. Left out on purpose: whatever takes a thing out of its place (position, z-index, inset,
 * transform), whatever moves by itself (animation, transition), whatever loads (src, cursor images), and what grows with the frame
 * (vh). Masks, filters and shapes may be drawn but never loaded: an image that fails to load there would hide what it covers.
 */
final class CssProperties {

    private static final int LONGEST_NAME = 64;

    private static final Set<String> BOXES = words("""
            aspect-ratio background background-attachment background-blend-mode background-clip background-color background-image
            background-origin background-position background-position-x background-position-y background-repeat background-size
            border border-block border-block-color border-block-style border-block-width border-collapse border-color border-image
            border-image-outset border-image-repeat border-image-slice border-image-source border-image-width border-inline
            border-inline-color border-inline-style border-inline-width border-radius border-spacing border-style border-width
            border-bottom-left-radius border-bottom-right-radius border-top-left-radius border-top-right-radius
            border-end-end-radius border-end-start-radius border-start-end-radius border-start-start-radius
            block-size box-decoration-break box-shadow box-sizing height inline-size max-block-size max-height max-inline-size
            max-width min-block-size min-height min-inline-size min-width outline outline-color outline-offset outline-style
            outline-width overflow overflow-block overflow-inline overflow-wrap overflow-x overflow-y resize width zoom
            -webkit-background-clip -webkit-background-size -webkit-border-radius -moz-border-radius -webkit-box-shadow
            -webkit-box-sizing -moz-box-sizing""");

    private static final Set<String> LAYOUT = words("""
            align-content align-items align-self break-after break-before break-inside caption-side clear column-count column-fill
            column-gap column-rule column-rule-color column-rule-style column-rule-width column-span column-width columns display
            empty-cells flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float gap grid grid-area
            grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap grid-column-start grid-gap
            grid-row grid-row-end grid-row-gap grid-row-start grid-template grid-template-areas grid-template-columns
            grid-template-rows justify-content justify-items justify-self order orphans page-break-after page-break-before
            page-break-inside place-content place-items place-self row-gap shape-image-threshold shape-margin shape-outside
            table-layout vertical-align visibility widows -webkit-box-orient -webkit-column-count -webkit-column-gap
            -webkit-column-width -webkit-line-clamp""");

    private static final Set<String> PAINT = words("""
            accent-color backdrop-filter clip-path color color-scheme content counter-increment counter-reset counter-set cursor
            filter image-orientation image-rendering isolation mask mask-clip mask-composite mask-image mask-mode mask-origin
            mask-position mask-repeat mask-size mix-blend-mode object-fit object-position opacity print-color-adjust quotes
            -webkit-backdrop-filter -webkit-clip-path -webkit-filter -webkit-mask -webkit-mask-image -webkit-mask-position
            -webkit-mask-repeat -webkit-mask-size -webkit-print-color-adjust mso-hide -ms-interpolation-mode""");

    private static final Set<String> TEXT = words("""
            direction font font-family font-feature-settings font-kerning font-optical-sizing font-size font-size-adjust
            font-stretch font-style font-synthesis font-variant font-variant-alternates font-variant-caps font-variant-east-asian
            font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings font-weight
            hanging-punctuation hyphenate-character hyphenate-limit-chars hyphens initial-letter letter-spacing line-break
            line-clamp line-height list-style list-style-image list-style-position list-style-type ruby-align ruby-position
            tab-size text-align text-align-last text-combine-upright text-decoration text-decoration-color text-decoration-line
            text-decoration-skip-ink text-decoration-style text-decoration-thickness text-emphasis text-emphasis-color
            text-emphasis-position text-emphasis-style text-indent text-justify text-orientation text-overflow text-rendering
            text-shadow text-size-adjust text-transform text-underline-offset text-underline-position text-wrap text-wrap-mode
            text-wrap-style unicode-bidi user-select white-space white-space-collapse word-break word-spacing word-wrap
            writing-mode -webkit-font-smoothing -moz-osx-font-smoothing -webkit-hyphens -webkit-text-decoration
            -webkit-text-emphasis -webkit-text-fill-color -webkit-text-size-adjust -ms-text-size-adjust -webkit-text-stroke
            -webkit-text-stroke-color -webkit-text-stroke-width -webkit-user-select""");

    private static final Set<String> ALLOWED = allowed();

    private static final Set<String> IMAGES =
            words("background background-image border-image border-image-source list-style list-style-image");

    private static final Set<String> STRINGS = words("""
            content font font-family font-feature-settings font-variation-settings grid grid-template grid-template-areas
            hyphenate-character list-style list-style-type quotes text-emphasis text-emphasis-style text-overflow""");

    private static final Set<String> FUNCTIONS = words("""
            rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark
            calc min max clamp round mod rem abs sign sqrt pow hypot
            linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
            repeating-conic-gradient repeat minmax fit-content counter counters var
            circle ellipse inset rect xywh polygon path
            blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia""");

    private static final Set<String> STRING_FUNCTIONS = words("counters path");

    private static final Set<String> UNITS = words("""
            px em rem ex ch cap ic lh rlh vw svw lvw dvw pt pc in cm mm q deg rad grad turn fr dpi dpcm dppx x""");

    private CssProperties() {}

    static boolean allows(String property) {
        return ALLOWED.contains(property) || isCustom(property);
    }

    /** Whether a name is that of a custom property; what is in one is judged like any other value, and loads nothing. */
    static boolean isCustom(String name) {
        if (!name.startsWith("--") || name.length() == 2 || name.length() > LONGEST_NAME) {
            return false;
        }
        return name.chars().allMatch(c -> Chars.isLetter((char) c) || Chars.isDigit((char) c) || c == '-' || c == '_');
    }

    static boolean takesImage(String property) {
        return IMAGES.contains(property);
    }

    static boolean takesString(String property) {
        return STRINGS.contains(property) || isCustom(property);
    }

    static boolean takesNames(String property) {
        return property.startsWith("grid");
    }

    static boolean knowsFunction(String function) {
        return FUNCTIONS.contains(function);
    }

    static boolean functionTakesString(String function) {
        return STRING_FUNCTIONS.contains(function);
    }

    static boolean knowsUnit(String unit) {
        return UNITS.contains(unit);
    }

    private static Set<String> words(String words) {
        return Set.of(words.strip().split("\\s+"));
    }

    private static Set<String> allowed() {
        Set<String> names = new HashSet<>(BOXES);
        names.addAll(LAYOUT);
        names.addAll(PAINT);
        names.addAll(TEXT);
        Set<String> sides = words("top right bottom left inline-start inline-end block-start block-end");
        for (String side : sides) {
            names.add("border-" + side);
            for (String aspect : words("color style width")) {
                names.add("border-" + side + "-" + aspect);
            }
        }
        for (String box : words("margin padding")) {
            names.add(box);
            names.add(box + "-inline");
            names.add(box + "-block");
            for (String side : sides) {
                names.add(box + "-" + side);
            }
        }
        return Set.copyOf(names);
    }
}
