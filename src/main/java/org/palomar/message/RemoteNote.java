package org.palomar.message;

import org.jspecify.annotations.Nullable;

/**
 * What the page of a message says about what it would load from elsewhere.
 *
 * @param blocked whether there are pictures and none is shown
 * @param showUrl path of the page that shows them
 * @param trackers how many images that only count readers it has; they are never loaded
 * @param names whose they are, in order of appearance, the first few
 * @param trusted an address of which pictures can be shown for good, or null
 * @param message {@code segment/uidvalidity.uid}
 */
public record RemoteNote(
        boolean blocked,
        String showUrl,
        int trackers,
        String names,
        @Nullable String trusted,
        String message) {}
