package org.palomar.html;

/** Readable plain text from HTML, for quoting in answers and for previews. */
public final class HtmlToText {

    private HtmlToText() {}

    /**
     * The text a person would see: blocks as lines, links as {@code text <url>} when they differ, list items with {@code - },
     * quotes with {@code > }, table rows as lines. Hidden text is left out. Never throws for any input.
     *
     * @param html at most {@link HtmlCleaner#LONGEST} characters of it are read
     * @return lines ended by {@code \n}, without blank lines at both ends
     */
    public static String text(String html) {
        return text(html, new TextPass(new TextLines(false), false));
    }

    /**
     * The text of what a person wrote in our own editor, as {@link #text} but true to them: each blank line stays, items of
     * numbered lists keep their numbers, lists within lists are indented.
     */
    public static String written(String html) {
        return text(html, new TextPass(new TextLines(true), true));
    }

    private static String text(String html, TextPass pass) {
        HtmlCleaner.parse(HtmlCleaner.bounded(html)).body().filter(pass);
        return pass.text();
    }
}
