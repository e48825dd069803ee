package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The text of an RTF document, or the HTML that was wrapped into it ([MS-OXRTFEX]). One pass; depth and length are bounded.
 */
final class Rtf {

    private static final int LONGEST = 8_000_000;
    private static final int DEEPEST = 500;
    private static final int LONGEST_WORD = 40;
    private static final Set<String> SILENT = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "header",
            "footer",
            "generator",
            "themedata",
            "listtable",
            "listoverridetable",
            "rsidtbl",
            "datastore",
            "xmlnstbl",
            "latentstyles",
            "filetbl",
            "revtbl");

    private final String source;
    private final boolean html;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final Deque<State> groups = new ArrayDeque<>();
    private State state = new State(false, false, false, 1);
    private String codePage = "windows-1252";
    private boolean star;
    private int toSkip;
    private int beyond;
    private int at;

    /** @param hidden for RTF readers only, while HTML is unwrapped */
    private record State(boolean silent, boolean hidden, boolean tag, int unicodeSkip) {}

    /** @param html whether it is HTML rather than plain text */
    record Text(boolean html, String content) {}

    private Rtf(String source) {
        this.source = source;
        this.html = source.substring(0, Math.min(source.length(), 4_000)).contains("\\fromhtml");
    }

    static Text read(byte[] octets) {
        Rtf rtf = new Rtf(new String(octets, StandardCharsets.ISO_8859_1));
        rtf.all();
        return new Text(rtf.html, rtf.out.toString().strip());
    }

    private void all() {
        while (at < source.length() && out.length() < LONGEST) {
            char c = source.charAt(at++);
            switch (c) {
                case '{' -> open();
                case '}' -> close();
                case '\\' -> control();
                case '\r', '\n' -> {}
                default -> octet(c);
            }
        }
        flush();
    }

    private void open() {
        flush();
        star = false;
        if (groups.size() < DEEPEST) {
            groups.push(state);
        } else {
            beyond++;
        }
    }

    private void close() {
        flush();
        if (beyond > 0) {
            beyond--;
        } else if (!groups.isEmpty()) {
            state = groups.pop();
        }
    }

    private void control() {
        if (at >= source.length()) {
            return;
        }
        char c = source.charAt(at++);
        if (c == '\'') {
            String hex = source.substring(at, Math.min(at + 2, source.length()));
            at += hex.length();
            if (hex.matches("[0-9a-fA-F]{2}")) {
                octet((char) Integer.parseInt(hex, 16));
            }
        } else if (c == '*') {
            star = true;
        } else if (!letter(c)) {
            symbol(c);
        } else {
            word(at - 1);
        }
    }

    private void symbol(char c) {
        switch (c) {
            case '~' -> text("\u00A0");
            case '_' -> text("\u2011");
            case '\r', '\n' -> text("\n");
            case '{', '}', '\\' -> octet(c);
            default -> {}
        }
    }

    private void word(int from) {
        while (at < source.length() && letter(source.charAt(at)) && at - from < LONGEST_WORD) {
            at++;
        }
        String word = source.substring(from, at);
        int start = at;
        while (at < source.length()
                && at - start < 10
                && (Character.digit(source.charAt(at), 10) >= 0 || (at == start && source.charAt(at) == '-'))) {
            at++;
        }
        String digits = source.substring(start, at);
        int number = digits.matches("-?[0-9]{1,9}") ? Integer.parseInt(digits) : 1;
        if (at < source.length() && source.charAt(at) == ' ') {
            at++;
        }
        apply(word, number);
    }

    private void apply(String word, int number) {
        boolean starred = star;
        star = false;
        switch (word) {
            case "htmltag" -> state = new State(!html, false, true, state.unicodeSkip);
            case "htmlrtf" -> {
                flush();
                state = new State(state.silent, number != 0, state.tag, state.unicodeSkip);
            }
            case "ansicpg" -> codePage = number == 65001 ? "utf-8" : "windows-" + number;
            case "uc" -> state = new State(state.silent, state.hidden, state.tag, Math.clamp(number, 0, 10));
            case "u" -> {
                text(String.valueOf((char) number));
                toSkip = state.unicodeSkip;
            }
            case "par", "line", "row", "sect", "page" -> text("\n");
            case "tab", "cell" -> text("\t");
            case "lquote" -> text("\u2018");
            case "rquote" -> text("\u2019");
            case "ldblquote" -> text("\u201C");
            case "rdblquote" -> text("\u201D");
            case "bullet" -> text("\u2022");
            case "endash" -> text("\u2013");
            case "emdash" -> text("\u2014");
            default -> {
                if (starred || SILENT.contains(word)) {
                    state = new State(true, state.hidden, state.tag, state.unicodeSkip);
                }
            }
        }
    }

    private void octet(char c) {
        if (toSkip > 0) {
            toSkip--;
        } else if (!state.silent && !state.hidden) {
            pending.write(c);
        }
    }

    private void flush() {
        if (pending.size() > 0) {
            append(Charsets.decode(pending.toByteArray(), codePage));
            pending.reset();
        }
    }

    private void text(String text) {
        flush();
        if (!state.silent && !state.hidden) {
            append(text);
        }
    }

    private void append(String text) {
        out.append(html && !state.tag ? text.replace("&", "&amp;").replace("<", "&lt;") : text);
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
