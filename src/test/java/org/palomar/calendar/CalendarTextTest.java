package org.palomar.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.palomar.mime.ContentLine;

/** Calendars of any kind are read, in linear time (S11, S38). */
class CalendarTextTest {

    private static final String INVITATION = """
            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:a;b,c
            DTSTART;TZID=Europe/Madrid:20261128T100000
            SUMMARY:Lime\\, sand\\; and "a:b"
             \\nand more
            DESCRIPTION:<img src=x onerror=alert(1)>\\nbring gloves
            X-ALT-DESC;FMTTYPE=text/html:<script>alert(1)</script>
            ORGANIZER;CN="Okafor: Bob, mason";SENT-BY="mailto:x@y.example":MAILTO:bob@palomar.example
            ATTENDEE;PARTSTAT=ACCEPTED;CN=Carol:mailto:carol@palomar.example
            ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:alice@palomar.example
            SEQUENCE:3
            BEGIN:VALARM
            SUMMARY:not this one
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            """.replace("\n", "\r\n");

    @Test
    void readsAnInvitation() {
        Event event = CalendarText.events(INVITATION).getFirst();
        assertThat(event.method()).isEqualTo("REQUEST");
        assertThat(event.uid()).isEqualTo("a;b,c");
        assertThat(event.summary()).isEqualTo("Lime, sand; and \"a:b\" and more");
        assertThat(event.sequence()).isEqualTo(3);
        assertThat(event.organizer())
                .isEqualTo(new Party("Okafor: Bob, mason", "bob@palomar.example", "needs-action", false));
        assertThat(event.attendees()).extracting(Party::state).containsExactly("accepted", "needs-action");
        assertThat(event.attendees()).extracting(Party::optional).containsExactly(false, true);
    }

    @Test
    void s11_aDescriptionIsTextAndAnHtmlOneIsNotRead() {
        Event event = CalendarText.events(INVITATION).getFirst();
        assertThat(event.description()).isEqualTo("<img src=x onerror=alert(1)>\nbring gloves");
        assertThat(event.toString()).doesNotContain("<script>");
    }

    @Test
    void toleratesWhatProgramsWrite() {
        assertThat(CalendarText.events("\uFEFF")).isEmpty();
        assertThat(CalendarText.events("BEGIN:VCALENDAR\nBEGIN:VEVENT\n\n\nSUMMARY:cut off"))
                .extracting(Event::summary)
                .containsExactly("cut off");
        assertThat(CalendarText.events(
                        "BEGIN:VCALENDAR\rBEGIN:VEVENT\rGARBAGE\rSUMMARY:old line ends\rEND:VEVENT\rEND:\r"))
                .extracting(Event::summary)
                .containsExactly("old line ends");
        assertThat(
                        CalendarText.events(
                                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\nEND:VCALENDAR\r\n"
                                        + "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nSUMMARY:b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"))
                .extracting(Event::cancelled)
                .containsExactly(false, true);
        Party broken = Party.read(ContentLine.read("ORGANIZER;CN=\"bob@palomar.example:mailto:bob@palomar.example", 1)
                .getFirst());
        assertThat(broken.address()).isEqualTo("bob@palomar.example");
    }

    @Test
    void s38_bombsAreReadInLinearTime() {
        List<String> bombs = List.of(
                "BEGIN:VCALENDAR\r\n".repeat(60_000),
                "BEGIN:X\r\n".repeat(100_000) + "END:X\r\n".repeat(100_000),
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + "x\r\n ".repeat(250_000),
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE" + ";A=\"b".repeat(200_000) + ":x",
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + "ATTENDEE:mailto:a@b.example\r\n".repeat(35_000),
                "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n".repeat(20_000),
                "BEGIN:VCALENDAR\r\n" + "BEGIN:VTIMEZONE\r\nTZID:z\r\nEND:VTIMEZONE\r\n".repeat(20_000),
                "END:\r\n".repeat(150_000),
                ";".repeat(1_000_000),
                "\r".repeat(1_000_000));
        for (String bomb : bombs) {
            // Each takes some 50 ms; anything quadratic takes minutes.
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(CalendarText.events(bomb)).hasSizeLessThanOrEqualTo(200));
        }
    }

    @Test
    void s38_nothingMakesItFail() {
        Random random = new Random(17);
        String[] pieces = INVITATION.split("(?<=[:;=\\r\\n])");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n");
            for (int n = random.nextInt(40); n > 0; n--) {
                String piece = pieces[random.nextInt(pieces.length)];
                int cut = random.nextInt(piece.length() + 1);
                text.append(random.nextInt(4) == 0 ? piece.substring(cut) + (char) random.nextInt(0x3000) : piece);
            }
            CalendarText.events(text.toString()).forEach(event -> {
                AnswerText.of(List.of(event), "a@b.example", "A", Answer.ACCEPTED, "c", Instant.EPOCH);
                Recurrence.read(event.rule(), event.zones());
            });
        }
    }

    @Test
    void anAnswerEchoesTheInvitationAndCarriesNothingElse() {
        Event event = CalendarText.events(INVITATION).getFirst();
        String reply = AnswerText.of(
                List.of(event),
                "alice@palomar.example",
                "Alice \"A\"\r\nATTENDEE:x",
                Answer.DECLINED,
                "Sorry,\r\nMETHOD:CANCEL\nañoranza ".repeat(4),
                Instant.parse("2026-11-25T12:00:00Z"));
        assertThat(reply.split("\r\n")).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        String unfolded = reply.replace("\r\n ", "");
        assertThat(unfolded.split("\r\n"))
                .contains(
                        "METHOD:REPLY",
                        "UID:a\\;b\\,c",
                        "DTSTAMP:20261125T120000Z",
                        "DTSTART:20261128T090000Z",
                        "SEQUENCE:3",
                        "ORGANIZER:mailto:bob@palomar.example",
                        "ATTENDEE;PARTSTAT=DECLINED;CN=\"Alice 'A'ATTENDEE:x\":mailto:alice@palomar.example")
                .doesNotContain("METHOD:CANCEL");
        Event back = CalendarText.events(reply).getFirst();
        assertThat(back.uid()).isEqualTo(event.uid());
        assertThat(back.summary()).isEqualTo(event.summary());
        assertThat(back.comment()).contains("Sorry,\nMETHOD:CANCEL\nañoranza");
    }

    /** The calendar files of the corpus, valid ones and others, give their events. */
    @Test
    void readsTheCorpus() throws IOException {
        Path folder = Stream.of(
                        System.getenv().getOrDefault("PALOMAR_CORPUS", ""), "../shared/corpora", "../../shared/corpora")
                .map(each -> Path.of(each, "ics"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        if (folder == null) {
            assertThat(System.getenv("CI"))
                    .as("a corpus at PALOMAR_CORPUS or ../shared/corpora")
                    .isNotEqualTo("true");
            Assumptions.abort("no corpus");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".ics")).toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                List<Event> events = CalendarText.events(text);
                long there = text.lines()
                        .filter(line -> line.strip().equals("BEGIN:VEVENT"))
                        .count();
                assertThat(events).as(file.toString()).hasSize((int) there);
                assertThat(events.getFirst().summary()).as(file.toString()).isNotEmpty();
                assertThat(events.getFirst().start()).as(file.toString()).isNotNull();
            }
        }
    }
}
