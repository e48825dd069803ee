package org.palomar.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.ContentLine;

/**
 * A day or a time of a calendar (RFC 5545 sections 3.3.4 and 3.3.5).
 *
 * @param local as its author's clock shows it; midnight for a day
 * @param offset from UTC then and there; null for a day, and for a time that is meant wherever one is
 * @param zone what its author calls the zone, or empty
 * @param day whether it is a day without a time
 */
record Moment(LocalDateTime local, @Nullable ZoneOffset offset, String zone, boolean day) {

    /** Reads a DATE or DATE-TIME; null for anything else. */
    static @Nullable Moment read(ContentLine line, Zones zones) {
        String value = line.value().strip();
        int comma = value.indexOf(',');
        return read(comma < 0 ? value : value.substring(0, comma), line.parameter("TZID"), zones);
    }

    static @Nullable Moment read(String value, String zone, Zones zones) {
        String digits = value.replace("-", "").replace(":", "");
        try {
            if (digits.length() < 8) {
                return null;
            }
            LocalDate date = LocalDate.of(number(digits, 0, 4), number(digits, 4, 6), number(digits, 6, 8));
            if (digits.length() < 13 || (digits.charAt(8) != 'T' && digits.charAt(8) != 't')) {
                return new Moment(date.atStartOfDay(), null, "", true);
            }
            int second = digits.length() >= 15 ? Math.min(59, number(digits, 13, 15)) : 0;
            LocalDateTime local = date.atTime(LocalTime.of(number(digits, 9, 11), number(digits, 11, 13), second));
            if (digits.endsWith("Z") || digits.endsWith("z")) {
                return new Moment(local, ZoneOffset.UTC, "UTC", false);
            }
            return new Moment(local, zones.offset(zone, local), zone, false);
        } catch (DateTimeException | NumberFormatException _) {
            return null;
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    boolean floating() {
        return offset == null && !day;
    }

    /** When it is for somebody in that zone. */
    Instant instant(ZoneId reader) {
        return offset == null ? local.atZone(reader).toInstant() : local.toInstant(offset);
    }

    Moment plus(Duration duration) {
        return new Moment(local.plus(duration), offset, zone, day);
    }
}
