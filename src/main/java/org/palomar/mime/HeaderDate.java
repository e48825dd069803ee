package org.palomar.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Date field (RFC 5322 sections 3.3 and 4.3), read as generously as a person would. */
public final class HeaderDate {

    private static final int LONGEST = 200;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> ZONES = Map.of(
            "ut", 0, "utc", 0, "gmt", 0, "z", 0, "edt", -4, "est", -5, "cdt", -5, "cst", -6, "pdt", -7, "pst", -8);

    private int day = -1;
    private int month = -1;
    private int year = -1;
    private int @Nullable [] time;
    private @Nullable ZoneOffset zone;

    private HeaderDate() {}

    /** When that is, or null when it cannot be read. */
    public static @Nullable Instant parse(String value) {
        if (value.length() > LONGEST) {
            return null;
        }
        HeaderDate date = new HeaderDate();
        for (String token : withoutComments(value).split("[\\s,]+", 40)) {
            date.take(token.toLowerCase(Locale.ROOT));
        }
        return date.instant();
    }

    private @Nullable Instant instant() {
        try {
            int[] clock = time == null ? new int[3] : time;
            return day < 0 || month < 0 || year < 0
                    ? null
                    : OffsetDateTime.of(
                                    LocalDateTime.of(year, month, day, clock[0], clock[1], Math.min(clock[2], 59)),
                                    zone == null ? ZoneOffset.UTC : zone)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void take(String token) {
        if (token.contains(":")) {
            takeTime(token);
        } else if (token.matches("[+-][0-9]{4}")) {
            int minutes = Integer.parseInt(token.substring(1, 3)) * 60 + Integer.parseInt(token.substring(3));
            // Beyond 18 hours it is no zone; the instant is then the best that can be said.
            zone = minutes > 18 * 60 ? null : ZoneOffset.ofTotalSeconds((token.startsWith("-") ? -60 : 60) * minutes);
        } else if (token.matches("[0-9]{1,2}-[a-z]{3}-[0-9]{2,4}")) {
            for (String part : token.split("-", 3)) {
                take(part);
            }
        } else if (token.matches("[0-9]{1,2}") && day < 0) {
            day = Integer.parseInt(token);
        } else if (token.matches("[0-9]{2,4}") && year < 0) {
            int number = Integer.parseInt(token);
            year = token.length() == 4 ? number : number < 50 ? 2000 + number : 1900 + number;
        } else if (token.length() >= 3 && MONTHS.contains(token.substring(0, 3)) && month < 0) {
            month = MONTHS.indexOf(token.substring(0, 3)) + 1;
        } else if (ZONES.containsKey(token) && zone == null) {
            zone = ZoneOffset.ofHours(ZONES.get(token));
        }
    }

    private void takeTime(String token) {
        String[] parts = token.split(":", 3);
        int[] read = new int[3];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9]{1,2}")) {
                return;
            }
            read[i] = Integer.parseInt(parts[i]);
        }
        time = time == null ? read : time;
    }

    private static String withoutComments(String value) {
        StringBuilder rest = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            rest.append(depth > 0 ? ' ' : c);
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return rest.toString();
    }
}
