package org.palomar.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the iTIP REPLY to an invitation (RFC 5546 section 3.2.3). */
final class AnswerText {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final int LONGEST_LINE = 73;

    private final StringBuilder text = new StringBuilder();

    private AnswerText() {}

    /**
     * The calendar that says how an attendee answers.
     *
     * @param events all of one invitation
     * @param attendee the address that answers
     * @param comment what the person adds, or empty
     */
    static String of(List<Event> events, String attendee, String name, Answer answer, String comment, Instant now) {
        AnswerText reply = new AnswerText();
        reply.line("BEGIN", "VCALENDAR");
        reply.line("PRODID", "-//Palomar//EN");
        reply.line("VERSION", "2.0");
        reply.line("METHOD", "REPLY");
        for (Event event : events) {
            reply.event(event, attendee, name, answer, comment, now);
        }
        reply.line("END", "VCALENDAR");
        return reply.text.toString();
    }

    private void event(Event event, String attendee, String name, Answer answer, String comment, Instant now) {
        line("BEGIN", "VEVENT");
        line("UID", escaped(event.uid()));
        line("DTSTAMP", TIME.format(now.atOffset(ZoneOffset.UTC)) + "Z");
        line("SEQUENCE", Long.toString(event.sequence()));
        moment("RECURRENCE-ID", event.instance());
        moment("DTSTART", event.start());
        if (!event.summary().isEmpty()) {
            line("SUMMARY", escaped(event.summary()));
        }
        if (event.organizer() != null) {
            line("ORGANIZER", "mailto:" + event.organizer().address());
        }
        String called = name.isEmpty() ? "" : ";CN=\"" + name.replace("\"", "'") + '"';
        line("ATTENDEE;PARTSTAT=" + answer + called, "mailto:" + attendee);
        if (!comment.isBlank()) {
            line("COMMENT", escaped(comment));
        }
        line("REQUEST-STATUS", "2.0;Success");
        line("END", "VEVENT");
    }

    private void moment(String name, @Nullable Moment moment) {
        if (moment == null) {
            return;
        }
        if (moment.day()) {
            line(name + ";VALUE=DATE", DAY.format(moment.local()));
        } else if (moment.offset() == null) {
            line(name, TIME.format(moment.local()));
        } else {
            line(name, TIME.format(moment.local().minusSeconds(moment.offset().getTotalSeconds())) + "Z");
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n");
    }

    /** One content line, folded (RFC 5545 section 3.1); no control gets in. */
    private void line(String name, String value) {
        int octets = 0;
        int[] characters = (name + ":" + value)
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .toArray();
        for (int c : characters) {
            int length = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > LONGEST_LINE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.appendCodePoint(c);
            octets += length;
        }
        text.append("\r\n");
    }
}
