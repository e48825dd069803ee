package org.palomar.html;

import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * Makes the HTML of a message safe to show: an allow-list of elements, attributes, URLs and CSS, written anew from the parsed
 * tree.
 *
 * <p>What is written is parsed and cleaned again until nothing changes, so a browser that reads the result sees the tree that
 * was judged (THREATS S6). HTML that never comes to rest is shown as plain text.
 */
public final class HtmlCleaner {

    /** Characters of HTML that are read; the rest is dropped. */
    public static final int LONGEST = 5_000_000;

    /** Elements deeper than this lose their tags; their text stays. */
    public static final int DEEPEST = 200;

    private static final int PASSES = 6;

    private HtmlCleaner() {}

    /**
     * Cleans a document or a fragment. Never throws for any input; takes time in proportion to its length.
     *
     * @param html as the sender wrote it, decoded; at most {@link #LONGEST} characters of it are read
     * @param images how image references are written
     * @return a fragment to be placed in the body of a document of its own that has a doctype
     */
    public static CleanHtml clean(String html, Images images) {
        References references = new References(images);
        CleaningPass pass = pass(bounded(html), references);
        RemoteContent found = references.found();
        for (int i = 0; i < PASSES; i++) {
            String before = pass.markup().content();
            pass = pass(before, references);
            if (pass.markup().content().equals(before)) {
                return pass.markup().finish(found);
            }
        }
        return TextToHtml.unstable(HtmlToText.text(html), found);
    }

    /** Whether a person would see nothing of this HTML: no text that shows and no image. Never throws. */
    public static boolean blank(String html) {
        return pass(bounded(html), new References(Images.none())).blank();
    }

    private static CleaningPass pass(String html, References references) {
        CleaningPass pass = new CleaningPass(references);
        pass.document(parse(html));
        return pass;
    }

    static String bounded(String html) {
        return html.length() > LONGEST ? html.substring(0, LONGEST) : html;
    }

    static Document parse(String html) {
        try {
            return Parser.htmlParser().setMaxDepth(2 * DEEPEST).parseInput(html, "");
        } catch (RuntimeException e) {
            // The parser has its limits with templates cut off at its greatest depth: what it cannot read is only text.
            Document asText = Document.createShell("");
            asText.body().text(html);
            return asText;
        }
    }
}
