package org.palomar.message;

import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.calendar.EventCards;
import org.palomar.calendar.Invitation;
import org.palomar.calendar.Invitations;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.PartPath;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.palomar.signature.Seal;
import org.palomar.signature.Seals;
import org.palomar.vcard.ContactCard;
import org.palomar.vcard.Contacts;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Reads what a message has besides its letter, at no cost for one that has nothing. */
@Component
class CardReader {

    private final EventCards events;
    private final Seals seals;

    CardReader(EventCards events, Seals seals) {
        this.events = events;
        this.seals = seals;
    }

    record Read(List<Seal> seals, List<Invitation> invitations, List<ContactCard> contacts) {}

    /** Takes it out of a message just read, while the mailbox is on loan. */
    Read read(OpenMailbox open, MessageReading reading, ReadMessage message, PartPath nested) {
        return new Read(
                seals.of(
                        open,
                        message.summary().ref().uid(),
                        message.structure(),
                        nested.isRoot() ? reading.opaque() : null,
                        message.envelope(),
                        message.shown().stream().map(ReadMessage.Shown::content),
                        message.summary().arrived()),
                Invitations.of(open, reading, message, nested),
                Contacts.of(reading, message));
    }

    MessageCards shown(Read read, SignedIn person, MessagePaths paths, Reader reader) {
        return new MessageCards(
                read.seals,
                read.invitations.stream()
                        .map(each -> events.group(
                                each,
                                person,
                                paths.base(),
                                paths.nested().isRoot(),
                                uid -> paths.beside(uid).self(),
                                reader))
                        .toList(),
                read.contacts.stream()
                        .map(card -> new MessageCards.Contact(card, paths.part(card.path())))
                        .toList());
    }
}
