package org.palomar.html;

import java.util.Map;
import java.util.Set;

/** What may go out in HTML: what Gmail, Outlook and Apple Mail all show. */
final class WritingRules {

    /** Written; every other element is left out and its content stays. */
    static final Set<String> ELEMENTS = words("""
            a b big blockquote br caption code div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span strong sub sup
            table tbody td tfoot th thead tr u ul""");

    /** Properties of a style attribute. */
    static final Set<String> PROPERTIES = words("""
            background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
            border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius
            border-right border-right-color border-right-style border-right-width border-spacing border-style border-top
            border-top-color border-top-style border-top-width border-width color direction font-family font-size
            font-style font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left
            margin-right margin-top max-width padding padding-bottom padding-left padding-right padding-top text-align
            text-decoration text-indent text-transform vertical-align white-space width word-break""");

    static final Set<String> FUNCTIONS = Set.of("rgb", "rgba", "hsl", "hsla");

    static final String QUOTE_STYLE = "margin:0 0 0 0.8ex;border-left:1px solid #cccccc;padding-left:1ex";

    static final Map<String, String> BECOMES = Map.ofEntries(
            Map.entry("address", "div"),
            Map.entry("article", "div"),
            Map.entry("aside", "div"),
            Map.entry("center", "div"),
            Map.entry("dd", "div"),
            Map.entry("del", "s"),
            Map.entry("dl", "div"),
            Map.entry("dt", "div"),
            Map.entry("figcaption", "div"),
            Map.entry("figure", "div"),
            Map.entry("footer", "div"),
            Map.entry("form", "div"),
            Map.entry("header", "div"),
            Map.entry("ins", "u"),
            Map.entry("kbd", "code"),
            Map.entry("main", "div"),
            Map.entry("nav", "div"),
            Map.entry("samp", "code"),
            Map.entry("section", "div"),
            Map.entry("strike", "s"),
            Map.entry("tt", "code"));

    /** Such elements alone are plain text. */
    static final Set<String> PLAIN = words("a blockquote br div p span");

    static final Set<String> CELLS = words("table tr td th");

    /** Attributes of tables and their parts. */
    static final Set<String> TABLES =
            words("align bgcolor border cellpadding cellspacing colspan height rowspan valign width");

    /** The look of what says nothing about its own. */
    static final Map<String, String> STYLES = Map.of(
            "blockquote",
            QUOTE_STYLE,
            "code",
            "font-family:Menlo,Consolas,monospace",
            "pre",
            "font-family:Menlo,Consolas,monospace;white-space:pre-wrap");

    private WritingRules() {}

    private static Set<String> words(String words) {
        return Set.of(words.split("\\s+"));
    }
}
