package org.palomar.mail;

import org.jspecify.annotations.Nullable;

/**
 * A person as a header names them (RFC 5322 section 3.4), decoded. Values come from strangers: never trust their text.
 *
 * @param name the display name, or null
 * @param address {@code local@domain}, or whatever the header had where that should be; empty for a group name
 */
public record Address(@Nullable String name, String address) {

    /** The name when there is one, else the address. */
    public String display() {
        return name == null || name.isBlank() ? address : name;
    }
}
