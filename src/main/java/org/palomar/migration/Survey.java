package org.palomar.migration;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is before anything happens.
 *
 * @param octets together, or -1
 * @param oldest when it was received, or null
 * @param mailboxes those of an IMAP server, else none
 */
public record Survey(
        long messages,
        long octets,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        List<Place> mailboxes) {

    public Survey {
        mailboxes = List.copyOf(mailboxes);
    }

    /**
     * A mailbox there.
     *
     * @param to where it would lie here
     */
    public record Place(String from, String to, long messages) {}
}
