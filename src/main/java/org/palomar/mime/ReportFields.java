package org.palomar.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palomar.mime.Report.Field;

/** Groups of fields with an empty line between them (RFC 3464 section 2.1), as far as they are that. */
final class ReportFields {

    private static final int LONGEST = 10_000;
    private static final int MOST = 2_000;
    private static final int MOST_GROUPS = 500;

    private ReportFields() {}

    static List<List<Field>> groups(byte[] content) {
        List<List<Field>> groups = new ArrayList<>();
        List<Field> group = new ArrayList<>();
        StringBuilder folded = new StringBuilder();
        int fields = 0;
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            if (fields >= MOST || groups.size() >= MOST_GROUPS) {
                break;
            }
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (folded.length() < LONGEST && !line.isBlank()) {
                    folded.append(' ').append(line.strip());
                }
                continue;
            }
            fields += add(folded, group);
            if (line.isBlank()) {
                group = close(groups, group);
            } else {
                folded.append(line, 0, Math.min(line.length(), LONGEST));
            }
        }
        add(folded, group);
        close(groups, group);
        return groups;
    }

    private static List<Field> close(List<List<Field>> groups, List<Field> group) {
        if (!group.isEmpty()) {
            groups.add(List.copyOf(group));
        }
        return new ArrayList<>();
    }

    private static int add(StringBuilder folded, List<Field> group) {
        int colon = folded.indexOf(":");
        String line = folded.toString();
        folded.setLength(0);
        if (colon <= 0 || line.substring(0, colon).strip().contains(" ")) {
            return 0;
        }
        String value = HeaderText.decode(line.substring(colon + 1).strip());
        group.add(new Field(HeaderText.line(line.substring(0, colon).strip()), value));
        return 1;
    }

    /** The first value of a name, or empty. */
    static String value(List<Field> group, String name) {
        return group.stream()
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(name))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    /** A value behind its type: the address of {@code rfc822; a@b.example}, the host of {@code dns; b.example}. */
    static String typed(List<Field> group, String name) {
        String value = value(group, name);
        int semicolon = value.indexOf(';');
        return value.substring(semicolon + 1).strip();
    }
}
