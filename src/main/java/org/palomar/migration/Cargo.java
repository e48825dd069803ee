package org.palomar.migration;

import org.jspecify.annotations.Nullable;

/**
 * One message between source and mailbox.
 *
 * @param failure why it cannot be read, or null
 */
record Cargo(
        Item item,
        Spooled spooled,
        String digest,
        Letter letter,
        @Nullable SourceException failure) {}
