package org.palomar.settings;

import java.util.Locale;

/** When pictures from elsewhere are shown. */
public enum PicturePolicy {
    /** When asked for, and from senders chosen before. */
    ASK,

    /** Also from those who are among the contacts. */
    KNOWN,

    ALWAYS;

    /** As it is stored and sent by a form; anything else is the careful choice. */
    static PicturePolicy of(String word) {
        return switch (word) {
            case "always" -> ALWAYS;
            case "known" -> KNOWN;
            default -> ASK;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
