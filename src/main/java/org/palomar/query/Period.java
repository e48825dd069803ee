package org.palomar.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A year, a month, a day, or a day so long ago, as typed: {@code 2026}, {@code 2026-11}, {@code 2026-11-24}, {@code today},
 * {@code yesterday}, {@code 7d}, {@code 3w}, {@code 2m}, {@code 1y}.
 */
public record Period(String typed) {

    private static final Pattern DATE = Pattern.compile("([12][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?");
    private static final Pattern AGO = Pattern.compile("([0-9]{1,4})([dwmy])");

    /** Mail is younger; dates on the wire have four digits. */
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 10);

    /** Reads what a person typed, in its shortest spelling; empty for anything else. */
    static Optional<Period> of(String typed) {
        String word = typed.toLowerCase(Locale.ROOT);
        Matcher date = DATE.matcher(word);
        if (date.matches()) {
            return date(date);
        }
        return switch (word) {
            case "today", "hoy" -> Optional.of(new Period("today"));
            case "yesterday", "ayer" -> Optional.of(new Period("yesterday"));
            default -> AGO.matcher(word).matches() ? Optional.of(new Period(word)) : Optional.empty();
        };
    }

    private static Optional<Period> date(Matcher date) {
        try {
            int year = Integer.parseInt(date.group(1));
            int month = date.group(2) == null ? 1 : Integer.parseInt(date.group(2));
            int day = date.group(3) == null ? 1 : Integer.parseInt(date.group(3));
            String whole = LocalDate.of(year, month, day).toString();
            int length = date.group(2) == null ? 4 : date.group(3) == null ? 7 : 10;
            return Optional.of(new Period(whole.substring(0, length)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The first day of it. */
    LocalDate first(LocalDate today) {
        LocalDate first = switch (typed) {
            case "today" -> today;
            case "yesterday" -> today.minusDays(1);
            default -> {
                Matcher ago = AGO.matcher(typed);
                yield ago.matches()
                        ? today.minus(Long.parseLong(ago.group(1)), unit(ago.group(2)))
                        : LocalDate.parse(
                                typed + "-01-01".substring(typed.length() == 4 ? 0 : typed.length() == 7 ? 3 : 6));
            }
        };
        return first.isBefore(EARLIEST) ? EARLIEST : first;
    }

    /** The first day after it. */
    LocalDate next(LocalDate today) {
        return first(today)
                .plus(
                        1,
                        typed.matches("[0-9]{4}")
                                ? ChronoUnit.YEARS
                                : typed.matches("[0-9]{4}-[0-9]{2}") ? ChronoUnit.MONTHS : ChronoUnit.DAYS);
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "d" -> ChronoUnit.DAYS;
            case "w" -> ChronoUnit.WEEKS;
            case "m" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }

    @Override
    public String toString() {
        return typed;
    }
}
