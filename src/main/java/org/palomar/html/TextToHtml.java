package org.palomar.html;

import java.util.List;

/**
 * Plain text as HTML: everything escaped, links made clickable, quoted lines and signatures set apart. White space stays as
 * it is; the page shows {@code .plain-text} with {@code white-space: pre-wrap}.
 */
public final class TextToHtml {

    /** Characters of text that are read; the rest is dropped. */
    public static final int LONGEST = 5_000_000;

    /** Quoted lines from which on a quote is folded. */
    static final int FOLD = 6;

    private TextToHtml() {}

    /**
     * How the text is laid out (RFC 3676).
     *
     * @param flowed whether lines that end in a space go on in the next line
     * @param delSp whether that space is not part of the text
     */
    public record Format(boolean flowed, boolean delSp) {

        public static final Format FIXED = new Format(false, false);
    }

    /**
     * Renders a text part. Never throws for any input; takes time in proportion to its length.
     *
     * @param text decoded; at most {@link #LONGEST} characters of it are read
     * @param foldLabel what stands on a folded quote, in the reader's language
     */
    public static CleanHtml render(String text, Format format, String foldLabel) {
        Markup markup = new Markup();
        lines(markup, text, format, foldLabel);
        return markup.finish(RemoteContent.NONE);
    }

    /** The last resort for HTML that cannot be shown as HTML. */
    static CleanHtml unstable(String text, RemoteContent found) {
        Markup markup = new Markup();
        lines(markup, text, Format.FIXED, "…");
        return markup.finish(found);
    }

    private static void lines(Markup markup, String text, Format format, String foldLabel) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        List<QuotedLine> lines = QuotedLine.read(bounded, format);
        markup.start("div");
        markup.attribute("class", "plain-text");
        int i = 0;
        boolean words = false;
        while (i < lines.size()) {
            QuotedLine line = lines.get(i);
            int end = i;
            if (line.depth() > 0) {
                while (end < lines.size() && lines.get(end).depth() > 0) {
                    end++;
                }
                quote(markup, lines.subList(i, end), words && end - i >= FOLD ? foldLabel : "");
            } else if (line.isSignatureMark()) {
                end = lines.size();
                markup.start("div");
                markup.attribute("class", "signature");
                signature(markup, lines.subList(i, end));
                markup.end();
            } else {
                while (end < lines.size()
                        && lines.get(end).depth() == 0
                        && !lines.get(end).isSignatureMark()) {
                    words |= !lines.get(end).text().isBlank();
                    end++;
                }
                plain(markup, lines.subList(i, end));
            }
            i = end;
        }
        markup.end();
    }

    /** Nested block quotes, one for each level; the lines all have a level of at least one. */
    private static void quote(Markup markup, List<QuotedLine> lines, String foldLabel) {
        if (!foldLabel.isEmpty()) {
            markup.start("details");
            markup.attribute("class", "quote-fold");
            markup.start("summary");
            markup.text(foldLabel);
            markup.end();
        }
        int depth = 0;
        boolean first = true;
        for (QuotedLine line : lines) {
            boolean moved = depth != line.depth();
            for (; depth < line.depth(); depth++) {
                markup.start("blockquote");
                markup.attribute("class", "quoted");
            }
            for (; depth > line.depth(); depth--) {
                markup.end();
            }
            if (!moved && !first) {
                markup.lineBreak();
            }
            Linkifier.write(markup, line.text());
            first = false;
        }
        for (; depth > 0; depth--) {
            markup.end();
        }
        if (!foldLabel.isEmpty()) {
            markup.end();
        }
    }

    /** A quote inside a signature keeps its marks: nothing is answered there. */
    private static void signature(Markup markup, List<QuotedLine> lines) {
        boolean first = true;
        for (QuotedLine line : lines) {
            if (!first) {
                markup.lineBreak();
            }
            Linkifier.write(markup, line.depth() == 0 ? line.text() : ">".repeat(line.depth()) + " " + line.text());
            first = false;
        }
    }

    private static void plain(Markup markup, List<QuotedLine> lines) {
        boolean first = true;
        for (QuotedLine line : lines) {
            if (!first) {
                markup.lineBreak();
            }
            Linkifier.write(markup, line.text());
            first = false;
        }
    }
}
