package org.palomar.migration.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.palomar.migration.Digests;

/** Names of mailboxes that other servers may not be able to hold. */
final class Names {

    /** Octets of a level in UTF-8: file systems take 255, and UTF-7 makes three octets of a letter four at most. */
    private static final int LONGEST_LEVEL = 150;

    private static final int LONGEST = 900;

    /** Enough to tell cut names apart. */
    private static final int TAIL = 6;

    private Names() {}

    /** A full name as its levels. */
    static List<String> levels(String name, @Nullable Character delimiter) {
        return delimiter == null ? List.of(name) : List.of(name.split(Pattern.quote(delimiter.toString()), -1));
    }

    /**
     * One level as most servers take it: no delimiter of theirs, no controls and no wildcards of LIST (RFC 9051 section 5.1), nothing that
     * a file system understands otherwise.
     */
    static String safe(String level, @Nullable Character delimiter) {
        StringBuilder safe = new StringBuilder();
        level.strip().codePoints().forEach(c -> {
            boolean bad = (delimiter != null && c == delimiter) || Character.isISOControl(c) || c == '*' || c == '%';
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            safe.appendCodePoint(bad || half ? '_' : c);
        });
        if (safe.isEmpty()) {
            return "_";
        }
        if (safe.charAt(0) == '~' || safe.chars().allMatch(c -> c == '.')) {
            safe.setCharAt(0, '_');
        }
        return shorter(safe.toString());
    }

    private static String shorter(String level) {
        if (level.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LEVEL) {
            return level;
        }
        StringBuilder cut = new StringBuilder();
        int octets = TAIL + 1;
        for (int c : level.codePoints().toArray()) {
            String letter = Character.toString(c);
            octets += letter.getBytes(StandardCharsets.UTF_8).length;
            if (octets > LONGEST_LEVEL) {
                break;
            }
            cut.append(letter);
        }
        return cut + "-" + Digests.of(level).substring(0, TAIL);
    }

    static List<String> safe(List<String> levels, @Nullable Character delimiter) {
        List<String> safe = new ArrayList<>();
        levels.forEach(level -> safe.add(safe(level, delimiter)));
        return safe;
    }

    /** A full name that is not too long for anybody. */
    static String within(String name) {
        return name.length() <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, LONGEST) - 1)) + "-"
                        + Digests.of(name).substring(0, TAIL);
    }
}
