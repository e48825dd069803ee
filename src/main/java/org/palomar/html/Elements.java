package org.palomar.html;

import java.util.Map;
import java.util.Set;

/** The elements a message may use, those that go with all they hold, and those that become another one. */
final class Elements {

    /** Written as they are. Every other element is left out and its content stays. */
    static final Set<String> ALLOWED = Set.of(
            "a",
            "abbr",
            "acronym",
            "address",
            "area",
            "article",
            "aside",
            "b",
            "bdi",
            "bdo",
            "big",
            "blockquote",
            "br",
            "caption",
            "center",
            "cite",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "details",
            "dfn",
            "dir",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "font",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
            "main",
            "map",
            "mark",
            "menu",
            "meter",
            "nav",
            "nobr",
            "ol",
            "p",
            "pre",
            "progress",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "section",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "summary",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "time",
            "tr",
            "tt",
            "u",
            "ul",
            "var",
            "wbr");

    /** Left out with their content. */
    static final Set<String> DROPPED = Set.of(
            "applet",
            "base",
            "basefont",
            "bgsound",
            "canvas",
            "embed",
            "frame",
            "frameset",
            "head",
            "iframe",
            "input",
            "link",
            "math",
            "meta",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "param",
            "portal",
            "script",
            "source",
            "svg",
            "template",
            "title",
            "track");

    /** Never played; what is in them stands in for them. */
    static final Set<String> PLAYED = Set.of("audio", "video");

    /** Forms keep their text but not their function; old words keep their look. */
    static final Map<String, String> BECOMES = Map.of(
            "button", "span",
            "dialog", "div",
            "fieldset", "div",
            "form", "div",
            "legend", "div",
            "listing", "pre",
            "option", "div",
            "plaintext", "pre",
            "textarea", "span",
            "xmp", "pre");

    static final Set<String> VOID = Set.of("area", "br", "col", "hr", "img", "wbr");

    /** Where only rows and cells may stand: a parser would move anything else out. */
    static final Set<String> TABLE_PARTS = Set.of("table", "tbody", "thead", "tfoot", "tr", "colgroup");

    private Elements() {}
}
