package org.palomar.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.palomar.contacts.Contact.Place;
import org.palomar.contacts.Contact.Use;
import org.palomar.store.Store;
import org.palomar.vcard.VCard;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contacts as rows; everything is asked for with the person it belongs to. */
final class ContactRows {

    private static final List<String> CONTACT = List.of(
            "id",
            "person",
            "uid",
            "card",
            "name",
            "initial",
            "sort_key",
            "organisation",
            "photo",
            "collected",
            "changed",
            "href",
            "etag",
            "dirty");

    private ContactRows() {}

    static List<Contact> find(JdbcClient sql, String person, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Map<String, Use>> uses = new HashMap<>();
        sql.sql(
                        "select contact, address, score, uses from contact_address where contact in (:ids) and person = :person")
                .param("ids", ids)
                .param("person", person)
                .query((row, _) -> uses.computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                        .put(row.getString(2), new Use(row.getDouble(3), row.getInt(4))))
                .list();
        return sql.sql(
                        "select id, uid, card, collected, href, etag, dirty from contact where id in (:ids) and person = :person")
                .param("ids", ids)
                .param("person", person)
                .query((row, _) -> contact(row, uses))
                .list();
    }

    private static Contact contact(ResultSet row, Map<String, Map<String, Use>> uses) throws SQLException {
        String href = row.getString("href");
        VCard card = VCard.of(row.getString("card"));
        return new Contact(
                row.getString("id"),
                row.getString("uid"),
                card == null ? VCard.empty() : card,
                row.getBoolean("collected"),
                href == null ? null : new Place(href, row.getString("etag")),
                row.getBoolean("dirty"),
                uses.getOrDefault(row.getString("id"), Map.of()));
    }

    static void add(Store store, String person, List<Contact> contacts, Instant now) {
        List<List<Object>> rows = new ArrayList<>();
        contacts.forEach(each -> rows.add(row(person, each, now)));
        insert(store, "contact", CONTACT, rows);
        addBeside(store, person, contacts);
    }

    private static void addBeside(Store store, String person, List<Contact> contacts) {
        List<List<Object>> addresses = new ArrayList<>();
        List<List<Object>> words = new ArrayList<>();
        List<List<Object>> groups = new ArrayList<>();
        for (Contact contact : contacts) {
            Set<String> keys = new LinkedHashSet<>();
            contact.addresses().forEach(each -> keys.add(ContactIndex.key(each)));
            for (String address : keys) {
                Use use = contact.uses().getOrDefault(address, new Use(0, 0));
                addresses.add(List.of(contact.id(), addresses.size(), person, address, use.score(), use.times()));
            }
            Set<String> names = ContactIndex.names(contact.card());
            names.forEach(word -> words.add(List.of(contact.id(), Folded.octets(word), 0, person)));
            ContactIndex.others(contact.card()).stream()
                    .filter(word -> !names.contains(word))
                    .forEach(word -> words.add(List.of(contact.id(), Folded.octets(word), 1, person)));
            ContactIndex.groups(contact.card()).forEach(group -> groups.add(List.of(contact.id(), group, person)));
        }
        insert(store, "contact_address", List.of("contact", "place", "person", "address", "score", "uses"), addresses);
        insert(store, "contact_word", List.of("contact", "word", "kind", "person"), words);
        insert(store, "contact_group", List.of("contact", "name", "person"), groups);
    }

    /** Writes what is known of a contact that is there. */
    static void replace(Store store, JdbcClient sql, String person, Contact contact, Instant now) {
        List<Object> row = row(person, contact, now);
        List<Object> values = new ArrayList<>(row.subList(2, row.size()));
        values.add(contact.id());
        values.add(person);
        int changed = sql.sql("update contact set " + String.join(" = ?, ", CONTACT.subList(2, CONTACT.size()))
                        + " = ? where id = ? and person = ?")
                .params(unwrapped(values))
                .update();
        if (changed == 0) {
            return;
        }
        for (String table : List.of("contact_address", "contact_word", "contact_group")) {
            sql.sql("delete from " + table + " where contact = ?")
                    .param(contact.id())
                    .update();
        }
        addBeside(store, person, List.of(contact));
    }

    static int remove(JdbcClient sql, String person, List<String> ids) {
        return ids.isEmpty()
                ? 0
                : sql.sql("delete from contact where person = :person and id in (:ids)")
                        .param("person", person)
                        .param("ids", ids)
                        .update();
    }

    private static List<Object> row(String person, Contact contact, Instant now) {
        VCard card = contact.card();
        String name = ContactIndex.cut(card.name(), 300);
        Place place = contact.place();
        return List.of(
                contact.id(),
                person,
                ContactIndex.cut(contact.uid(), 300),
                card.text(),
                name,
                Folded.initial(name),
                Folded.sortKey(name),
                ContactIndex.cut(card.organization(), 300),
                card.photo() != null,
                contact.collected(),
                Timestamp.from(now),
                place == null ? Nothing.TEXT : place.href(),
                place == null ? Nothing.TEXT : Objects.requireNonNullElse(place.etag(), Nothing.TEXT),
                contact.dirty());
    }

    /** Stands for null in lists that hold none. */
    private enum Nothing {
        TEXT
    }

    private static void insert(Store store, String table, List<String> columns, List<List<Object>> rows) {
        if (!rows.isEmpty()) {
            String values = String.join(", ", columns.stream().map(_ -> "?").toList());
            store.write(
                    "insert into " + table + " (" + String.join(", ", columns) + ") values (" + values + ")",
                    rows.stream().map(row -> unwrapped(row).toArray()).toList());
        }
    }

    private static List<?> unwrapped(List<Object> values) {
        List<Object> all = new ArrayList<>(values);
        for (int at = 0; at < all.size(); at++) {
            if (all.get(at) == Nothing.TEXT) {
                all.set(at, null);
            }
        }
        return all;
    }
}
