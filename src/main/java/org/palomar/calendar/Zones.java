package org.palomar.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.ContentLine;

/**
 * The time zones of one calendar: those the JDK knows by name, those of Windows, and those the calendar itself describes (RFC 5545
 * section 3.6.5). Nothing is asked for elsewhere.
 */
final class Zones {

    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();
    private static final Properties WINDOWS = windows();
    private static final int MOST = 100;

    private final Map<String, Component> described = new HashMap<>();

    Zones(List<Component> timeZones) {
        timeZones.stream()
                .limit(MOST)
                .forEach(each -> described.putIfAbsent(each.text("TZID").replace("\"", ""), each));
    }

    /** The offset in a zone by its local time; null for none, or one that nothing is known of. */
    @Nullable
    ZoneOffset offset(String name, LocalDateTime local) {
        if (name.isEmpty()) {
            return null;
        }
        ZoneId known = known(name);
        if (known != null) {
            return known.getRules().getOffset(local);
        }
        Component own = described.get(name);
        return own == null ? null : offset(own, local);
    }

    /** Names such as {@code Europe/Madrid}, {@code /vendor.example/20260101/Europe/Madrid}, {@code Romance Standard Time}. */
    private static @Nullable ZoneId known(String name) {
        String windows = WINDOWS.getProperty(name);
        if (windows != null) {
            return ZoneId.of(windows);
        }
        for (int slash = -1; ; ) {
            String candidate = name.substring(slash + 1);
            if (KNOWN.contains(candidate)) {
                return ZoneId.of(candidate);
            }
            slash = name.indexOf('/', slash + 1);
            if (slash < 0) {
                return null;
            }
        }
    }

    /** The observance that began last before that time; before all of them, the earliest one's offset. */
    private static @Nullable ZoneOffset offset(Component zone, LocalDateTime local) {
        LocalDateTime latest = null;
        ZoneOffset found = null;
        List<Component> observances = new ArrayList<>(zone.children("STANDARD").toList());
        observances.addAll(zone.children("DAYLIGHT").toList());
        for (Component each : observances.subList(0, Math.min(observances.size(), MOST))) {
            ZoneOffset to = utcOffset(each.text("TZOFFSETTO"));
            LocalDateTime onset = onset(each, local);
            if (to != null && (found == null || (onset != null && (latest == null || onset.isAfter(latest))))) {
                found = to;
                latest = onset;
            }
        }
        return found;
    }

    private static @Nullable LocalDateTime onset(Component observance, LocalDateTime local) {
        Moment first = observance.line("DTSTART").map(Zones::plain).orElse(null);
        if (first == null || first.local().isAfter(local)) {
            return null;
        }
        LocalDateTime latest = first.local();
        for (ContentLine line : observance.lines("RDATE").limit(MOST).toList()) {
            Moment date = plain(line);
            if (date != null && !date.local().isAfter(local) && date.local().isAfter(latest)) {
                latest = date.local();
            }
        }
        Map<String, String> rule = Recurrence.parts(observance.text("RRULE"));
        for (int year = local.getYear(); year >= local.getYear() - 1 && !rule.isEmpty(); year--) {
            LocalDateTime day = yearly(rule, first.local(), year);
            Moment until = Moment.read(rule.getOrDefault("UNTIL", ""), "", new Zones(List.of()));
            boolean over =
                    day != null && until != null && day.isAfter(until.local().plusDays(1));
            if (day != null && !over && !day.isAfter(local) && day.isAfter(latest)) {
                latest = day;
            }
        }
        return latest;
    }

    private static @Nullable Moment plain(ContentLine line) {
        return Moment.read(new ContentLine("", Map.of(), line.value()), new Zones(List.of()));
    }

    /** When a rule such as {@code FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU} falls in a year. */
    private static @Nullable LocalDateTime yearly(Map<String, String> rule, LocalDateTime first, int year) {
        try {
            int month = Integer.parseInt(rule.getOrDefault("BYMONTH", Integer.toString(first.getMonthValue())));
            LocalDate day = LocalDate.of(year, month, 1);
            Recurrence.Weekday weekday = Recurrence.Weekday.parse(rule.getOrDefault("BYDAY", ""));
            if (weekday == null) {
                return day.withDayOfMonth(first.getDayOfMonth()).atTime(first.toLocalTime());
            }
            DayOfWeek name = weekday.day();
            String days = rule.getOrDefault("BYMONTHDAY", "");
            LocalDate date = weekday.which() == 0 && !days.isEmpty()
                    ? day.withDayOfMonth(Integer.parseInt(days.split(",", 2)[0].strip()))
                            .with(TemporalAdjusters.nextOrSame(name))
                    : day.with(TemporalAdjusters.dayOfWeekInMonth(weekday.which() == 0 ? 1 : weekday.which(), name));
            return date.atTime(first.toLocalTime());
        } catch (DateTimeException | NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable ZoneOffset utcOffset(String written) {
        String text = written.strip().toUpperCase(Locale.ROOT);
        try {
            int sign = text.startsWith("-") ? -1 : 1;
            String digits = text.substring(text.startsWith("+") || text.startsWith("-") ? 1 : 0);
            int hours = Integer.parseInt(digits, 0, 2, 10);
            int minutes = Integer.parseInt(digits, 2, 4, 10);
            return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    private static Properties windows() {
        Properties names = new Properties();
        try (InputStream in = Zones.class.getResourceAsStream("windows-zones.properties")) {
            if (in != null) {
                names.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
