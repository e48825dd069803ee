package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that old programs wrote into the text itself: uuencoded between {@code begin} and {@code end}, or yEnc between
 * {@code =ybegin} and {@code =yend}. What does not look like that in every line stays text.
 */
public final class EmbeddedFiles {

    private static final int MOST = 200;
    private static final int LONGEST_LINE = 1_100;
    private static final Pattern BEGIN = Pattern.compile("begin(?:-base64)? ([0-7]{3,4}) (\\S.*)");
    private static final Pattern NAME = Pattern.compile("=ybegin .*\\bname=(.+)");

    private final String text;
    private final StringBuilder rest = new StringBuilder();
    private final List<File> files = new ArrayList<>();

    private EmbeddedFiles(String text) {
        this.text = text;
    }

    /** @param name as the message has it; a stranger's text */
    public record File(String name, String content) {

        /** The octets of the file. */
        public byte[] octets() {
            return content.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * What is left of the text, and the files.
     *
     * @param rest octets as U+0000 to U+00FF
     */
    public record Found(String rest, List<File> files) {}

    /** Looks for files in a text whose transfer encoding is undone; in linear time. */
    public static Found in(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (!text.contains("begin")) {
            return new Found(text, List.of());
        }
        EmbeddedFiles embedded = new EmbeddedFiles(text);
        embedded.look();
        return new Found(embedded.rest.toString(), List.copyOf(embedded.files));
    }

    private void look() {
        int at = 0;
        // A block that never ends is looked through once; the lines below it cannot end one either.
        int endless = Integer.MAX_VALUE;
        while (at < text.length()) {
            int next = next(at);
            String line = line(at);
            int end = -1;
            if (files.size() < MOST && at < endless && line.startsWith("begin")) {
                end = uuencoded(line, next);
            } else if (files.size() < MOST && at < endless && line.startsWith("=ybegin ")) {
                end = yEnc(line, next);
                endless = end < 0 ? at : endless;
            }
            if (end < 0) {
                rest.append(text, at, next);
            }
            at = end < 0 ? next : end;
        }
    }

    private String line(int at) {
        int end = Math.min(next(at), at + LONGEST_LINE);
        return text.substring(at, end).stripTrailing();
    }

    private int next(int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline + 1;
    }

    /** Where the text goes on, or -1 when this is no file. */
    private int uuencoded(String begin, int from) {
        Matcher matcher = BEGIN.matcher(begin);
        if (!matcher.matches()) {
            return -1;
        }
        boolean base64 = begin.startsWith("begin-base64");
        int at = from;
        int lines = 0;
        while (at < text.length()) {
            String line = line(at);
            int next = next(at);
            if (line.equals(base64 ? "====" : "end")) {
                return keep(matcher.group(2), decoded(base64, from, at), next);
            }
            if (!base64 && !encodes(line)) {
                break;
            }
            lines++;
            at = next;
        }
        // Cut off, or something else begins: what is there is worth saving if it is more than a line or two.
        return lines > 2 && !base64 ? keep(matcher.group(2), decoded(false, from, at), at) : -1;
    }

    private byte[] decoded(boolean base64, int from, int to) {
        byte[] octets = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        if (base64) {
            return Decoding.decode(octets, "base64");
        }
        byte[] begin = "begin 644 x\n".getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[begin.length + octets.length];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(octets, 0, whole, begin.length, octets.length);
        return Decoding.decode(whole, "x-uuencode");
    }

    /** A line says how many octets it has, and is as long as they need; spaces at its end may have been lost. */
    private static boolean encodes(String line) {
        if (line.isEmpty()) {
            return true;
        }
        int octets = (line.charAt(0) - ' ') & 0x3F;
        int length = (octets + 2) / 3 * 4;
        return line.chars().allMatch(c -> c >= ' ' && c <= '`')
                && line.length() - 1 <= length + 2
                && (line.length() - 1 >= length - 4 || octets == 0);
    }

    private int yEnc(String begin, int from) {
        Matcher matcher = NAME.matcher(begin);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = from;
        while (at < text.length()) {
            int next = next(at);
            if (text.startsWith("=yend", at)) {
                return keep(matcher.matches() ? matcher.group(1) : null, content.toByteArray(), next);
            }
            if (!text.startsWith("=ypart", at)) {
                yEncLine(at, next, content);
            }
            at = next;
        }
        return -1;
    }

    private void yEncLine(int from, int to, ByteArrayOutputStream content) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                continue;
            }
            boolean escaped = c == '=' && i + 1 < to;
            content.write(escaped ? text.charAt(++i) - 64 - 42 : c - 42);
        }
    }

    private int keep(@Nullable String name, byte[] content, int next) {
        files.add(new File(
                name == null ? "" : HeaderText.decode(name.strip()), new String(content, StandardCharsets.ISO_8859_1)));
        return next;
    }
}
