package org.palomar.calendar;

import java.time.LocalDate;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.calendar.Recurrence.Weekday;
import org.palomar.web.Reader;
import org.springframework.context.MessageSource;

/** Says when an event is, and how it repeats, in the reader's language and zone. */
record EventWords(MessageSource words, Reader reader) {

    private Locale locale() {
        return reader.locale();
    }

    String when(Event event) {
        Moment start = event.start() == null ? event.end() : event.start();
        if (start == null) {
            return "";
        }
        Moment end = event.start() == null ? null : event.end();
        if (start.day()) {
            LocalDate first = start.local().toLocalDate();
            LocalDate last = end == null || !end.local().isAfter(start.local())
                    ? first
                    : end.local().minusNanos(1).toLocalDate();
            return first.equals(last) ? day(first) : range(shortDay(first), shortDay(last));
        }
        ZonedDateTime from = start.instant(reader.zone()).atZone(reader.zone());
        ZonedDateTime to =
                end == null || end.day() ? null : end.instant(reader.zone()).atZone(reader.zone());
        String zone = start.floating()
                ? ""
                : " " + DateTimeFormatter.ofPattern("z", locale()).format(from);
        return span(from, to) + zone;
    }

    /** The author's own time, where their clock shows another one than the reader's. */
    String elsewhere(Event event) {
        Moment start = event.start();
        if (start == null || start.offset() == null || start.zone().equals("UTC")) {
            return "";
        }
        if (reader.zone().getRules().getOffset(start.instant(reader.zone())).equals(start.offset())) {
            return "";
        }
        Moment end = event.end();
        ZonedDateTime to =
                end == null || end.offset() == null ? null : end.local().atZone(end.offset());
        return words.getMessage(
                "calendar.elsewhere",
                new Object[] {span(start.local().atZone(start.offset()), to), start.zone()},
                locale());
    }

    private String span(ZonedDateTime from, @Nullable ZonedDateTime to) {
        LocalDate first = from.toLocalDate();
        if (to == null || !to.isAfter(from)) {
            return day(first) + ", " + time(from);
        }
        return first.equals(to.toLocalDate())
                ? day(first) + ", " + range(time(from), time(to))
                : range(shortDay(first) + ", " + time(from), shortDay(to.toLocalDate()) + ", " + time(to));
    }

    private static String range(String from, String to) {
        return from + " – " + to;
    }

    private String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale())
                .format(day);
    }

    private String shortDay(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .format(day);
    }

    private String time(ZonedDateTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale())
                .format(time);
    }

    /** Empty for an event that does not repeat. */
    String repeats(Event event) {
        if (event.rule().isEmpty()) {
            return "";
        }
        Recurrence rule = Recurrence.read(event.rule(), event.zones());
        if (rule == null) {
            return say("calendar.repeats.other");
        }
        String base = rhythm(rule, event.start());
        if (rule.count() > 0) {
            return say("calendar.repeats.count", base, rule.count());
        }
        return rule.until() == null
                ? base
                : say(
                        "calendar.repeats.until",
                        base,
                        shortDay(
                                rule.until().day()
                                        ? rule.until().local().toLocalDate()
                                        : reader.day(rule.until().instant(reader.zone()))));
    }

    private String rhythm(Recurrence rule, @Nullable Moment start) {
        int every = rule.every();
        return switch (rule.frequency()) {
            case DAILY -> rule.days().isEmpty() ? say("calendar.repeats.days", every) : weekly(rule);
            case WEEKLY -> rule.days().isEmpty() ? say("calendar.repeats.weeks", every) : weekly(rule);
            case MONTHLY -> {
                String months = say("calendar.repeats.months", every);
                yield rule.days().isEmpty() && rule.monthDay() == 0 ? months : on(months, rule);
            }
            case YEARLY -> {
                String years = say("calendar.repeats.years", every);
                if (rule.month() == 0) {
                    yield rule.days().isEmpty() && rule.monthDay() == 0 ? years : on(years, rule);
                }
                String month = Month.of(rule.month()).getDisplayName(TextStyle.FULL, locale());
                int day = rule.monthDay() == 0 && start != null ? start.local().getDayOfMonth() : rule.monthDay();
                yield rule.days().isEmpty() && day > 0
                        ? say("calendar.repeats.date", years, day, month)
                        : say("calendar.repeats.month", on(years, rule), month);
            }
        };
    }

    private String weekly(Recurrence rule) {
        List<String> days = new ArrayList<>();
        for (Weekday day : rule.days()) {
            days.add(name(day));
        }
        String joined = days.size() < 2
                ? days.getFirst()
                : say("calendar.and", String.join(", ", days.subList(0, days.size() - 1)), days.getLast());
        // "Every day, if it is a Monday" is a week's rhythm.
        return say(
                "calendar.repeats.weekdays", rule.frequency() == Recurrence.Frequency.DAILY ? 1 : rule.every(), joined);
    }

    private String on(String base, Recurrence rule) {
        if (rule.days().isEmpty()) {
            return rule.monthDay() < 0
                    ? say("calendar.repeats.lastDay", base)
                    : say("calendar.repeats.monthDay", base, rule.monthDay());
        }
        Weekday day = rule.days().getFirst();
        return day.which() < 0
                ? say("calendar.repeats.last", base, name(day))
                : say("calendar.repeats.nth", base, say("calendar.nth." + day.which()), name(day));
    }

    private String name(Weekday day) {
        return day.day().getDisplayName(TextStyle.FULL, locale());
    }

    private String say(String key, Object... arguments) {
        return words.getMessage(key, arguments, locale());
    }
}
