package org.palomar.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palomar.html.CssToken.Kind;

/** Splits CSS into tokens as css-syntax-3 section 4.3 says, in one pass from left to right. Never fails. */
final class CssTokenizer {

    private static final int END = -1;

    private final String css;
    private int at;

    private CssTokenizer(String css) {
        this.css = css;
    }

    static List<CssToken> tokens(String css) {
        CssTokenizer tokenizer = new CssTokenizer(Chars.wellFormed(css));
        List<CssToken> tokens = new ArrayList<>(Math.max(16, css.length() / 4));
        while (tokenizer.at < tokenizer.css.length()) {
            tokens.add(tokenizer.next());
        }
        return tokens;
    }

    private int peek(int ahead) {
        if (at + ahead >= css.length()) {
            return END;
        }
        char c = css.charAt(at + ahead);
        return switch (c) {
            case '\r', '\f' -> '\n';
            case 0 -> 0xfffd;
            default -> c;
        };
    }

    private CssToken next() {
        int c = peek(0);
        if (isSpace(c)) {
            skipSpace();
            return CssToken.SPACE;
        }
        if (c == '/' && peek(1) == '*') {
            int end = css.indexOf("*/", at + 2);
            at = end < 0 ? css.length() : end + 2;
            return CssToken.COMMENT;
        }
        if (c == '"' || c == '\'') {
            at++;
            return string(c);
        }
        if (startsNumber(0)) {
            return numeric();
        }
        if (startsIdentifier(0)) {
            return identifierLike();
        }
        if (c == '#' && (isName(peek(1)) || isEscape(1))) {
            at++;
            return new CssToken(Kind.HASH, name());
        }
        if (c == '@' && startsIdentifier(1)) {
            at++;
            return new CssToken(Kind.AT_KEYWORD, name().toLowerCase(Locale.ROOT));
        }
        if (css.startsWith("<!--", at)) {
            at += 4;
            return new CssToken(Kind.CDO, "");
        }
        if (css.startsWith("-->", at)) {
            at += 3;
            return new CssToken(Kind.CDC, "");
        }
        at++;
        return CssToken.delimiter((char) c);
    }

    private CssToken identifierLike() {
        String name = name();
        if (peek(0) != '(') {
            return new CssToken(Kind.IDENT, name);
        }
        at++;
        if (!name.equalsIgnoreCase("url")) {
            return new CssToken(Kind.FUNCTION, name.toLowerCase(Locale.ROOT));
        }
        int space = at;
        skipSpace();
        if (peek(0) == '"' || peek(0) == '\'') {
            at = space;
            return new CssToken(Kind.FUNCTION, "url");
        }
        return url();
    }

    private CssToken url() {
        StringBuilder url = new StringBuilder();
        while (true) {
            int c = peek(0);
            if (c == END || c == ')') {
                at++;
                return new CssToken(Kind.URL, url.toString());
            }
            if (isSpace(c)) {
                skipSpace();
                if (peek(0) == END || peek(0) == ')') {
                    continue;
                }
                return badUrl();
            }
            if (c == '"' || c == '\'' || c == '(' || c < ' ' || c == 0x7f || (c == '\\' && !isEscape(0))) {
                return badUrl();
            }
            if (c == '\\') {
                at++;
                url.appendCodePoint(escaped());
            } else {
                at++;
                url.append((char) c);
            }
        }
    }

    private CssToken badUrl() {
        while (at < css.length() && peek(0) != ')') {
            if (isEscape(0)) {
                at++;
                escaped();
            } else {
                at++;
            }
        }
        at++;
        return new CssToken(Kind.BAD, "");
    }

    private CssToken string(int quote) {
        StringBuilder value = new StringBuilder();
        while (at < css.length()) {
            int c = peek(0);
            if (c == quote) {
                at++;
                break;
            }
            if (c == '\n') {
                return new CssToken(Kind.BAD, "");
            }
            at++;
            if (c != '\\') {
                value.append((char) c);
            } else if (peek(0) == '\n') {
                at += css.startsWith("\r\n", at) ? 2 : 1;
            } else if (at < css.length()) {
                value.appendCodePoint(escaped());
            }
        }
        return new CssToken(Kind.STRING, value.toString());
    }

    private CssToken numeric() {
        int from = at;
        if (peek(0) == '+' || peek(0) == '-') {
            at++;
        }
        digits();
        if (peek(0) == '.' && Chars.isDigit(peek(1))) {
            at++;
            digits();
        }
        int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if ((peek(0) == 'e' || peek(0) == 'E') && Chars.isDigit(peek(1 + sign))) {
            at += 1 + sign;
            digits();
        }
        String number = css.substring(from, at);
        if (startsIdentifier(0)) {
            return new CssToken(Kind.DIMENSION, number, name().toLowerCase(Locale.ROOT));
        }
        if (peek(0) == '%') {
            at++;
            return new CssToken(Kind.PERCENTAGE, number);
        }
        return new CssToken(Kind.NUMBER, number);
    }

    private void digits() {
        while (Chars.isDigit(peek(0))) {
            at++;
        }
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        while (true) {
            if (isName(peek(0))) {
                name.append((char) peek(0));
                at++;
            } else if (isEscape(0)) {
                at++;
                name.appendCodePoint(escaped());
            } else {
                return name.toString();
            }
        }
    }

    /** After the backslash: up to six hexadecimal digits and one white space, or the character itself. */
    private int escaped() {
        int value = 0;
        int digits = 0;
        while (digits < 6 && peek(0) != END && Character.digit(peek(0), 16) >= 0 && peek(0) < 0x80) {
            value = value * 16 + Character.digit(peek(0), 16);
            at++;
            digits++;
        }
        if (digits == 0) {
            int c = at < css.length() ? css.codePointAt(at) : 0xfffd;
            at += Character.charCount(c);
            return c == 0 ? 0xfffd : c;
        }
        if (css.startsWith("\r\n", at)) {
            at += 2;
        } else if (isSpace(peek(0))) {
            at++;
        }
        boolean surrogate = value >= 0xd800 && value <= 0xdfff;
        return value == 0 || surrogate || value > Character.MAX_CODE_POINT ? 0xfffd : value;
    }

    private void skipSpace() {
        while (isSpace(peek(0))) {
            at++;
        }
    }

    private boolean startsNumber(int ahead) {
        int c = peek(ahead);
        int next = c == '+' || c == '-' ? ahead + 1 : ahead;
        return Chars.isDigit(peek(next)) || (peek(next) == '.' && Chars.isDigit(peek(next + 1)));
    }

    private boolean startsIdentifier(int ahead) {
        int c = peek(ahead);
        if (c == '-') {
            return isNameStart(peek(ahead + 1)) || peek(ahead + 1) == '-' || isEscape(ahead + 1);
        }
        return isNameStart(c) || isEscape(ahead);
    }

    private boolean isEscape(int ahead) {
        return peek(ahead) == '\\' && peek(ahead + 1) != '\n' && peek(ahead + 1) != END;
    }

    private static boolean isNameStart(int c) {
        return Chars.isLetter(c) || c == '_' || c >= 0x80;
    }

    private static boolean isName(int c) {
        return isNameStart(c) || Chars.isDigit(c) || c == '-';
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\t';
    }
}
