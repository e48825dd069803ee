package org.palomar.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One Authentication-Results field (RFC 8601 section 2.2). Who wrote it is not known: anybody may.
 *
 * @param authservId the name of the server that claims to have checked
 * @param results in order; none when it says so
 */
record AuthenticationResults(String authservId, List<Result> results) {

    private static final int LONGEST = 32_000;
    private static final int MOST_RESULTS = 50;

    AuthenticationResults {
        results = List.copyOf(results);
    }

    /**
     * What came of one method.
     *
     * @param method such as {@code dkim}, lower case, without its version
     * @param outcome such as {@code pass}, lower case
     * @param properties by {@code ptype.property} in lower case, such as {@code header.d}; the first of each
     * @param comment all comments of it, one after the other
     */
    record Result(String method, String outcome, Map<String, String> properties, String comment) {

        Result {
            properties = Map.copyOf(properties);
        }

        boolean is(String name, String result) {
            return method.equals(name) && outcome.equals(result);
        }

        String property(String name) {
            return properties.getOrDefault(name, "");
        }
    }

    /** Reads the value of a field. Never throws; what does not follow the grammar is passed over, without a name all of it. */
    static Optional<AuthenticationResults> parse(String value) {
        List<Piece> pieces = pieces(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
        List<Word> head = pieces.isEmpty() ? List.of() : pieces.getFirst().words();
        // Behind the name there may be the version of the field, of which there is only one.
        boolean known =
                head.size() == 1 || (head.size() == 2 && head.get(1).text.equals("1"));
        if (!known || head.getFirst().text.isEmpty() || head.getFirst().text.equals("=")) {
            return Optional.empty();
        }
        List<Result> results = new ArrayList<>();
        for (Piece piece : pieces.subList(1, pieces.size())) {
            if (results.size() < MOST_RESULTS) {
                result(piece).ifPresent(results::add);
            }
        }
        return Optional.of(new AuthenticationResults(head.getFirst().text, results));
    }

    private static Optional<Result> result(Piece piece) {
        List<Word> words = piece.words();
        Map<String, String> pairs = new HashMap<>();
        String method = "";
        String outcome = "";
        // name = value, name = value: white space is allowed around the sign, and around the dot of a name.
        int at = 0;
        while (at < words.size()) {
            StringBuilder name = new StringBuilder();
            while (at < words.size() && !words.get(at).isEquals()) {
                name.append(words.get(at++).text);
            }
            if (at + 1 >= words.size()) {
                break;
            }
            String value = words.get(at + 1).text;
            String key = name.toString().toLowerCase(Locale.ROOT);
            if (method.isEmpty()) {
                int version = key.indexOf('/');
                method = version < 0 ? key : key.substring(0, version);
                outcome = value.toLowerCase(Locale.ROOT);
            } else {
                pairs.putIfAbsent(key, value);
            }
            at += 2;
        }
        return method.isEmpty() ? Optional.empty() : Optional.of(new Result(method, outcome, pairs, piece.comment));
    }

    private record Word(String text, boolean quoted) {
        boolean isEquals() {
            return !quoted && text.equals("=");
        }
    }

    private record Piece(List<Word> words, String comment) {}

    /** What stands between semicolons: words, quoted strings and equals signs, with the comments apart. */
    private static List<Piece> pieces(String value) {
        List<Piece> pieces = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        StringBuilder comments = new StringBuilder();
        StringBuilder word = new StringBuilder();
        int i = 0;
        while (i <= value.length()) {
            char c = i < value.length() ? value.charAt(i) : ';';
            // In a value, such as a signature's first letters, an equals sign is a letter.
            boolean equals = c == '=' && (words.isEmpty() || !words.getLast().isEquals() || !word.isEmpty());
            boolean letter = equals
                    && !word.isEmpty()
                    && !words.isEmpty()
                    && words.getLast().isEquals();
            if (c > ' ' && c != ';' && c != '(' && c != '"' && (!equals || letter)) {
                word.append(c);
                i++;
                continue;
            }
            if (!word.isEmpty()) {
                words.add(new Word(word.toString(), false));
                word.setLength(0);
            }
            switch (c) {
                case '(' -> i = comment(value, i, comments);
                case '"' -> i = quoted(value, i, words);
                case ';' -> {
                    pieces.add(new Piece(List.copyOf(words), comments.toString().strip()));
                    words.clear();
                    comments.setLength(0);
                    i++;
                }
                default -> {
                    if (equals) {
                        words.add(new Word("=", false));
                    }
                    i++;
                }
            }
        }
        return pieces;
    }

    private static int comment(String value, int from, StringBuilder to) {
        int depth = 0;
        int i = from;
        for (; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                to.append(value.charAt(++i));
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                to.append(' ');
                return i + 1;
            } else {
                to.append(c);
            }
        }
        return i;
    }

    private static int quoted(String value, int from, List<Word> to) {
        StringBuilder text = new StringBuilder();
        int i = from + 1;
        for (; i < value.length() && value.charAt(i) != '"'; i++) {
            if (value.charAt(i) == '\\' && i + 1 < value.length()) {
                i++;
            }
            text.append(value.charAt(i));
        }
        to.add(new Word(text.toString(), true));
        return Math.min(i + 1, value.length());
    }
}
