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
        TextPass pass = new TextPass();
        HtmlCleaner.parse(HtmlCleaner.bounded(html)).body().filter(pass);
        return pass.text();
    }
}
