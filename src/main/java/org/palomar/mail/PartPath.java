package org.palomar.mail;

import java.util.regex.Pattern;

/**
 * The number of a part as in {@code BODY[1.2]} (RFC 9051 section 6.4.5.1); empty for the message itself.
 *
 * @param value numbers from 1 joined with dots, at most 100 levels
 */
public record PartPath(String value) {

    private static final Pattern FORM = Pattern.compile("|[1-9][0-9]{0,5}(\\.[1-9][0-9]{0,5}){0,99}");

    public static final PartPath ROOT = new PartPath("");

    public PartPath {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a part path");
        }
    }

    public PartPath child(int number) {
        return new PartPath(value.isEmpty() ? Integer.toString(number) : value + "." + number);
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
