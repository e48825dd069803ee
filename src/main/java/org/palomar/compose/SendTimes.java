package org.palomar.compose;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.palomar.web.Reader;

/**
 * When a message can be sent later, by the reader's own clock.
 *
 * @param tomorrow tomorrow morning, as a form names it: {@code 2026-11-26T08:00}
 * @param monday the next Monday morning
 * @param earliest that can be chosen
 * @param latest that can be chosen
 */
record SendTimes(
        String tomorrow, String tomorrowWords, String monday, String mondayWords, String earliest, String latest) {

    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final Duration LONGEST = Duration.ofDays(366);

    static SendTimes of(Reader reader) {
        LocalDateTime tomorrow = reader.today().plusDays(1).atTime(MORNING);
        LocalDateTime monday =
                reader.today().with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(MORNING);
        LocalDateTime now =
                LocalDateTime.ofInstant(reader.clock().instant(), reader.zone()).truncatedTo(ChronoUnit.MINUTES);
        return new SendTimes(
                tomorrow.toString(),
                words(tomorrow, reader),
                monday.toString(),
                words(monday, reader),
                now.toString(),
                now.plus(LONGEST).toString());
    }

    private static String words(LocalDateTime time, Reader reader) {
        return reader.date(time.atZone(reader.zone()).toInstant());
    }

    /** The moment that a form names, if it lies in the coming year. */
    static Optional<Instant> parse(String text, Reader reader) {
        try {
            Instant at = LocalDateTime.parse(text).atZone(reader.zone()).toInstant();
            Instant now = reader.clock().instant();
            return at.isAfter(now) && at.isBefore(now.plus(LONGEST).plus(Duration.ofDays(1)))
                    ? Optional.of(at)
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
