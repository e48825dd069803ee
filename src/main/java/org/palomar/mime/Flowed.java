package org.palomar.mime;

import java.util.ArrayList;
import java.util.List;

/** Plain text as {@code format=flowed; delsp=no} (RFC 3676): wrapped so that any reader can join the lines again. */
public final class Flowed {

    /** Columns a line keeps to, its trailing space included; only one long word goes beyond. */
    public static final int WIDTH = 76;

    private static final int DEEPEST = 20;

    private Flowed() {}

    /**
     * Wraps and space-stuffs.
     *
     * @param text logical lines with any line ends; a line that begins with {@code >} is a quotation
     * @return lines that each end with CRLF; a word is never broken
     */
    public static String encode(String text) {
        StringBuilder flowed = new StringBuilder(text.length() + text.length() / 20 + 2);
        String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        int count = lines.length;
        while (count > 0 && lines[count - 1].isBlank()) {
            count--;
        }
        for (int i = 0; i < count; i++) {
            encodeLine(lines[i], flowed);
        }
        return flowed.toString();
    }

    /**
     * Joins and unstuffs: the logical lines that {@link #encode} took, quotations with {@code >} in front.
     *
     * @param text the body of a format=flowed part, any line ends
     * @param delSp whether the space at the end of a flowed line goes (DelSp=yes)
     */
    public static String decode(String text, boolean delSp) {
        StringBuilder lines = new StringBuilder(text.length());
        StringBuilder open = new StringBuilder();
        int openDepth = -1;
        for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
            int depth = 0;
            while (depth < line.length() && line.charAt(depth) == '>') {
                depth++;
            }
            boolean stuffed = depth < line.length() && line.charAt(depth) == ' ';
            String content = line.substring(stuffed ? depth + 1 : depth);
            boolean signature = content.equals("-- ");
            boolean flows = content.endsWith(" ") && !signature;
            if (openDepth >= 0 && (depth != openDepth || signature)) {
                close(open, openDepth, lines);
            }
            open.append(flows && delSp ? content.substring(0, content.length() - 1) : content);
            openDepth = depth;
            if (!flows) {
                close(open, openDepth, lines);
                openDepth = -1;
            }
        }
        if (openDepth >= 0) {
            close(open, openDepth, lines);
        }
        lines.setLength(lines.length() - 1);
        return lines.toString();
    }

    private static void close(StringBuilder open, int depth, StringBuilder lines) {
        lines.append(">".repeat(depth)).append(depth > 0 && !open.isEmpty() ? " " : "");
        lines.append(open).append('\n');
        open.setLength(0);
    }

    private static void encodeLine(String line, StringBuilder to) {
        int at = 0;
        int depth = 0;
        int next = 0;
        while (next < line.length() && line.charAt(next) == '>' && depth < DEEPEST) {
            depth++;
            at = next + 1;
            next = at < line.length() && line.charAt(at) == ' ' ? at + 1 : at;
        }
        String prefix = ">".repeat(depth);
        String content = line.substring(depth == 0 ? 0 : next);
        content = content.equals("-- ") ? content : content.stripTrailing();
        if (content.isEmpty()) {
            to.append(prefix).append("\r\n");
            return;
        }
        for (String physical : wrap(content, WIDTH - (depth == 0 ? 1 : depth + 1))) {
            boolean stuffed =
                    depth > 0 || physical.startsWith(" ") || physical.startsWith(">") || physical.startsWith("From ");
            to.append(prefix).append(stuffed ? " " : "").append(physical).append("\r\n");
        }
    }

    private static List<String> wrap(String content, int width) {
        List<String> lines = new ArrayList<>();
        int room = Math.max(width, 20);
        int start = 0;
        while (content.length() - start > room) {
            int end = breakAt(content, start, start + room);
            if (end < 0) {
                break;
            }
            lines.add(content.substring(start, end));
            start = end;
        }
        lines.add(content.substring(start));
        return lines;
    }

    /** Where the next line begins: after the last run of spaces that fits, else after the first one at all; -1 for none. */
    private static int breakAt(String content, int start, int limit) {
        for (int i = limit; i > start; i--) {
            if (usable(content, start, i)) {
                return i;
            }
        }
        for (int i = limit + 1; i < content.length(); i++) {
            if (usable(content, start, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean usable(String content, int start, int at) {
        if (at >= content.length() || content.charAt(at - 1) != ' ' || content.charAt(at) == ' ') {
            return false;
        }
        String line = content.substring(start, Math.min(at, start + 4));
        // A line of nothing but spaces would be read as stuffing, and "-- " as the signature separator.
        return !line.isBlank() && !(at - start == 3 && line.startsWith("-- "));
    }
}
