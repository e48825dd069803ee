package org.palomar.contacts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of comma-separated values (RFC 4180), also with semicolons or tabs between them, one after the other in linear time; never
 * fails for what is in them. For one thread.
 */
final class Csv {

    private static final int LONGEST_CELL = 50_000;
    private static final int MOST_CELLS = 300;

    private final BufferedReader in;
    private final char divider;
    private int line = 1;

    private Csv(BufferedReader in, char divider) {
        this.in = in;
        this.divider = divider;
    }

    /** Tells from the first line what stands between values. */
    static Csv of(Reader reader) throws IOException {
        BufferedReader in = new BufferedReader(reader, 1 << 16);
        in.mark(1 << 15);
        int[] found = new int[3];
        boolean quoted = false;
        int c = in.read();
        if (c == 0xFEFF) {
            in.mark(1 << 15);
            c = in.read();
        }
        for (int i = 0; i < (1 << 15) - 1 && c >= 0 && (quoted || (c != '\n' && c != '\r')); i++, c = in.read()) {
            quoted ^= c == '"';
            int which = quoted ? -1 : ",;\t".indexOf(c);
            if (which >= 0) {
                found[which]++;
            }
        }
        in.reset();
        int best = found[1] > found[0] ? 1 : 0;
        return new Csv(in, ",;\t".charAt(found[2] > found[best] ? 2 : best));
    }

    /** The number of the line on which the next row begins, from 1. */
    int line() {
        return line;
    }

    /**
     * The next row that is not empty, or null at the end. Cells are cut at {@value #LONGEST_CELL} characters.
     *
     * @throws UncheckedIOException when reading fails
     */
    @Nullable
    List<String> next() {
        try {
            List<String> row = row();
            while (row != null && row.stream().allMatch(String::isBlank)) {
                row = row();
            }
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable List<String> row() throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        boolean any = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            any = true;
            line += c == '\n' ? 1 : 0;
            if (quoted) {
                if (c == '"') {
                    in.mark(1);
                    if (in.read() != '"') {
                        in.reset();
                        quoted = false;
                        continue;
                    }
                }
                append(cell, c);
            } else if (c == '"' && !begun) {
                cell.setLength(0);
                quoted = true;
                begun = true;
            } else if (c == divider) {
                add(row, cell);
                begun = false;
            } else if (c == '\n') {
                add(row, cell);
                return row;
            } else if (c != '\r') {
                begun |= c != ' ';
                append(cell, c);
            }
        }
        if (!any) {
            return null;
        }
        add(row, cell);
        return row;
    }

    private static void append(StringBuilder cell, int c) {
        if (cell.length() < LONGEST_CELL && (c == '\n' || c == '\t' || !Character.isISOControl(c))) {
            cell.append((char) c);
        }
    }

    private static void add(List<String> row, StringBuilder cell) {
        if (row.size() < MOST_CELLS) {
            row.add(unguarded(cell.toString().strip()));
        }
        cell.setLength(0);
    }

    /** Whether a program for tables would take it for a formula. */
    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    }

    private static String unguarded(String text) {
        return text.startsWith("'") && isFormula(text.substring(1)) ? text.substring(1) : text;
    }

    /** A row as it is written: every cell quoted, and an apostrophe before what would be a formula (OWASP, CSV injection). */
    static String written(List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (String cell : cells) {
            row.append(row.isEmpty() ? "" : ",")
                    .append('"')
                    .append(isFormula(cell) ? "'" : "")
                    .append(cell.replace("\"", "\"\""))
                    .append('"');
        }
        return row.append("\r\n").toString();
    }
}
