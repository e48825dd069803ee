package org.palomar.html;

/**
 * References to other servers found in a message.
 *
 * @param images images, also those of style sheets and backgrounds
 * @param other everything that is never loaded: style sheets, fonts, frames, media
 */
public record RemoteContent(int images, int other) {

    public static final RemoteContent NONE = new RemoteContent(0, 0);

    public RemoteContent {
        if (images < 0 || other < 0) {
            throw new IllegalArgumentException("a count is not negative");
        }
    }

    /** Whether the message refers to any other server. */
    public boolean any() {
        return images > 0 || other > 0;
    }
}
