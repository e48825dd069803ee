package org.palomar.mime;

import java.util.ArrayList;
import java.util.List;

/** The text an answer or a forwarded message begins with. */
public final class Quoting {

    /** Characters of an original that an answer quotes; people answer a letter, not a file. */
    public static final int LONGEST = 200_000;

    private Quoting() {}

    /**
     * The original as a quotation (RFC 3676 section 4.5): {@code > } before each line, {@code >>} for what was quoted
     * already, its signature left out. Of more than {@link #LONGEST} characters the rest is an ellipsis.
     *
     * @param attribution one line such as "On Monday Bob wrote:"; may be empty
     * @param originalText any line ends
     * @return lines that end with LF
     */
    public static String reply(String attribution, String originalText) {
        StringBuilder quoted = new StringBuilder();
        if (!attribution.isBlank()) {
            quoted.append(attribution.strip()).append('\n');
        }
        boolean whole = originalText.length() <= LONGEST;
        for (String line : withoutSignature(lines(whole ? originalText : originalText.substring(0, LONGEST)))) {
            String separator = line.isEmpty() || line.startsWith(">") ? ">" : "> ";
            quoted.append(separator).append(line).append('\n');
        }
        if (!whole) {
            quoted.append("> […]\n");
        }
        return quoted.toString();
    }

    /**
     * The original below its headers, unquoted, as people forward inline.
     *
     * @param heading one line that says that this is a forwarded message
     * @param headers lines such as {@code Subject: ...}, in order
     */
    public static String forward(String heading, List<String> headers, String originalText) {
        StringBuilder forwarded =
                new StringBuilder("---------- ").append(heading.strip()).append(" ----------\n");
        for (String header : headers) {
            forwarded.append(HeaderText.decode(header)).append('\n');
        }
        forwarded.append('\n');
        lines(originalText).forEach(line -> forwarded.append(line).append('\n'));
        return forwarded.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().map(String::stripTrailing).forEach(lines::add);
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static List<String> withoutSignature(List<String> lines) {
        int separator = lines.lastIndexOf("--");
        List<String> kept = separator < 0 ? lines : lines.subList(0, separator);
        int end = kept.size();
        while (end > 0 && kept.get(end - 1).isEmpty()) {
            end--;
        }
        return kept.subList(0, end);
    }
}
