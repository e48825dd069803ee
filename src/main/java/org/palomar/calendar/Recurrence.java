package org.palomar.calendar;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an event repeats, as far as it can be said in words (RFC 5545 section 3.3.10). No dates are ever computed from it.
 *
 * @param every days, weeks, months or years between two
 * @param days weekdays of a week, or the one of a month; empty when not said
 * @param monthDay of a month, or 0; negative from its end
 * @param month of a year, or 0
 * @param count how often in all, or 0
 * @param until the last day, or null
 */
record Recurrence(
        Frequency frequency,
        int every,
        List<Weekday> days,
        int monthDay,
        int month,
        int count,
        @Nullable Moment until) {

    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    Recurrence {
        days = List.copyOf(days);
    }

    /** @param which first, second … of its month, negative from its end; 0 for every one */
    record Weekday(int which, DayOfWeek day) {

        static @Nullable Weekday parse(String text) {
            String written = text.strip().toUpperCase(Locale.ROOT);
            if (written.length() < 2 || written.length() > 5) {
                return null;
            }
            int day = DAYS.indexOf(written.substring(written.length() - 2));
            try {
                String number = written.substring(0, written.length() - 2).replace("+", "");
                int which = number.isEmpty() ? 0 : Integer.parseInt(number);
                return day < 0 || Math.abs(which) > 5 ? null : new Weekday(which, DayOfWeek.of(day + 1));
            } catch (NumberFormatException _) {
                return null;
            }
        }
    }

    /** The parts of a rule by upper-case name. */
    static Map<String, String> parts(String rule) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.split(";", 30)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }

    /** Reads a rule; null when it says more than can be put in words. */
    static @Nullable Recurrence read(String rule, Zones zones) {
        Map<String, String> parts = new HashMap<>(parts(rule));
        try {
            Frequency frequency =
                    Frequency.valueOf(parts.getOrDefault("FREQ", "").toUpperCase(Locale.ROOT));
            int every = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
            int count = Integer.parseInt(parts.getOrDefault("COUNT", "0"));
            int monthDay = Integer.parseInt(parts.getOrDefault("BYMONTHDAY", "0"));
            int month = Integer.parseInt(parts.getOrDefault("BYMONTH", "0"));
            int position = Integer.parseInt(parts.getOrDefault("BYSETPOS", "0"));
            List<Weekday> days = new ArrayList<>();
            for (String day : parts.getOrDefault("BYDAY", "").split(",", 30)) {
                Weekday weekday = day.isBlank() ? null : Weekday.parse(day);
                if (weekday == null && !day.isBlank()) {
                    return null;
                }
                if (weekday != null) {
                    days.add(weekday);
                }
            }
            if (position != 0 && days.size() == 1 && days.getFirst().which() == 0) {
                days.set(0, new Weekday(position, days.getFirst().day()));
                parts.remove("BYSETPOS");
            }
            parts.keySet()
                    .removeAll(List.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"));
            Moment until = Moment.read(parts(rule).getOrDefault("UNTIL", ""), "", zones);
            Recurrence read = new Recurrence(frequency, every, days, monthDay, month, count, until);
            return parts.isEmpty() && read.plain() ? read : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private boolean plain() {
        boolean whole = every >= 1 && every <= 999 && count >= 0 && month >= 0 && month <= 12;
        boolean sayable = Math.abs(monthDay) <= 31 && monthDay >= -1;
        return whole
                && sayable
                && switch (frequency) {
                    case DAILY, WEEKLY ->
                        monthDay == 0
                                && month == 0
                                && (frequency == Frequency.WEEKLY || days.isEmpty() || every == 1)
                                && days.stream().allMatch(day -> day.which() == 0);
                    case MONTHLY -> month == 0 && ofMonth() && (days.isEmpty() || monthDay == 0);
                    case YEARLY -> ofMonth() && (days.isEmpty() || (monthDay == 0 && month > 0));
                };
    }

    private boolean ofMonth() {
        return days.isEmpty()
                || (days.size() == 1
                        && days.getFirst().which() >= -1
                        && days.getFirst().which() != 0);
    }
}
