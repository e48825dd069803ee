package org.palomar.drafts;

/** What became of a letter that was to be saved. */
public sealed interface Saved {

    /** It is in the store. */
    record Kept(long revision) implements Saved {}

    /** Another page or another program changed it since; nothing was stored. */
    record Clash(StoredDraft other) implements Saved {}

    /** It was sent, is on its way, or was thrown away; nothing was stored. */
    record Gone() implements Saved {}
}
