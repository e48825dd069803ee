package org.palomar.imap.angus;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response code (RFC 9051 section 7.1).
 *
 * @param name upper case, without brackets
 * @param arguments what follows the name, may be empty
 */
record ResponseCode(String name, String arguments) {

    /** The code at the start of {@code text}, or null. */
    static @Nullable ResponseCode find(String text) {
        int end = text.indexOf(']');
        if (!text.startsWith("[") || end < 0) {
            return null;
        }
        String inside = text.substring(1, end);
        int space = inside.indexOf(' ');
        return space < 0
                ? new ResponseCode(inside.toUpperCase(Locale.ROOT), "")
                : new ResponseCode(
                        inside.substring(0, space).toUpperCase(Locale.ROOT),
                        inside.substring(space + 1).strip());
    }

    boolean is(String other) {
        return name.equals(other);
    }

    /** The argument as a number, or -1. */
    long number() {
        try {
            return Long.parseLong(arguments);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
