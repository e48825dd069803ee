package org.palomar.trust;

import java.util.List;
import java.util.Locale;
import org.palomar.mail.HeaderField;

/**
 * The fields of a message's header that tell who sent it and what for, as they stand there.
 *
 * @param fields in their order, which tells who wrote them
 */
record Header(List<HeaderField> fields) {

    /** Of a message inside another: nobody vouches for any of it. */
    static final Header NONE = new Header(List.of());

    Header {
        fields = List.copyOf(fields);
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(HeaderField::value)
                .toList();
    }

    /** The value of a field that is there exactly once, else empty: what is signed is the lowest, what is seen the uppermost. */
    String only(String name) {
        List<String> all = all(name);
        return all.size() == 1 ? all.getFirst() : "";
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    /** Whether it came by a mailing list, which changes messages and sends them on in others' names. */
    boolean isList() {
        return has("List-Id") || precedence().equals("list");
    }

    /** Whether it went to many, or was written by a machine. */
    boolean isBulk() {
        String automatic = only("Auto-Submitted").toLowerCase(Locale.ROOT);
        return isList()
                || has("List-Unsubscribe")
                || precedence().equals("bulk")
                || precedence().equals("junk")
                || !(automatic.isEmpty() || automatic.startsWith("no"));
    }

    private String precedence() {
        return only("Precedence").toLowerCase(Locale.ROOT);
    }
}
