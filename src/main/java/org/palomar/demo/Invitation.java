package org.palomar.demo;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;

/** A calendar invitation (RFC 5546 REQUEST) for ten o'clock on the Saturday after the letter. */
final class Invitation {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Invitation() {}

    static String text(Letter letter, ZonedDateTime now) {
        ZonedDateTime sent = letter.date(now);
        ZonedDateTime start =
                sent.with(TemporalAdjusters.next(DayOfWeek.SATURDAY)).with(LocalTime.of(10, 0));
        StringBuilder attendees = new StringBuilder();
        for (var guest : letter.addresses("To")) {
            attendees
                    .append("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:")
                    .append(guest.getAddress())
                    .append('\n');
        }
        return """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//palomar.example//Story//EN
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:%s@palomar.example
                DTSTAMP:%s
                DTSTART:%s
                DTEND:%s
                SUMMARY:%s
                LOCATION:The dovecote\\, Camino del Molino
                ORGANIZER:mailto:%s
                %sSTATUS:CONFIRMED
                SEQUENCE:0
                END:VEVENT
                END:VCALENDAR
                """.formatted(
                        letter.id(),
                        UTC.format(sent),
                        UTC.format(start),
                        UTC.format(start.plusHours(2)),
                        letter.field("Event").orElseThrow(),
                        letter.from().getAddress(),
                        attendees)
                .replace("\n", "\r\n");
    }
}
