package org.palomar.trust;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of who sent a message. Paths start at the context root; names and domains are strangers' texts.
 *
 * @param name the display name, or empty
 * @param domain as it may be shown, or empty
 * @param checks what the operator's servers found, in words; empty when they did not tell
 * @param first whether nothing else of theirs was found, and nothing was written to them
 * @param received how many messages of theirs were found, this one counted
 * @param sent how many were written to them
 * @param more whether there may be more than were looked at
 * @param messageUrl of the message it is about
 */
public record SenderCard(
        String name,
        String address,
        String domain,
        @Nullable String verdictKey,
        List<Found> checks,
        boolean first,
        int received,
        int sent,
        boolean more,
        String mailboxSegment,
        String messageUrl,
        @Nullable String searchUrl,
        @Nullable String writeUrl) {

    public SenderCard {
        checks = List.copyOf(checks);
    }

    /**
     * What one check found.
     *
     * @param label {@code DKIM}, {@code SPF} or {@code DMARC}
     * @param key of the sentence
     * @param domain the one it is about
     * @param good whether it speaks for the message
     */
    public record Found(String label, String key, String domain, boolean good) {}
}
