package org.palomar.mail;

import java.util.Locale;

/**
 * One field of a message's header as it stands there (RFC 5322 section 2.2): nothing decoded, lines unfolded. Whoever sends a
 * message writes what they like into it.
 *
 * @param name in lower case
 * @param value one line of octets as ISO 8859-1, without white space around it
 */
public record HeaderField(String name, String value) {

    public HeaderField {
        name = name.toLowerCase(Locale.ROOT);
    }

    public boolean is(String other) {
        return name.equals(other.toLowerCase(Locale.ROOT));
    }
}
