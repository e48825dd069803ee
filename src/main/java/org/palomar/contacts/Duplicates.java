package org.palomar.contacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palomar.store.Store;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;
import org.springframework.stereotype.Component;

/** Finds contacts that are likely the same person, and makes one of them. Throws as {@link ContactBook} does. */
@Component
class Duplicates {

    /** Groups of the same person on a page. */
    static final int MOST = 20;

    private static final int MOST_OF_ONE = 10;

    private final Store store;
    private final ContactBook book;

    Duplicates(Store store, ContactBook book) {
        this.store = store;
        this.book = book;
    }

    /** @param merged what becomes of them */
    record Likely(List<Contact> contacts, VCard merged) {}

    /**
     * Contacts with an address in common; and with the same name but for case and accents, those that share an address with nobody:
     * else one shared address would draw everybody together who is called like one of them. The first {@value #MOST}.
     */
    List<Likely> of(String person) {
        Map<String, String> parent = new HashMap<>();
        pairs(
                person,
                "select address, contact from contact_address where person = :person and address in (select address"
                        + " from contact_address where person = :person group by address having count(distinct contact) > 1)",
                parent);
        pairs(
                person,
                "select sort_key, id from contact where person = :person and sort_key in (select sort_key from contact"
                        + " where person = :person group by sort_key having count(*) > 1)",
                parent);
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        parent.keySet().stream()
                .sorted()
                .forEach(id -> sets.computeIfAbsent(root(parent, id), _ -> new LinkedHashSet<>())
                        .add(id));
        return sets.values().stream()
                .filter(ids -> ids.size() > 1)
                .limit(MOST)
                .map(ids -> ordered(
                        book.find(person, ids.stream().limit(MOST_OF_ONE).toList())))
                .filter(contacts -> contacts.size() > 1)
                .map(contacts -> new Likely(contacts, merged(contacts)))
                .toList();
    }

    private void pairs(String person, String query, Map<String, String> parent) {
        Map<String, String> first = new HashMap<>();
        Set<String> before = Set.copyOf(parent.keySet());
        store.with(sql -> sql.sql(query)
                .param("person", person)
                .query((row, _) -> {
                    String key = java.util.HexFormat.of().formatHex(row.getBytes(1));
                    String id = row.getString(2);
                    if (before.contains(id)) {
                        return false;
                    }
                    String other = first.putIfAbsent(key, id);
                    parent.putIfAbsent(id, id);
                    if (other != null) {
                        parent.put(root(parent, id), root(parent, other));
                    }
                    return true;
                })
                .list());
    }

    private static String root(Map<String, String> parent, String id) {
        String at = id;
        for (String up = parent.getOrDefault(at, at); !up.equals(at); up = parent.getOrDefault(at, at)) {
            at = up;
        }
        return at;
    }

    /** Kept ones first, then those that say most. */
    private static List<Contact> ordered(List<Contact> contacts) {
        List<Contact> ordered = new ArrayList<>(contacts);
        ordered.sort((a, b) -> a.collected() != b.collected()
                ? Boolean.compare(a.collected(), b.collected())
                : b.card().lines().size() != a.card().lines().size()
                        ? b.card().lines().size() - a.card().lines().size()
                        : a.id().compareTo(b.id()));
        return ordered;
    }

    /** The first, with every address, number, group and note of the others that it has not. */
    static VCard merged(List<Contact> contacts) {
        VCard merged = contacts.getFirst().card();
        for (Contact other : contacts.subList(1, contacts.size())) {
            for (String name : List.of("EMAIL", "TEL", "ADR", "URL", "IMPP", "CATEGORIES")) {
                merged = united(merged, other.card(), name);
            }
            for (String name : List.of("N", "NICKNAME", "ORG", "TITLE", "BDAY", "PHOTO")) {
                if (merged.all(name).isEmpty()) {
                    merged = merged.with(name, lines(other.card(), name));
                }
            }
            String note = merged.first("NOTE").map(Property::text).orElse("");
            String more = other.card().first("NOTE").map(Property::text).orElse("");
            if (!more.isEmpty() && !note.contains(more)) {
                merged = merged.with(
                        "NOTE", note.isEmpty() ? more : note.concat("\n").concat(more));
            }
            if (ContactIndex.addresses(merged).contains(merged.plain("FN"))
                    && !other.name().isEmpty()) {
                merged = merged.with("FN", other.name());
            }
        }
        return merged;
    }

    private static VCard united(VCard one, VCard other, String name) {
        if (name.equals("CATEGORIES")) {
            Set<String> groups = new LinkedHashSet<>(ContactIndex.groups(one));
            return groups.addAll(ContactIndex.groups(other)) ? ContactForm.grouped(one, List.copyOf(groups)) : one;
        }
        Set<String> there = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>(lines(one, name));
        one.all(name).forEach(each -> there.add(key(each)));
        for (String line : lines(other, name)) {
            new VCard(List.of(line))
                    .first(name)
                    .filter(each -> there.add(key(each)))
                    .ifPresent(_ -> lines.add(line));
        }
        return one.with(name, lines);
    }

    private static String key(Property property) {
        String value = property.fields().toLowerCase(java.util.Locale.ROOT);
        return property.name().equals("TEL") ? value.replaceAll("[^0-9+]", "") : value;
    }

    private static List<String> lines(VCard card, String name) {
        return card.lines().stream()
                .filter(line -> !new VCard(List.of(line)).all(name).isEmpty())
                .toList();
    }

    /** Makes one of them; what they were before. */
    ContactBook.Before merge(String person, List<String> ids) {
        List<Contact> contacts = ordered(
                book.find(person, ids.stream().distinct().limit(MOST_OF_ONE).toList()));
        return contacts.size() < 2
                ? new ContactBook.Before(List.of(), List.of())
                : book.merge(person, contacts.stream().map(Contact::id).toList(), merged(contacts));
    }
}
