package org.palomar.vcard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.PartPath;

/**
 * A person or organization as a contact file describes them; every text is a stranger's and never HTML.
 *
 * @param path the part it came in
 * @param name never empty
 * @param role title and organization, or empty
 * @param photo a {@code data:} URL of a raster image that lay in the file, or null
 */
public record ContactCard(
        PartPath path,
        String name,
        String role,
        List<Line> lines,
        @Nullable String photo) {

    public ContactCard {
        lines = List.copyOf(lines);
    }

    /**
     * One thing known of them.
     *
     * @param kind {@code email}, {@code phone}, {@code address}, {@code web} or {@code note}
     */
    public record Line(String kind, String value) {}
}
