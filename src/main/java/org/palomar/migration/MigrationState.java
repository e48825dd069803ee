package org.palomar.migration;

import java.util.Locale;

/** How far a migration is. */
public enum MigrationState {
    /** For its turn, or for a server that was away. */
    WAITING,
    RUNNING,
    /** By the person, or because only the person can help. */
    PAUSED,
    DONE,
    CANCELLED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MigrationState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing more happens to it by itself. */
    boolean isOver() {
        return this == DONE || this == CANCELLED;
    }
}
