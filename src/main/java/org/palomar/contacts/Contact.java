package org.palomar.contacts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.vcard.VCard;

/**
 * A person somebody knows.
 *
 * @param id of ours, random
 * @param uid of the card (RFC 6350 section 6.7.6)
 * @param collected from what was sent, and not yet chosen to be kept
 * @param place where it lies on the person's CardDAV server, or null
 * @param dirty whether it was changed here since it was there
 * @param uses of its addresses in lower case
 */
public record Contact(
        String id,
        String uid,
        VCard card,
        boolean collected,
        @Nullable Place place,
        boolean dirty,
        Map<String, Use> uses) {

    public Contact {
        uses = Map.copyOf(uses);
    }

    /**
     * @param href path on the server
     * @param etag of the version that is known here, or null when that is not sure
     */
    public record Place(String href, @Nullable String etag) {}

    /**
     * How often somebody was written to.
     *
     * @param score the binary logarithm of uses that are worth half as much after a month; 0 when there was none
     */
    public record Use(double score, int times) {}

    public String name() {
        return card.name();
    }

    public List<String> addresses() {
        return ContactIndex.addresses(card);
    }

    Contact with(VCard other) {
        return new Contact(id, uid, other, collected, place, dirty, uses);
    }

    /** Changed here: to be told the server, and no longer only collected. */
    Contact changed(VCard other) {
        return new Contact(id, uid, other, false, place, true, uses);
    }

    public Contact at(@Nullable Place other, boolean changed) {
        return new Contact(id, uid, card, collected, other, changed, uses);
    }
}
