package org.palomar.migration;

import java.util.Locale;

/** Where mail is brought from. */
public enum Kind {
    POP3,
    IMAP,
    FILES;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
