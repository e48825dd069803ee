package org.palomar.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in the outbox.
 *
 * @param id the same as that of its draft
 * @param due when the next thing happens to it
 * @param made when it was handed over
 * @param attempts that failed since the state is what it is
 * @param reason message key that says why it is not further, or empty
 * @param parcel null when it was sealed with another key
 */
record OutboxRow(
        String person,
        String id,
        OutboxState state,
        Instant due,
        Instant made,
        int attempts,
        String reason,
        @Nullable Parcel parcel) {}
