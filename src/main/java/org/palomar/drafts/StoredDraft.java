package org.palomar.drafts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageRef;

/**
 * A letter in work as it lies in the store.
 *
 * @param id random, chosen by the page that began it
 * @param revision from 1, one more with each change
 * @param editor the page that wrote last
 * @param turn how often it had written
 * @param content the letter as its writer understands it, or null when it was sealed with another key
 * @param discarded whether it is thrown away, and kept only so that this can be undone
 * @param copy where its copy lies in the Drafts mailbox, or null
 * @param copied the revision of that copy, 0 for one that somebody else made; {@link #CLASH} when the copy was changed elsewhere
 */
public record StoredDraft(
        String id,
        long revision,
        String editor,
        long turn,
        @Nullable String content,
        Instant changed,
        boolean discarded,
        @Nullable MessageRef copy,
        long copied) {

    static final long CLASH = -1;

    /** Whether somebody changed the copy in the Drafts mailbox, or took it away. */
    public boolean isClash() {
        return copied == CLASH;
    }
}
