package org.palomar.calendar;

import java.util.Locale;
import org.palomar.mime.ContentLine;

/**
 * An organizer or attendee (RFC 5545 section 3.8.4.1).
 *
 * @param name as given, or the address
 * @param address without {@code mailto:}; empty when it is no mail address
 * @param state PARTSTAT in lower case, {@code needs-action} when not said
 * @param optional whether taking part is optional, or it is a room or another thing
 */
public record Party(String name, String address, String state, boolean optional) {

    static Party read(ContentLine line) {
        // Some write a quotation mark too few, which leaves two addresses in the value.
        String value = line.value().strip();
        int mailto = value.toLowerCase(Locale.ROOT).lastIndexOf("mailto:");
        String address = clean(mailto < 0 ? value : value.substring(mailto + "mailto:".length()));
        boolean mail = address.indexOf('@') > 0 && address.chars().noneMatch(Character::isWhitespace);
        String name = clean(line.parameter("CN"));
        String role = line.parameter("ROLE").toUpperCase(Locale.ROOT);
        String state = line.parameter("PARTSTAT").toLowerCase(Locale.ROOT);
        return new Party(
                name.isEmpty() ? address : name,
                mail ? address : "",
                state.isEmpty() ? "needs-action" : state,
                role.equals("OPT-PARTICIPANT") || role.equals("NON-PARTICIPANT"));
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().filter(c -> !Character.isISOControl(c)).limit(300).forEach(clean::appendCodePoint);
        return clean.toString().replace("\\,", ",").replace("\\;", ";").strip();
    }

    boolean is(String other) {
        return !address.isEmpty() && address.equalsIgnoreCase(other);
    }
}
