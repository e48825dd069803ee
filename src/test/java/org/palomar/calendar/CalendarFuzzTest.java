package org.palomar.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palomar.testing.Fuzz;

/** Calendars that nobody wrote are read, and answers to them stay well formed (S11, S38). */
class CalendarFuzzTest {

    private static final List<String> PIECES = List.of(
            "BEGIN:VCALENDAR\r\n",
            "END:VCALENDAR\r\n",
            "BEGIN:VEVENT\r\n",
            "END:VEVENT\r\n",
            "BEGIN:VTIMEZONE\r\nTZID:z\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETTO:+0100\r\n",
            "END:STANDARD\r\nEND:VTIMEZONE\r\n",
            "METHOD:REQUEST\r\n",
            "METHOD:CANCEL\r\n",
            "DTSTART;TZID=z:20261128T100000\r\n",
            "DTSTART;VALUE=DATE:20261128\r\n",
            "DTEND:20261128T100000Z\r\n",
            "DURATION:-P1DT2H\r\n",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=99999999999\r\n",
            "RRULE:FREQ=",
            ";INTERVAL=0",
            ";UNTIL=99999999T999999Z",
            "EXDATE:",
            "RECURRENCE-ID:20261128T100000Z\r\n",
            "ORGANIZER;CN=\"a:b\":mailto:b@palomar.example\r\n",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n",
            "SUMMARY:",
            "DESCRIPTION:",
            "UID:a\r\n",
            "SEQUENCE:9999999999999\r\n",
            "\r\n ",
            "\r\n",
            "\r",
            "\\n",
            "\\,",
            "\"",
            ";",
            ":",
            "=",
            "^n",
            "\u00e9",
            "\0");

    @Test
    void survives() throws IOException {
        new Fuzz("calendar", StandardCharsets.UTF_8, PIECES, CalendarFuzzTest::read).run();
    }

    private static void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<Event> events = CalendarText.events("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + text);
        for (Event event : events) {
            Recurrence.read(event.rule(), event.zones());
            String reply = AnswerText.of(List.of(event), "a@b.example", "A", Answer.ACCEPTED, text, Instant.EPOCH);
            assertThat(reply.split("\r\n"))
                    .as("lines of the answer")
                    .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75)
                    .noneMatch(line -> line.contains("\n") || line.contains("\r"));
            assertThat(reply.split("\r\n"))
                    .filteredOn(line -> line.startsWith("METHOD"))
                    .hasSize(1);
        }
    }
}
