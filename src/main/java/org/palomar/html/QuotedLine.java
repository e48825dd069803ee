package org.palomar.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of text with the quote marks taken off.
 *
 * @param depth levels of quoting, 0 to {@link #DEEPEST}
 * @param text the rest of the line, without its line end
 */
record QuotedLine(int depth, String text) {

    static final int DEEPEST = 30;

    boolean isSignatureMark() {
        return depth == 0 && text.equals("-- ");
    }

    /** Splits a text into lines; in flowed text the lines of a paragraph become one (RFC 3676 section 4). */
    static List<QuotedLine> read(String text, TextToHtml.Format format) {
        List<QuotedLine> lines = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        int paragraphDepth = -1;
        int at = 0;
        while (at <= text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            if (end == text.length() && at == end && at > 0) {
                break;
            }
            QuotedLine line = line(text.substring(at, end), format.flowed());
            at = end + (text.startsWith("\r\n", end) ? 2 : 1);
            if (!format.flowed()) {
                lines.add(line);
                continue;
            }
            if (paragraphDepth >= 0 && (line.depth != paragraphDepth || line.text.equals("-- "))) {
                lines.add(new QuotedLine(paragraphDepth, paragraph.toString()));
                paragraph.setLength(0);
                paragraphDepth = -1;
            }
            boolean soft = line.text.endsWith(" ") && !line.text.equals("-- ");
            int length = line.text.length() - (soft && format.delSp() ? 1 : 0);
            paragraph.append(line.text, 0, length);
            if (soft) {
                paragraphDepth = line.depth;
            } else {
                lines.add(new QuotedLine(line.depth, paragraph.toString()));
                paragraph.setLength(0);
                paragraphDepth = -1;
            }
        }
        if (paragraphDepth >= 0) {
            lines.add(new QuotedLine(paragraphDepth, paragraph.toString()));
        }
        return lines;
    }

    /** In flowed text quote marks stand side by side and one stuffed space follows; elsewhere spaces may part them. */
    private static QuotedLine line(String line, boolean flowed) {
        int depth = 0;
        int at = 0;
        while (at < line.length() && line.charAt(at) == '>') {
            at++;
            depth++;
            if (!flowed && line.startsWith(" >", at)) {
                at++;
            }
        }
        if ((depth > 0 || flowed) && at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return new QuotedLine(Math.min(depth, DEEPEST), line.substring(at));
    }
}
