package org.palomar.demo;

import java.util.stream.Collectors;

/** Plain text as format=flowed (RFC 3676): paragraphs are soft-wrapped, quotations and short lines stay. */
final class Flowed {

    private static final int WIDTH = 72;

    private Flowed() {}

    static String wrap(String text) {
        return text.lines().map(Flowed::wrapLine).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String wrapLine(String line) {
        if (line.equals("-- ")) {
            return line;
        }
        int mark = 0;
        while (mark < line.length() && line.charAt(mark) == '>') {
            mark++;
        }
        String quote = mark == 0 ? "" : line.substring(0, mark) + " ";
        String rest = line.substring(mark).strip();
        StringBuilder wrapped = new StringBuilder(quote);
        int column = 0;
        for (String word : rest.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH - quote.length()) {
                wrapped.append(" \n").append(quote);
                column = 0;
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return mark > 0 && rest.isEmpty() ? ">".repeat(mark) : wrapped.toString();
    }
}
