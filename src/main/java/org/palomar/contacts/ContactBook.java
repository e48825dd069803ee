package org.palomar.contacts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.palomar.store.Store;
import org.palomar.vcard.VCard;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The contacts of each person, and everything that changes them. Ids of another person's contacts are as good as none. Safe for use by
 * many threads.
 *
 * <p>Everything throws {@link org.palomar.store.StoreException} when the store cannot be used; then nothing was changed.
 */
@Component
public class ContactBook {

    /** Contacts of one person. */
    public static final int MOST = 100_000;

    /** Contacts that are written in one transaction, and asked for in one statement. */
    public static final int BATCH = 200;

    private final Store store;
    private final Clock clock;

    ContactBook(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** There is no room for more contacts. */
    public static final class FullException extends RuntimeException {
        FullException() {
            super("no room for more contacts");
        }
    }

    /** How everything that was changed was before. */
    record Before(List<Contact> contacts, List<String> made) {

        Before {
            contacts = List.copyOf(contacts);
            made = List.copyOf(made);
        }
    }

    public Optional<Contact> find(String person, String id) {
        return find(person, List.of(id)).stream().findFirst();
    }

    public List<Contact> find(String person, List<String> ids) {
        return store.with(sql -> ContactRows.find(sql, person, ids.subList(0, Math.min(ids.size(), BATCH))));
    }

    public int count(String person) {
        return store.with(sql -> count(sql, person));
    }

    private static int count(JdbcClient sql, String person) {
        return sql.sql("select count(*) from contact where person = :person")
                .param("person", person)
                .query(Integer.class)
                .single();
    }

    /**
     * Adds contacts, up to {@value #BATCH} in one transaction.
     *
     * @return their ids
     * @throws FullException when there is no room for all of them; then none is added
     */
    List<String> add(String person, List<VCard> cards, boolean collected) {
        List<Contact> contacts =
                cards.stream().map(card -> made(card, collected)).toList();
        for (int from = 0; from < contacts.size(); from += BATCH) {
            List<Contact> some = contacts.subList(from, Math.min(contacts.size(), from + BATCH));
            store.inTransaction(sql -> {
                if (count(sql, person) + some.size() > MOST) {
                    throw new FullException();
                }
                ContactRows.add(store, person, some, clock.instant());
                return true;
            });
        }
        return contacts.stream().map(Contact::id).toList();
    }

    public String add(String person, VCard card) {
        return add(person, List.of(card), false).getFirst();
    }

    private static Contact made(VCard card, boolean collected) {
        String uid = card.uid();
        VCard whole = card;
        if (uid.isEmpty() || uid.length() > 300) {
            uid = UUID.randomUUID().toString();
            whole = card.with("UID", uid);
        }
        return new Contact(newId(), uid, whole, collected, null, !collected, Map.of());
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Changes one; what it was before, or empty when it is not there. */
    Optional<Before> change(String person, String id, UnaryOperator<VCard> change) {
        Before before = changeAll(person, List.of(id), change);
        return before.contacts.isEmpty() ? Optional.empty() : Optional.of(before);
    }

    /** Changes those that are there and would be different. A collected one that is changed is kept. */
    Before changeAll(String person, Collection<String> ids, UnaryOperator<VCard> change) {
        List<Contact> before = new ArrayList<>();
        for (List<String> some : batches(ids)) {
            store.inTransaction(sql -> {
                for (Contact contact : ContactRows.find(sql, person, some)) {
                    Contact after = contact.changed(change.apply(contact.card()));
                    before.add(contact);
                    if (contact.collected() || !after.card().equals(contact.card())) {
                        ContactRows.replace(store, sql, person, after, clock.instant());
                    }
                }
                return true;
            });
        }
        return new Before(before, List.of());
    }

    Before remove(String person, Collection<String> ids) {
        List<Contact> before = new ArrayList<>();
        for (List<String> some : batches(ids)) {
            store.inTransaction(sql -> {
                List<Contact> contacts = ContactRows.find(sql, person, some);
                contacts.forEach(contact -> bury(sql, person, contact));
                ContactRows.remove(
                        sql, person, contacts.stream().map(Contact::id).toList());
                return before.addAll(contacts);
            });
        }
        return new Before(before, List.of());
    }

    /** Remembers to delete it on the server. */
    private static void bury(JdbcClient sql, String person, Contact contact) {
        Contact.Place place = contact.place();
        if (place == null) {
            return;
        }
        exhume(sql, person, place.href());
        sql.sql("insert into contact_gone (person, href, etag) values (:person, :href, :etag)")
                .param("person", person)
                .param("href", place.href())
                .param("etag", place.etag())
                .update();
    }

    private static int exhume(JdbcClient sql, String person, String href) {
        return sql.sql("delete from contact_gone where person = :person and href = :href")
                .param("person", person)
                .param("href", href)
                .update();
    }

    /** Makes one out of several: the first is given the card, the others go. */
    Before merge(String person, List<String> ids, VCard card) {
        return store.inTransaction(sql -> {
            List<Contact> contacts = ContactRows.find(sql, person, ids);
            Map<String, Contact> byId = new LinkedHashMap<>();
            contacts.forEach(each -> byId.put(each.id(), each));
            Contact first = byId.get(ids.getFirst());
            if (first == null || byId.size() < 2) {
                return new Before(List.of(), List.of());
            }
            List<Contact> others = contacts.stream()
                    .filter(each -> !each.id().equals(first.id()))
                    .toList();
            others.forEach(each -> bury(sql, person, each));
            ContactRows.remove(sql, person, others.stream().map(Contact::id).toList());
            Map<String, Contact.Use> uses = new LinkedHashMap<>();
            contacts.forEach(each -> each.uses()
                    .forEach((address, use) -> uses.merge(
                            address,
                            use,
                            (a, b) -> new Contact.Use(Math.max(a.score(), b.score()), a.times() + b.times()))));
            ContactRows.replace(
                    store,
                    sql,
                    person,
                    new Contact(first.id(), first.uid(), card, false, first.place(), true, uses),
                    clock.instant());
            return new Before(contacts, List.of());
        });
    }

    /** Puts everything back; how many contacts. */
    int restore(String person, Before before) {
        remove(person, before.made);
        int restored = 0;
        for (int from = 0; from < before.contacts.size(); from += BATCH) {
            List<Contact> some = before.contacts.subList(from, Math.min(before.contacts.size(), from + BATCH));
            restored += store.inTransaction(sql -> {
                some.forEach(contact -> restore(sql, person, contact));
                return some.size();
            });
        }
        return restored;
    }

    private void restore(JdbcClient sql, String person, Contact contact) {
        Optional<Contact> there =
                ContactRows.find(sql, person, List.of(contact.id())).stream().findFirst();
        if (there.isPresent()) {
            // The server may have a newer version by now: that it changed again is told from the one known here.
            Contact now = there.get();
            boolean told = !contact.collected() || now.place() != null;
            ContactRows.replace(
                    store,
                    sql,
                    person,
                    new Contact(
                            contact.id(),
                            contact.uid(),
                            contact.card(),
                            contact.collected(),
                            now.place(),
                            told,
                            contact.uses()),
                    clock.instant());
            return;
        }
        Contact.Place place = contact.place();
        boolean buried = place != null && exhume(sql, person, place.href()) > 0;
        Contact back = contact.at(buried ? place : null, contact.dirty() || (!buried && !contact.collected()));
        ContactRows.add(store, person, List.of(back), clock.instant());
    }

    static List<List<String>> batches(Collection<String> ids) {
        List<String> all = ids.stream().distinct().toList();
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }
}
