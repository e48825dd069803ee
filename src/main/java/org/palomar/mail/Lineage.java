package org.palomar.mail;

import java.util.List;

/**
 * One message and what it answers (RFC 5322 section 3.6.4).
 *
 * @param references the identifiers of its References header, oldest first
 */
public record Lineage(Uid uid, Envelope envelope, List<MessageId> references) {

    public Lineage {
        references = List.copyOf(references);
    }
}
