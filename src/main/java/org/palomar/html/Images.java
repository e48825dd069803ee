package org.palomar.html;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the references to images in a message are written.
 *
 * @param cid gives for a Content-ID (lower case, without brackets) the URL of that part relative to the page, or null
 *     when the message has no such part; must be a pure function
 * @param remoteAllowed whether images at http and https URLs stay; else they are counted and a placeholder stands there
 */
public record Images(Function<String, @Nullable String> cid, boolean remoteAllowed) {

    /** No inline parts and nothing remote. */
    public static Images none() {
        return new Images(Images::absent, false);
    }

    private static @Nullable String absent(String contentId) {
        return null;
    }
}
