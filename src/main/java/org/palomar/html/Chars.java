package org.palomar.html;

/** Classes of characters. */
final class Chars {

    private Chars() {}

    /** An ASCII letter. */
    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** White space, and what preview lines are padded with: no-break, zero-width, joiners, soft hyphen. */
    static boolean blank(char c) {
        return c <= ' '
                || c == '\u00a0'
                || c == '\u00ad'
                || c == '\u034f'
                || c == '\u061c'
                || c == '\u115f'
                || c == '\u1160'
                || c == '\u17b4'
                || c == '\u17b5'
                || c == '\u180e'
                || c == '\u2800'
                || c == '\u3000'
                || c == '\u3164'
                || c == '\ufeff'
                || (c >= '\u2000' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202f')
                || (c >= '\u205f' && c <= '\u206f');
    }
}
