package org.palomar.html;

/**
 * One token of a style sheet (css-syntax-3 section 4).
 *
 * @param kind what it is
 * @param text its value with escapes resolved; of numbers the digits as written; of a delimiter the character
 * @param unit of a dimension the unit, else empty
 */
record CssToken(Kind kind, String text, String unit) {

    enum Kind {
        IDENT,
        FUNCTION,
        AT_KEYWORD,
        HASH,
        STRING,
        URL,
        BAD,
        NUMBER,
        PERCENTAGE,
        DIMENSION,
        SPACE,
        COMMENT,
        CDO,
        CDC,
        DELIM
    }

    static final CssToken SPACE = new CssToken(Kind.SPACE, " ", "");
    static final CssToken COMMENT = new CssToken(Kind.COMMENT, "", "");

    private static final CssToken[] DELIMITERS = new CssToken[0x80];

    static {
        for (char c = 0; c < DELIMITERS.length; c++) {
            DELIMITERS[c] = new CssToken(Kind.DELIM, Character.toString(c));
        }
    }

    CssToken(Kind kind, String text) {
        this(kind, text, "");
    }

    /** Shared, since hostile style sheets consist of millions of them. */
    static CssToken delimiter(char c) {
        return c < DELIMITERS.length ? DELIMITERS[c] : new CssToken(Kind.DELIM, Character.toString(c));
    }

    boolean is(char delimiter) {
        return kind == Kind.DELIM && text.charAt(0) == delimiter;
    }

    boolean isSpace() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    /** An identifier written so that it reads back as itself and holds nothing that HTML would see. */
    static String identifier(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Chars.isLetter(c) || c == '_' || c >= 0xa0;
            boolean digit = Chars.isDigit(c);
            boolean start = i == 0 || (i == 1 && name.charAt(0) == '-');
            boolean loneHyphen = c == '-' && i == 0 && name.length() == 1;
            if (letter || (digit && !start) || (c == '-' && !loneHyphen)) {
                out.append(c);
            } else {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            }
        }
        return out.toString();
    }

    /** A quoted string; whatever could end the string or the element is written as an escape. */
    static String string(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7f || c == '\'' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            } else {
                out.append(c);
            }
        }
        return out.append('\'').toString();
    }
}
