package org.palomar.imap.angus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the values of one response in a single pass; throws only {@link Malformed}. */
final class ValueReader {

    /** Deeper than any real mail nests (Dovecot stops at 100) and far from the end of the stack. */
    private static final int MAX_DEPTH = 250;

    private final byte[] buffer;
    private final int end;
    private int at;

    ValueReader(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        skipSpaces();
        return at < end;
    }

    Value next() {
        return next(0);
    }

    /** All values up to the end of the line. */
    List<Value> rest() {
        List<Value> values = new ArrayList<>();
        while (hasMore()) {
            values.add(next());
        }
        return values;
    }

    /**
     * The items of a FETCH by upper-case name. Names with a section are kept without their partial origin:
     * {@code BODY[1.2]<0>} is {@code BODY[1.2]}.
     */
    Map<String, Value> fetchItems() {
        expect('(');
        Map<String, Value> items = new LinkedHashMap<>();
        while (!isNext(')')) {
            String name = itemName();
            items.put(name, next(1));
        }
        return items;
    }

    private Value next(int depth) {
        skipSpaces();
        if (at >= end) {
            throw new Malformed("a value is missing");
        }
        return switch (buffer[at]) {
            case '(' -> group(depth);
            case '"' -> quoted();
            case '{' -> literal();
            case '~' -> at + 1 < end && buffer[at + 1] == '{' ? literal8() : atom();
            default -> atom();
        };
    }

    private Value group(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Malformed("lists nest too deep");
        }
        at++;
        List<Value> values = new ArrayList<>();
        while (!isNext(')')) {
            values.add(next(depth + 1));
        }
        return new Value.Group(values);
    }

    private Value quoted() {
        int from = ++at;
        boolean escaped = false;
        while (at < end && buffer[at] != '"') {
            if (buffer[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        if (at >= end) {
            throw new Malformed("a quoted string does not end");
        }
        int to = at++;
        return escaped ? unescaped(from, to) : new Value.Text(buffer, from, to);
    }

    private Value unescaped(int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\\' && i + 1 < to) {
                i++;
            }
            bytes.write(buffer[i]);
        }
        return new Value.Text(bytes.toByteArray(), 0, bytes.size());
    }

    private Value literal8() {
        at++;
        return literal();
    }

    private Value literal() {
        long length = 0;
        at++;
        while (at < end && buffer[at] >= '0' && buffer[at] <= '9' && length <= Integer.MAX_VALUE) {
            length = length * 10 + (buffer[at++] - '0');
        }
        if (at < end && buffer[at] == '+') {
            at++;
        }
        expect('}');
        int from = at + 2;
        if (from + length > end) {
            throw new Malformed("a literal is longer than its response");
        }
        at = (int) (from + length);
        return new Value.Text(buffer, from, at);
    }

    private Value atom() {
        int from = at;
        while (at < end && buffer[at] != ' ' && buffer[at] != '(' && buffer[at] != ')' && buffer[at] != '"') {
            at++;
        }
        if (at == from) {
            throw new Malformed("a list ends where none began");
        }
        boolean nil = at - from == 3
                && (buffer[from] | 32) == 'n'
                && (buffer[from + 1] | 32) == 'i'
                && (buffer[from + 2] | 32) == 'l';
        return nil ? Value.Nil.NIL : new Value.Text(buffer, from, at);
    }

    private String itemName() {
        skipSpaces();
        int from = at;
        boolean inSection = false;
        while (at < end && (inSection || (buffer[at] != ' ' && buffer[at] != '(' && buffer[at] != ')'))) {
            if (buffer[at] == '[') {
                inSection = true;
            } else if (buffer[at] == ']') {
                inSection = false;
            }
            at++;
        }
        if (at == from || at >= end) {
            throw new Malformed("a FETCH item has no name");
        }
        String name = new String(buffer, from, at - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        int section = name.indexOf(']');
        return section < 0 ? name : name.substring(0, section + 1);
    }

    private boolean isNext(char c) {
        skipSpaces();
        if (at >= end) {
            throw new Malformed("a list does not end");
        }
        if (buffer[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        skipSpaces();
        if (at >= end || buffer[at++] != c) {
            throw new Malformed("expected " + c);
        }
    }

    private void skipSpaces() {
        while (at < end && buffer[at] == ' ') {
            at++;
        }
    }

    /** A response that does not follow the grammar. */
    static final class Malformed extends RuntimeException {
        Malformed(String message) {
            super(message);
        }
    }
}
