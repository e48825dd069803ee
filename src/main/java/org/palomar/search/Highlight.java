package org.palomar.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cuts a text at the words that were looked for, so that a page can mark them. */
public final class Highlight {

    private final List<String> words;

    Highlight(List<String> words) {
        this.words = words;
    }

    /** A piece of a text, and whether it was looked for. */
    public record Piece(String text, boolean hit) {}

    /** The text in pieces; together they are the text. */
    public List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        if (!words.isEmpty()) {
            String either = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
            Matcher matcher = Pattern.compile(either, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(text);
            while (matcher.find()) {
                if (matcher.start() > at) {
                    pieces.add(new Piece(text.substring(at, matcher.start()), false));
                }
                pieces.add(new Piece(matcher.group(), true));
                at = matcher.end();
            }
        }
        if (at < text.length()) {
            pieces.add(new Piece(text.substring(at), false));
        }
        return pieces;
    }
}
