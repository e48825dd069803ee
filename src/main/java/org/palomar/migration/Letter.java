package org.palomar.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;

/**
 * What a source says of a message besides its octets.
 *
 * @param flags null where it knows of none
 * @param arrived null where it does not say
 */
public record Letter(@Nullable Flags flags, @Nullable Instant arrived) {

    public static final Letter BARE = new Letter(null, null);
}
