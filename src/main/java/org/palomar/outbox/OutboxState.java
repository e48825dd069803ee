package org.palomar.outbox;

import java.util.Locale;

/** How far a message in the outbox is. */
public enum OutboxState {
    /** Goes as soon as it can no longer be taken back. */
    WAITING,
    /** Goes at a time that its writer chose. */
    SCHEDULED,
    /** The server took it for nobody, for now; it is tried again. */
    RETRYING,
    /** Its octets are on the wire, or were when the process ended. */
    SENDING,
    /** It was handed over, and no answer came: nobody but its writer decides what happens next. */
    UNKNOWN,
    /** The server took it; its copy is not in Sent yet. */
    SENT,
    /** It was not sent, and is a draft again. */
    FAILED,
    /** Nothing is left to do; remembered for some days, so that the same letter is not sent once more by a stale page. */
    DONE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OutboxState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
