package org.palomar.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A VEVENT, or a VTODO, of a calendar; every text is a stranger's and never HTML.
 *
 * @param method of its calendar in upper case, or empty for a calendar that is only shown (RFC 5546 section 1.4)
 * @param instance the one of several that it speaks of (RECURRENCE-ID), or null
 * @param sequence how often its organizer changed it
 * @param end exclusive for days; null when not said
 * @param rule the RRULE as written, or empty
 * @param zones of its calendar
 */
record Event(
        String method,
        String uid,
        @Nullable Moment instance,
        long sequence,
        boolean task,
        String summary,
        String place,
        String description,
        String comment,
        String status,
        @Nullable Party organizer,
        List<Party> attendees,
        @Nullable Moment start,
        @Nullable Moment end,
        String rule,
        Zones zones) {

    private static final int MOST_ATTENDEES = 500;
    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_TEXT = 8_000;

    Event {
        attendees = List.copyOf(attendees);
    }

    static Event read(Component event, String method, Zones zones) {
        Moment start =
                event.line("DTSTART").map(line -> Moment.read(line, zones)).orElse(null);
        return new Event(
                method,
                cut(event.text("UID"), LONGEST_TITLE),
                event.line("RECURRENCE-ID")
                        .map(line -> Moment.read(line, zones))
                        .orElse(null),
                number(event.text("SEQUENCE")),
                event.is("VTODO"),
                cut(event.text("SUMMARY").replaceAll("\\s+", " "), LONGEST_TITLE),
                cut(event.text("LOCATION").replaceAll("\\s+", " "), LONGEST_TITLE),
                cut(event.text("DESCRIPTION"), LONGEST_TEXT),
                cut(event.text("COMMENT"), LONGEST_TEXT),
                event.text("STATUS").toUpperCase(Locale.ROOT),
                event.line("ORGANIZER").map(Party::read).orElse(null),
                event.lines("ATTENDEE").limit(MOST_ATTENDEES).map(Party::read).toList(),
                start,
                end(event, start, zones),
                event.line("RRULE")
                        .map(line -> cut(line.value().strip(), LONGEST_TITLE))
                        .orElse(""),
                zones);
    }

    private static @Nullable Moment end(Component event, @Nullable Moment start, Zones zones) {
        Moment end = event.line(event.is("VTODO") ? "DUE" : "DTEND")
                .map(line -> Moment.read(line, zones))
                .orElse(null);
        String duration = event.text("DURATION").toUpperCase(Locale.ROOT);
        if (end != null || start == null || duration.isEmpty() || duration.length() > 40) {
            return end;
        }
        try {
            return start.plus(
                    duration.endsWith("W")
                            ? Duration.ofDays(7L * Integer.parseInt(duration, 1, duration.length() - 1, 10))
                            : Duration.parse(duration));
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            return null;
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, text.offsetByCodePoints(0, length / 2)) + "…";
    }

    boolean cancelled() {
        return method.equals("CANCEL") || status.equals("CANCELLED");
    }

    /** Whether it is the same one, or the same of several. */
    boolean isSame(Event other) {
        return !uid.isEmpty()
                && uid.equals(other.uid)
                && (instance == null
                        ? other.instance == null
                        : other.instance != null && instance.local().equals(other.instance.local()));
    }
}
