package org.palomar.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.web.Reader;

/**
 * Rows of one day or one stretch of days, or all rows where days do not follow one another.
 *
 * @param labelKey message key such as {@code day.today}, or null when {@code label} is written out
 * @param label empty also where there is nothing to say
 */
public record Day(@Nullable String labelKey, String label, List<MessageRow> rows) {

    /**
     * Rows in the order of {@code messages}, with a new day wherever the day of arrival changes.
     *
     * @param outgoing whether one's own mail lies there, so that recipients say more than the sender
     */
    public static List<Day> group(
            List<MessageSummary> messages, boolean outgoing, Map<MessageRef, String> previews, Reader reader) {
        return group(messages, outgoing, previews, Sort.NEWEST, reader);
    }

    /** As {@link #group(List, boolean, Map, Reader)}, of messages in any order. */
    public static List<Day> group(
            List<MessageSummary> messages,
            boolean outgoing,
            Map<MessageRef, String> previews,
            Sort sort,
            Reader reader) {
        return collect(
                messages.stream()
                        .map(message -> MessageRow.of(message, outgoing, previews.get(message.ref()), sort, reader))
                        .toList(),
                messages.stream()
                        .map(message -> sort.byDay()
                                ? label(reader.day(sort.date(message)), reader)
                                : new Day(null, "", List.of()))
                        .toList());
    }

    /** Rows that were made before, newest first, each with when it arrived. */
    public static List<Day> group(List<MessageRow> rows, List<Instant> arrived, Reader reader) {
        return collect(
                rows,
                arrived.stream().map(each -> label(reader.day(each), reader)).toList());
    }

    private static List<Day> collect(List<MessageRow> made, List<Day> labels) {
        List<Day> days = new ArrayList<>();
        String label = null;
        List<MessageRow> rows = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Day day = labels.get(i);
            String key = day.labelKey() + day.label();
            if (!key.equals(label)) {
                label = key;
                rows = new ArrayList<>();
                days.add(new Day(day.labelKey(), day.label(), rows));
            }
            rows.add(made.get(i));
        }
        return days;
    }

    private static Day label(LocalDate day, Reader reader) {
        LocalDate today = reader.today();
        long ago = ChronoUnit.DAYS.between(day, today);
        if (ago <= 0) {
            return new Day("day.today", "", List.of());
        }
        if (ago == 1) {
            return new Day("day.yesterday", "", List.of());
        }
        if (ago < 7) {
            return new Day("day.thisWeek", "", List.of());
        }
        String month = day.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, reader.locale());
        String titled = Character.toUpperCase(month.charAt(0)) + month.substring(1);
        return new Day(null, day.getYear() == today.getYear() ? titled : titled + " " + day.getYear(), List.of());
    }
}
