package org.palomar.contacts;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.contacts.Contact.Place;
import org.palomar.store.Store;
import org.palomar.vcard.VCard;
import org.springframework.stereotype.Component;

/** What keeping in step with a server needs to know and to write down. Safe for use by many threads; throws as {@link ContactBook} does. */
@Component
public class ContactSync {

    private final Store store;
    private final ContactBook book;
    private final Clock clock;

    ContactSync(Store store, ContactBook book, Clock clock) {
        this.store = store;
        this.book = book;
        this.clock = clock;
    }

    /** What is known of a card on the server. */
    public record Known(String id, @Nullable String etag) {}

    /** Deleted here. */
    public record Gone(String href, @Nullable String etag) {}

    /** Everything known to lie on the server, by its path. */
    public Map<String, Known> known(String person) {
        Map<String, Known> known = new HashMap<>();
        store.with(sql -> sql.sql("select href, id, etag from contact where person = :person and href is not null")
                .param("person", person)
                .query((row, _) -> {
                    known.put(row.getString(1), new Known(row.getString(2), row.getString(3)));
                    return true;
                })
                .list());
        return known;
    }

    /** Ids of what changed here since it was on the server, or never was there. */
    public List<String> dirty(String person) {
        return store.with(sql -> sql.sql("select id from contact where person = :person and not collected"
                        + " and (dirty or href is null) order by id")
                .param("person", person)
                .query(String.class)
                .list());
    }

    public List<Gone> gone(String person) {
        return store.with(sql -> sql.sql("select href, etag from contact_gone where person = :person order by href")
                .param("person", person)
                .query((row, _) -> new Gone(row.getString(1), row.getString(2)))
                .list());
    }

    /** It need not be deleted on the server any more. */
    public void buried(String person, String href) {
        store.with(sql -> sql.sql("delete from contact_gone where person = :person and href = :href")
                .param("person", person)
                .param("href", href)
                .update());
    }

    /** One that is not known to lie on the server, by its UID. */
    public Optional<Contact> strayed(String person, String uid) {
        List<String> ids = store.with(
                sql -> sql.sql("select id from contact where person = :person and uid = :uid and href is null")
                        .param("person", person)
                        .param("uid", uid)
                        .query(String.class)
                        .list());
        return ids.stream().findFirst().flatMap(id -> book.find(person, id));
    }

    /** A card came from the server that is new here. */
    public void arrived(String person, VCard card, Place place) {
        Contact contact = new Contact(
                ContactBook.newId(),
                card.uid().isEmpty() ? place.href() : card.uid(),
                card,
                false,
                place,
                false,
                Map.of());
        store.inTransaction(sql -> {
            ContactRows.add(store, person, List.of(contact), clock.instant());
            return true;
        });
    }

    /**
     * Writes down what the server has, unless it changed here since it was read.
     *
     * @return false when it did, and nothing was written
     */
    public boolean replaced(String person, Contact read, VCard card, Place place) {
        return store.inTransaction(sql -> {
            List<Contact> now = ContactRows.find(sql, person, List.of(read.id()));
            if (now.isEmpty() || !now.getFirst().card().equals(read.card())) {
                return false;
            }
            Contact there = now.getFirst();
            ContactRows.replace(
                    store,
                    sql,
                    person,
                    new Contact(there.id(), there.uid(), card, false, place, false, there.uses()),
                    clock.instant());
            return true;
        });
    }

    /** The server took it; it stays dirty when it changed here meanwhile. */
    public void sent(String person, Contact sent, Place place) {
        store.inTransaction(sql -> {
            List<Contact> now = ContactRows.find(sql, person, List.of(sent.id()));
            if (now.isEmpty()) {
                // Deleted while it was sent.
                return sql.sql("insert into contact_gone (person, href, etag) values (:person, :href, :etag)")
                        .param("person", person)
                        .param("href", place.href())
                        .param("etag", place.etag())
                        .update();
            }
            boolean same = now.getFirst().card().equals(sent.card());
            return sql.sql(
                            "update contact set href = :href, etag = :etag, dirty = :dirty where id = :id and person = :person")
                    .param("href", place.href())
                    .param("etag", place.etag())
                    .param("dirty", !same)
                    .param("id", sent.id())
                    .param("person", person)
                    .update();
        });
    }

    /** It is not on the server any more, and is to be put there anew. */
    public void uprooted(String person, String id) {
        store.with(sql -> sql.sql(
                        "update contact set href = null, etag = null, dirty = true where id = :id and person = :person")
                .param("id", id)
                .param("person", person)
                .update());
    }

    /** The server deleted it. */
    public void dropped(String person, String id) {
        store.inTransaction(sql -> ContactRows.remove(sql, person, List.of(id)));
    }

    /** Keeps a version that lost against the server's as a contact of its own. */
    public void keepCopy(String person, VCard card) {
        book.add(person, card.with("UID", List.of()));
    }

    /** Forgets the server: contacts stay, and would be new to another one. */
    public void detach(String person) {
        store.inTransaction(sql -> {
            sql.sql("delete from contact_gone where person = :person")
                    .param("person", person)
                    .update();
            return sql.sql(
                            "update contact set href = null, etag = null, dirty = true where person = :person and href is not null")
                    .param("person", person)
                    .update();
        });
    }

    public Optional<Contact> find(String person, String id) {
        return book.find(person, id);
    }
}
