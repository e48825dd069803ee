package org.palomar.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.web.Reader;
import org.springframework.context.support.ResourceBundleMessageSource;

/** When an event is and how it repeats, for readers elsewhere. */
class EventWordsTest {

    private static final ResourceBundleMessageSource WORDS = new ResourceBundleMessageSource();

    static {
        WORDS.setBasename("messages");
        WORDS.setDefaultEncoding("UTF-8");
        WORDS.setFallbackToSystemLocale(false);
    }

    private static EventWords words(Locale locale, String zone) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
        return new EventWords(WORDS, new Reader(locale, ZoneId.of(zone), clock));
    }

    private static Event event(String... lines) {
        return CalendarText.events("BEGIN:VCALENDAR\r\n" + zone("") + "BEGIN:VEVENT\r\n" + String.join("\r\n", lines)
                        + "\r\nEND:VEVENT\r\nEND:VCALENDAR")
                .getFirst();
    }

    private static String zone(String ignored) {
        return """
                BEGIN:VTIMEZONE
                TZID:Our clocks
                BEGIN:STANDARD
                DTSTART:19961027T030000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
                TZOFFSETFROM:+0200
                TZOFFSETTO:+0100
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:19810329T020000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0200
                END:DAYLIGHT
                END:VTIMEZONE
                """.replace("\n", "\r\n") + ignored;
    }

    private static String plain(String text) {
        return text.replace('\u202f', ' ').replace('\u00a0', ' ');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART:20261128T090000Z | DTEND:20261128T110000Z | Saturday, 28 November 2026, 10:00 – 12:00 CET",
                "DTSTART;TZID=Our clocks:20261128T100000 | DURATION:PT2H | Saturday, 28 November 2026, 10:00 – 12:00 CET",
                "DTSTART;TZID=Our clocks:20260728T100000 | DURATION:PT90M | Tuesday, 28 July 2026, 10:00 – 11:30 CEST",
                "DTSTART;TZID=FLE Standard Time:20261128T110000 | X:1 | Saturday, 28 November 2026, 10:00 CET",
                "DTSTART;TZID=/citadel/20101018_1/America/New_York:20261128T040000 | X:1 | Saturday, 28 November 2026, 10:00 CET",
                "DTSTART:20261128T100000 | DTEND:20261129T010000 | 28 Nov 2026, 10:00 – 29 Nov 2026, 01:00",
                "DTSTART;TZID=Nobody knows:20261128T100000 | X:1 | Saturday, 28 November 2026, 10:00",
                "DTSTART;VALUE=DATE:20261128 | DTEND;VALUE=DATE:20261129 | Saturday, 28 November 2026",
                "DTSTART;VALUE=DATE:20261128 | DTEND;VALUE=DATE:20261201 | 28 Nov 2026 – 30 Nov 2026",
                "DTSTART;VALUE=DATE:20261128 | DURATION:P1W | 28 Nov 2026 – 4 Dec 2026",
                "SUMMARY:no time | X:1 | ''",
                "DTSTART:yesterday | X:1 | ''",
            })
    void saysWhen(String start, String end, String said) {
        EventWords british = words(Locale.UK, "Europe/Madrid");
        assertThat(plain(british.when(event(start, end)))).isEqualTo(said == null ? "" : said);
    }

    @Test
    void namesTheAuthorsZoneWhereTheirClockShowsAnotherTime() {
        Event meeting =
                event("DTSTART;TZID=America/New_York:20261128T040000", "DTEND;TZID=America/New_York:20261128T050000");
        assertThat(plain(words(Locale.UK, "Europe/Madrid").elsewhere(meeting)))
                .isEqualTo("Saturday, 28 November 2026, 04:00 – 05:00 in America/New_York");
        assertThat(words(Locale.UK, "America/Toronto").elsewhere(meeting)).isEmpty();
        assertThat(words(Locale.UK, "Asia/Tokyo").elsewhere(event("DTSTART:20261128T040000Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY | Every day | Cada día",
                "FREQ=DAILY;INTERVAL=3;COUNT=4 | Every 3 days, 4 times | Cada 3 días, 4 veces",
                "FREQ=DAILY;WKST=SU;COUNT=3;INTERVAL=1 | Every day, 3 times | Cada día, 3 veces",
                "FREQ=WEEKLY | Every week | Cada semana",
                "FREQ=WEEKLY;BYDAY=MO,WE,FR | Every week on Monday, Wednesday and Friday | Cada semana, el lunes, miércoles y viernes",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231T235959Z | Every 2 weeks on Tuesday, until 1 Jan 2027 | Cada 2 semanas, el martes, hasta el 1 ene 2027",
                "FREQ=DAILY;BYDAY=MO,TU | Every week on Monday and Tuesday | Cada semana, el lunes y martes",
                "FREQ=MONTHLY;BYMONTHDAY=15 | Every month, on day 15 | Cada mes, el día 15",
                "FREQ=MONTHLY;BYMONTHDAY=-1 | Every month, on the last day | Cada mes, el último día",
                "FREQ=MONTHLY;BYDAY=2TU | Every month, on the second Tuesday | Cada mes, el segundo martes",
                "FREQ=MONTHLY;BYDAY=-1FR | Every month, on the last Friday | Cada mes, el último viernes",
                "FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3 | Every month, on the third Wednesday | Cada mes, el tercer miércoles",
                "FREQ=YEARLY | Every year | Cada año",
                "FREQ=YEARLY;BYMONTH=11 | Every year, on November 28 | Cada año, el 28 de noviembre",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU | Every year, on the last Sunday of March | Cada año, el último domingo de marzo",
            })
    void saysHowItRepeats(String rule, String english, String spanish) {
        Event event = event("DTSTART:20261128T090000Z", "RRULE:" + rule);
        assertThat(plain(words(Locale.UK, "Europe/Madrid").repeats(event))).isEqualTo(english);
        assertThat(plain(words(Locale.of("es"), "Europe/Madrid").repeats(event)))
                .isEqualTo(spanish);
    }

    /** Rules that would keep a calendar busy for ever are only named (S38). */
    @Test
    void s38_whatCannotBeSaidIsSaidToBeSo() {
        for (String rule : List.of(
                "FREQ=SECONDLY",
                "FREQ=SECONDLY;BYSECOND=61;BYMONTH=13;COUNT=2147483647",
                "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2",
                "FREQ=YEARLY;BYWEEKNO=20",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=DAILY;INTERVAL=99999999999999999999",
                "FREQ=DAILY;BYHOUR=9,10",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=",
                "nonsense")) {
            assertThat(words(Locale.UK, "Europe/Madrid").repeats(event("DTSTART:20261128T090000Z", "RRULE:" + rule)))
                    .as(rule)
                    .isEqualTo("In a way that calendar programs show; it is too long for words.");
        }
    }
}
