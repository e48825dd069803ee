package org.palomar.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads calendars (RFC 5545) as far as they can be understood: in linear time, and never failing. */
final class CalendarText {

    /** Events beyond this are only counted. */
    static final int MOST_EVENTS = 200;

    private CalendarText() {}

    /** The events and tasks of all calendars in a text, in order. */
    static List<Event> events(String text) {
        List<Event> events = new ArrayList<>();
        for (Component calendar : Component.read(text)) {
            String method = calendar.text("METHOD").toUpperCase(Locale.ROOT);
            Zones zones = new Zones(calendar.children("VTIMEZONE").toList());
            List<Component> all = new ArrayList<>(calendar.children("VEVENT").toList());
            all.addAll(calendar.children("VTODO").toList());
            all.stream()
                    .limit(Math.max(0, MOST_EVENTS - events.size()))
                    .map(each -> Event.read(each, method, zones))
                    .forEach(events::add);
        }
        return events;
    }
}
