package org.palomar.message;

import java.util.List;
import org.palomar.calendar.EventCard;
import org.palomar.signature.Seal;
import org.palomar.vcard.ContactCard;

/** What a page shows of a message besides its letter: how it is protected, events, contacts. */
public record MessageCards(List<Seal> seals, List<EventCard.Group> events, List<Contact> contacts) {

    public MessageCards {
        seals = List.copyOf(seals);
        events = List.copyOf(events);
        contacts = List.copyOf(contacts);
    }

    /** Whether the text cannot be shown because it is encrypted. */
    boolean encrypted() {
        return seals.stream().anyMatch(seal -> seal.verdict().encrypted());
    }

    /** @param downloadUrl path of the file it came in */
    public record Contact(ContactCard card, String downloadUrl) {}
}
