package org.palomar.contacts;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text without case and accents, as it is looked for and put in order; pure functions. */
final class Folded {

    /** Characters of a word that count. */
    private static final int LONGEST = 60;

    private Folded() {}

    static String of(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(c -> {
            switch (c) {
                case 'ß' -> folded.append("ss");
                case 'æ' -> folded.append("ae");
                case 'œ' -> folded.append("oe");
                case 'ø' -> folded.append('o');
                case 'ł' -> folded.append('l');
                case 'đ', 'ð' -> folded.append('d');
                case 'ı' -> folded.append('i');
                case 'þ' -> folded.append("th");
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        folded.appendCodePoint(c);
                    }
                }
            }
        });
        return folded.toString();
    }

    /** The words of a text, at most {@code most}: letters and digits, and whole addresses. */
    static Set<String> words(String text, int most) {
        Set<String> words = new LinkedHashSet<>();
        String folded = of(text);
        StringBuilder word = new StringBuilder();
        for (int at = 0; at <= folded.length() && words.size() < most; ) {
            int c = at < folded.length() ? folded.codePointAt(at) : ' ';
            if (Character.isLetterOrDigit(c)) {
                if (word.length() < LONGEST) {
                    word.appendCodePoint(c);
                }
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            at += Character.charCount(c);
        }
        return words;
    }

    /** What is typed to find somebody: the beginnings of words or of an address, the longest first, at most five. */
    static List<String> sought(String typed) {
        Set<String> sought = new LinkedHashSet<>();
        for (String piece :
                of(typed.substring(0, Math.min(typed.length(), 200))).split("[\\s,;<>\"()]+", -1)) {
            if (piece.indexOf('@') >= 0) {
                sought.add(address(piece));
            } else {
                sought.addAll(words(piece, 5));
            }
        }
        return sought.stream()
                .filter(each -> !each.isEmpty())
                .sorted((a, b) -> b.length() - a.length())
                .limit(5)
                .toList();
    }

    static String address(String address) {
        String folded = of(address);
        return folded.substring(0, Math.min(folded.length(), LONGEST));
    }

    /** Letters first, everything else behind them. */
    static byte[] sortKey(String name) {
        String folded = of(name).strip();
        boolean letter = !folded.isEmpty() && Character.isLetter(folded.codePointAt(0));
        byte[] text = octets(folded.substring(0, Math.min(folded.length(), LONGEST)));
        byte[] key = new byte[text.length + 1];
        key[0] = (byte) (letter ? 1 : 2);
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    /** The letter under which a name stands, or {@code #}. */
    static String initial(String name) {
        String folded = of(name).strip();
        int first = folded.isEmpty() ? '#' : folded.codePointAt(0);
        return Character.isLetter(first) ? Character.toString(Character.toUpperCase(first)) : "#";
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The octets before which everything that begins so lies: no UTF-8 holds 0xFF. */
    static byte[] end(String text) {
        byte[] start = octets(text);
        byte[] end = java.util.Arrays.copyOf(start, start.length + 1);
        end[start.length] = (byte) 0xFF;
        return end;
    }
}
