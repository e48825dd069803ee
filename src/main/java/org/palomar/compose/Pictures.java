package org.palomar.compose;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures in the text of a message being written: uploads, shown from an address of ours. */
final class Pictures {

    /** What every browser shows and no script can be in. */
    static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final Pattern URL = Pattern.compile("(?:.{0,2000}/)?compose/files/([0-9a-f]{32})");

    private Pictures() {}

    /** Relative to the editor's page, so that it does not depend on where Palomar lives. */
    static String url(Upload upload) {
        return "compose/files/" + upload.id();
    }

    /** The id of the upload that this address shows, or null for any other address. */
    static @Nullable String id(String source) {
        Matcher url = URL.matcher(source);
        return url.matches() ? url.group(1) : null;
    }
}
