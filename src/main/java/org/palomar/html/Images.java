package org.palomar.html;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the references to images in a message are written.
 *
 * @param cid gives for a Content-ID (lower case, without brackets) the URL of that part relative to the page, or null
 *     when the message has no such part; must be a pure function
 * @param remote gives for an http or https URL in a safe form the URL of our own that stands for it, or null when it is not
 *     shown and a placeholder stands there; must be a pure function
 */
public record Images(Function<String, @Nullable String> cid, Function<String, @Nullable String> remote) {

    /** No inline parts and nothing remote. */
    public static Images none() {
        return hidden(Images::absent);
    }

    /** Nothing remote. */
    public static Images hidden(Function<String, @Nullable String> cid) {
        return new Images(cid, Images::absent);
    }

    private static @Nullable String absent(String reference) {
        return null;
    }
}
