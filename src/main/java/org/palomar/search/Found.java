package org.palomar.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.MessageRow;
import org.palomar.mail.MessageRef;

/**
 * A message that matches.
 *
 * @param messageId to know it again in another mailbox, or null
 */
record Found(MessageRef ref, Instant arrived, @Nullable String messageId, MessageRow row) {}
