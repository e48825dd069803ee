package org.palomar.contacts.dav;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.contacts.Contact;
import org.palomar.contacts.Contact.Place;
import org.palomar.contacts.ContactSync;
import org.palomar.contacts.ContactSync.Gone;
import org.palomar.contacts.ContactSync.Known;
import org.palomar.contacts.dav.AddressBook.Tally;
import org.palomar.contacts.dav.DavClient.Changes;
import org.palomar.contacts.dav.DavClient.Stored;
import org.palomar.vcard.VCard;

/**
 * Brings one person's contacts and their address book in step. Each card is written down by itself and with its ETag, so that whatever
 * is interrupted goes on where it was and doubles nothing. Where both sides changed a card, the server's version stays under its name
 * and ours becomes a contact of its own. For one thread.
 */
final class Synchronizer {

    /** Rounds of a server that tells its changes in pieces. */
    private static final int ROUNDS = 1_000;

    private final ContactSync contacts;
    private final DavClient client;
    private final String person;
    private final String book;
    private final Tokens tokens;

    private int came;
    private int sent;
    private int deleted;
    private int collided;

    /** Where the state up to which everything is known is written down. */
    @FunctionalInterface
    interface Tokens {
        void keep(String token);
    }

    Synchronizer(ContactSync contacts, DavClient client, String person, String book, Tokens tokens) {
        this.contacts = contacts;
        this.client = client;
        this.person = person;
        this.book = book;
        this.tokens = tokens;
    }

    /** What was done so far, also when it failed. */
    Tally tally() {
        return new Tally(came, sent, deleted, collided);
    }

    void run(String token) throws DavException {
        fetch(token);
        bury();
        send();
    }

    private void fetch(String from) throws DavException {
        String token = from;
        for (int round = 0; round < ROUNDS; round++) {
            Changes changes = client.changes(book, token);
            Map<String, Known> known = contacts.known(person);
            take(changed(changes.there(), known));
            List<String> gone = new ArrayList<>(changes.gone());
            if (changes.whole()) {
                known.keySet().stream()
                        .filter(path ->
                                path.startsWith(book) && !changes.there().containsKey(path))
                        .forEach(gone::add);
            }
            for (String path : gone) {
                Known here = known.get(path);
                if (here != null) {
                    dropped(here.id());
                }
                contacts.buried(person, path);
            }
            token = changes.token();
            tokens.keep(token);
            if (!changes.more() || token.isEmpty()) {
                return;
            }
        }
    }

    private static List<String> changed(Map<String, String> there, Map<String, Known> known) {
        return there.entrySet().stream()
                .filter(each -> {
                    Known here = known.get(each.getKey());
                    return here == null || !each.getValue().equals(here.etag());
                })
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private void take(List<String> paths) throws DavException {
        for (int from = 0; from < paths.size(); from += DavClient.BATCH) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + DavClient.BATCH));
            Map<String, Stored> cards = client.cards(book, some);
            Map<String, Known> known = contacts.known(person);
            Map<String, Gone> gone = new HashMap<>();
            contacts.gone(person).forEach(each -> gone.put(each.href(), each));
            for (String path : some) {
                Stored stored = cards.get(path);
                if (stored != null) {
                    take(path, stored, known.get(path), gone.get(path));
                }
            }
        }
    }

    private void take(String path, Stored stored, @Nullable Known known, @Nullable Gone gone) {
        if (gone != null && stored.etag() != null && stored.etag().equals(gone.etag())) {
            // Deleted here and unchanged there: it is about to be deleted.
            return;
        }
        Place place = new Place(path, stored.etag());
        Optional<Contact> here = known == null
                ? contacts.strayed(
                        person,
                        stored.card().uid().isEmpty() ? path : stored.card().uid())
                : contacts.find(person, known.id());
        if (here.isEmpty()) {
            // Also one that was deleted here, and changed there since: what somebody wrote there is not thrown away.
            contacts.buried(person, path);
            contacts.arrived(person, stored.card(), place);
            came++;
            return;
        }
        merge(here.get(), stored.card(), place);
    }

    private void merge(Contact here, VCard theirs, Place place) {
        boolean changed = here.dirty() || here.place() == null;
        boolean collides = changed && !here.collected() && !here.card().says(theirs);
        if (collides) {
            // First the copy: whatever is interrupted now, both versions are there.
            contacts.keepCopy(person, here.card());
        }
        if (contacts.replaced(person, here, theirs, place)) {
            collided += collides ? 1 : 0;
            came += !collides && !here.card().says(theirs) ? 1 : 0;
        }
    }

    private void dropped(String id) {
        Optional<Contact> here = contacts.find(person, id);
        if (here.isPresent() && here.get().dirty()) {
            contacts.uprooted(person, id);
            collided++;
        } else if (here.isPresent()) {
            contacts.dropped(person, id);
            deleted++;
        }
    }

    private void bury() throws DavException {
        for (Gone gone : contacts.gone(person)) {
            if (!gone.href().startsWith(book)) {
                contacts.buried(person, gone.href());
                continue;
            }
            try {
                client.delete(gone.href(), gone.etag());
                contacts.buried(person, gone.href());
                deleted++;
            } catch (DavException e) {
                if (e.status() != 412) {
                    throw e;
                }
                // It changed there since: it comes back.
                contacts.buried(person, gone.href());
                take(List.of(gone.href()));
            }
        }
    }

    private void send() throws DavException {
        for (String id : contacts.dirty(person)) {
            Contact contact = contacts.find(person, id).orElse(null);
            if (contact != null) {
                send(contact);
            }
        }
    }

    private void send(Contact contact) throws DavException {
        Place place = contact.place();
        String path = place == null ? book + name(contact) + ".vcf" : place.href();
        String etag = place == null ? null : place.etag();
        try {
            String now = client.put(path, contact.card(), etag);
            contacts.sent(person, contact, new Place(path, now == null ? etagOf(path) : now));
            sent++;
        } catch (DavException e) {
            switch (e.status()) {
                case 412 -> met(contact, path);
                case 404, 410 -> {
                    // With its ETag: it was deleted there while it changed here, and what changed here is kept.
                    contacts.uprooted(person, contact.id());
                    collided++;
                }
                default -> throw e;
            }
        }
    }

    /** Something else lies there: the answer to an earlier attempt that was lost, or what somebody else wrote. */
    private void met(Contact contact, String path) throws DavException {
        Stored there = client.cards(book, List.of(path)).get(path);
        if (there == null) {
            contacts.uprooted(person, contact.id());
        } else {
            merge(contact.at(contact.place(), true), there.card(), new Place(path, there.etag()));
        }
    }

    private @Nullable String etagOf(String path) throws DavException {
        Stored there = client.cards(book, List.of(path)).get(path);
        return there == null ? null : there.etag();
    }

    /** The UID where it is a plain name, else our own id: either is the same at each attempt. */
    private static String name(Contact contact) {
        return contact.uid().matches("[A-Za-z0-9-]{8,100}") ? contact.uid() : contact.id();
    }
}
