package org.palomar.mime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The first words of a message for a list, as RFC 8970 describes them for servers that offer PREVIEW. */
public final class PreviewText {

    private static final int MAX_LENGTH = 140;
    private static final int MAX_READ = 20_000;
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Set<String> HEADERS = Set.of(
            "from",
            "to",
            "cc",
            "sent",
            "date",
            "subject",
            "von",
            "an",
            "gesendet",
            "betreff",
            "de",
            "para",
            "asunto",
            "enviado",
            "fecha");

    private PreviewText() {}

    /** Up to 140 characters on one line, without quotations, signature, header blocks, rulers and links. */
    public static String of(String text) {
        String read = text.length() > MAX_READ ? text.substring(0, MAX_READ) : text;
        StringBuilder preview = new StringBuilder();
        String[] lines = LINE_END.split(read, -1);
        for (int i = 0; i < lines.length && preview.length() < MAX_LENGTH; i++) {
            String line = lines[i].strip();
            if (line.equals("--")) {
                break;
            }
            boolean introducesQuote = line.endsWith(":") && quoteFollows(lines, i + 1);
            if (!line.startsWith(">") && !introducesQuote && !ruler(line) && !header(line)) {
                words(line, preview);
            }
        }
        if (preview.isEmpty()) {
            words(read, preview);
        }
        return cut(preview.toString());
    }

    private static boolean quoteFollows(String[] lines, int at) {
        for (int i = at; i < Math.min(lines.length, at + 3); i++) {
            if (!lines[i].isBlank()) {
                return lines[i].startsWith(">");
            }
        }
        return false;
    }

    private static boolean ruler(String line) {
        boolean oneMark = line.length() >= 3
                && !Character.isLetterOrDigit(line.charAt(0))
                && line.chars().allMatch(c -> c == line.charAt(0) || c == ' ');
        return oneMark || line.startsWith("-----");
    }

    private static boolean header(String line) {
        int colon = line.indexOf(':');
        return colon > 0
                && colon < 12
                && HEADERS.contains(
                        line.substring(0, colon).replace("*", "").strip().toLowerCase(Locale.ROOT));
    }

    private static void words(String line, StringBuilder to) {
        for (String word : SPACE.split(line, -1)) {
            String bare =
                    word.startsWith("<") || word.startsWith("(") || word.startsWith("[") ? word.substring(1) : word;
            boolean link = bare.startsWith("http://")
                    || bare.startsWith("https://")
                    || bare.startsWith("cid:")
                    || bare.startsWith("mailto:");
            if (!word.isEmpty() && !link && to.length() < MAX_LENGTH * 2) {
                to.append(to.isEmpty() ? "" : " ");
                visible(word, to);
            }
        }
    }

    // Newsletters pad their first line with invisible characters.
    private static void visible(String word, StringBuilder to) {
        for (int at = 0, count = 0; at < word.length() && count < MAX_LENGTH; count++) {
            int c = word.codePointAt(at);
            at += Character.charCount(c);
            if (visible(c)) {
                to.appendCodePoint(c);
            }
        }
    }

    private static boolean visible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && (type != Character.FORMAT || c == 0x200D)
                && c != 0x034F
                && c != 0x115F
                && c != 0xFFFC;
    }

    private static String cut(String preview) {
        String line = preview.replaceAll(" {2,}", " ").strip();
        if (line.codePointCount(0, line.length()) <= MAX_LENGTH) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX_LENGTH - 1)).stripTrailing() + "…";
    }
}
