package org.palomar.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message as a list shows it.
 *
 * @param sequence its message sequence number when it was read, from 1
 * @param arrived INTERNALDATE
 * @param size RFC822.SIZE in octets
 * @param body null when the server's BODYSTRUCTURE could not be read
 * @param preview the first words of the text (RFC 8970), or null where the server offers none
 */
public record MessageSummary(
        MessageRef ref,
        int sequence,
        Envelope envelope,
        Flags flags,
        Instant arrived,
        long size,
        @Nullable BodyStructure body,
        @Nullable String preview) {}
