package org.palomar.web;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Who reads the page: words, numbers and dates are written for this language and time zone.
 *
 * @param clock tells what "today" is
 */
public record Reader(Locale locale, ZoneId zone, Clock clock) {

    /** Time today, weekday within a week, day and month within the year, else the whole date. */
    public String shortDate(Instant instant) {
        ZonedDateTime then = instant.atZone(zone);
        LocalDate today = today();
        long days = ChronoUnit.DAYS.between(then.toLocalDate(), today);
        if (days == 0) {
            return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                    .withLocale(locale)
                    .format(then);
        }
        if (days > 0 && days < 7) {
            return DateTimeFormatter.ofPattern("EEE", locale).format(then);
        }
        if (then.getYear() == today.getYear()) {
            return DateTimeFormatter.ofPattern("d MMM", locale).format(then);
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT)
                .withLocale(locale)
                .format(then);
    }

    /** The time of now: "10:42". */
    public String time() {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(clock.instant().atZone(zone));
    }

    /** Date and time with weekday and zone, for titles and headers. */
    public String longDate(Instant instant) {
        ZonedDateTime then = instant.atZone(zone);
        String written = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withLocale(locale)
                .format(then);
        return written + " " + DateTimeFormatter.ofPattern("z", locale).format(then);
    }

    /** Date and time in one line: "23 Nov 2026, 07:58". */
    public String date(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .format(instant.atZone(zone));
    }

    public LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** A day in words: "24 November 2026". */
    public String longDay(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(day);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** Octets as people write them: "840 B", "184 KB", "2.4 MB". */
    public String size(long octets) {
        if (octets < 1_000) {
            return octets + " B";
        }
        if (octets < 999_500) {
            return number(Math.round(octets / 1_000.0)) + " KB";
        }
        double millions = octets / 1_000_000.0;
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(millions < 10 ? 1 : 0);
        return millions < 1_000 ? format.format(millions) + " MB" : format.format(millions / 1_000) + " GB";
    }
}
