package org.palomar.contacts;

import java.util.List;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.reading.MessageReading;
import org.palomar.vcard.Contacts;
import org.palomar.vcard.VCard;
import org.springframework.stereotype.Component;

/** Makes contacts of people one meets in messages. */
@Component
class CardPicker {

    private final ContactBook book;
    private final Collector known;

    CardPicker(ContactBook book, Collector known) {
        this.book = book;
        this.known = known;
    }

    /**
     * Adds the card of that name in a part of a message, one round trip; one that is here with the same address already is left as it
     * is.
     *
     * @param name as it was shown; all cards of the part when none is called so
     * @return the ids of those added
     */
    List<String> fromPart(String person, MailSession session, MessageRef ref, PartPath part, String name) {
        List<VCard> cards = session.examine(ref.mailbox(), open -> Contacts.whole(MessageReading.of(open, ref), part));
        List<VCard> named =
                cards.stream().filter(card -> card.name().equals(name)).toList();
        return book.add(
                person,
                (named.isEmpty() ? cards : named)
                        .stream()
                                .filter(card -> ContactIndex.addresses(card).stream()
                                                .noneMatch(each -> known.knows(person, each))
                                        || ContactIndex.addresses(card).isEmpty())
                                .toList(),
                false);
    }

    /** Adds who is called so; one that was collected is kept. */
    boolean fromHeader(String person, Address who) {
        if (!ContactIndex.isAddress(who.address()) || known.isKept(person, who.address())) {
            return false;
        }
        List<String> collected = known.collected(person, who.address());
        if (collected.isEmpty()) {
            book.add(person, Collector.card(who));
        } else {
            book.changeAll(person, collected, card -> card);
        }
        return true;
    }
}
