package org.palomar.migration;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * What became of a message of a source.
 *
 * @param item digest of what it is called there
 * @param digest of its octets
 * @param uid where it lies in {@code mailbox}, or 0
 * @param since the first UID that the mailbox could give to it
 * @param note what it says it is, where it was left out; or null
 */
record Entry(
        String item,
        State state,
        String digest,
        long octets,
        MailboxName mailbox,
        long uidValidity,
        long uid,
        long since,
        Instant at,
        String reason,
        @Nullable String note) {

    /** How far it came. */
    enum State {
        /** It is about to be stored, or was when something broke: whether it is there must be looked at. */
        INTENDED,
        /** The server took it, and what it gives back is not the same. */
        STORED,
        /** Stored, read back and the same. */
        VERIFIED,
        /** Verified, and removed where it came from. */
        REMOVED,
        /** It could not be brought; tried again next time. */
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    boolean isHere() {
        return state == State.STORED || state == State.VERIFIED || state == State.REMOVED;
    }

    Entry at(State next, long era, long where) {
        return new Entry(item, next, digest, octets, mailbox, era, where, since, at, reason, note);
    }
}
