package org.palomar.bench;

/** What a list shows of its mailbox while something is done with it. */
enum View {
    /** The newest messages first. */
    ARRIVAL,
    /** Messages ordered by who wrote them, from A to Z. */
    SENDER,
    /** Conversations, the one with the newest message first. */
    THREADS,
    /** As {@link #ARRIVAL}, with all messages of the mailbox selected. */
    WHOLE
}
