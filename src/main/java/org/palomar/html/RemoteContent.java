package org.palomar.html;

import java.util.List;

/**
 * References to other servers found in a message.
 *
 * @param images images, also those of style sheets and backgrounds, but no trackers
 * @param other everything that is never loaded: style sheets, fonts, frames, media
 * @param trackers who would have learnt that the message is read: a host for each image that shows nothing or is known to count
 *     readers, ASCII, as often as it was found. They are never loaded
 */
public record RemoteContent(int images, int other, List<String> trackers) {

    public static final RemoteContent NONE = new RemoteContent(0, 0, List.of());

    public RemoteContent {
        if (images < 0 || other < 0) {
            throw new IllegalArgumentException("a count is not negative");
        }
        trackers = List.copyOf(trackers);
    }

    /** Whether the message refers to any other server. */
    public boolean any() {
        return images > 0 || other > 0 || !trackers.isEmpty();
    }
}
