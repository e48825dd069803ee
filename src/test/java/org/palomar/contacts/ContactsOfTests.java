package org.palomar.contacts;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.store.Store;
import org.palomar.vcard.VCard;

/** Contacts, for tests of other packages. */
public final class ContactsOfTests {

    private ContactsOfTests() {}

    public static ContactBook book(Store store, Clock clock) {
        return new ContactBook(store, clock);
    }

    public static ContactSync sync(Store store, ContactBook book, Clock clock) {
        return new ContactSync(store, book, clock);
    }

    public static List<Contact> all(Store store, ContactBook book, String person) {
        return ContactBook.batches(new ContactList(store).ids(person, Filter.ALL, ContactBook.MOST)).stream()
                .flatMap(some -> book.find(person, some).stream())
                .toList();
    }

    public static void change(ContactBook book, String person, String id, UnaryOperator<VCard> change) {
        book.change(person, id, change).orElseThrow();
    }

    public static void remove(ContactBook book, String person, String id) {
        book.remove(person, List.of(id));
    }
}
