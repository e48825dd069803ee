package org.palomar.html;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote in the editor, or had quoted there, as HTML that every mail program shows: few elements, inline styles of a
 * short list, no class, no name, nothing that is loaded but images of the message itself. The browser that sent it is not
 * trusted. The fragment is made for a body, and for the editor; both take it as it is.
 *
 * @param fragment markup, escaped throughout
 * @param text the same as plain text, lines ended by {@code \n}
 * @param formatted whether plain text would lose something of it
 */
public record WrittenHtml(String fragment, String text, boolean formatted) {

    /** Characters of HTML; what is longer is not read at all. */
    public static final int LONGEST = 1_000_000;

    private static final int PASSES = 4;

    /**
     * Cleans.
     *
     * @param html from anybody
     * @param image gives for the address of an image the one that is written, of our own making, or null when it is left out; for
     *     an address that it gave it is not asked again
     * @return nothing when it is too long, or never comes to rest when it is parsed and written again
     */
    public static Optional<WrittenHtml> clean(String html, Function<String, @Nullable String> image) {
        if (html.length() > LONGEST) {
            return Optional.empty();
        }
        WritingPass pass = WritingPass.over(html, image);
        String first = pass.markup();
        String before = first;
        for (int i = 0; i < PASSES; i++) {
            WritingPass again = WritingPass.over(before, pass.issued());
            if (again.markup().equals(before)) {
                return before.length() > 2 * LONGEST
                        ? Optional.empty()
                        : Optional.of(new WrittenHtml(before, HtmlToText.written(before), pass.formatted()));
            }
            before = again.markup();
        }
        return Optional.empty();
    }

    /** What a document says of the look of all of it, as an inline style; empty when it says nothing. */
    public static String look(String html) {
        return html.length() > LONGEST
                ? ""
                : WritingPass.look(HtmlCleaner.parse(html).body());
    }

    /** Plain text as a fragment: a box for each line, quoted lines in quotes. */
    public static String ofText(String text) {
        Markup markup = new Markup();
        int depth = 0;
        for (QuotedLine line :
                QuotedLine.read(text.length() > LONGEST ? text.substring(0, LONGEST) : text, TextToHtml.Format.FIXED)) {
            for (; depth > line.depth(); depth--) {
                markup.end();
            }
            for (; depth < Math.min(line.depth(), 30); depth++) {
                WritingPass.quote(markup);
            }
            markup.start("div");
            if (line.text().isEmpty()) {
                markup.lineBreak();
            } else {
                markup.text(spaced(line.text()));
            }
            markup.end();
        }
        return markup.content();
    }

    /** Runs of spaces would become one: every second one, and those at the ends, do not break. */
    private static String spaced(String line) {
        StringBuilder kept = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i) == '\t' ? ' ' : line.charAt(i);
            boolean edge = i == 0 || i == line.length() - 1 || kept.charAt(kept.length() - 1) == ' ';
            kept.append(c == ' ' && edge ? '\u00a0' : c);
        }
        return kept.toString();
    }
}
