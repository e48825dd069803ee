package org.palomar.contacts;

import java.util.List;
import org.palomar.contacts.ContactList.Filter;
import org.springframework.stereotype.Component;

/** Reads what the pages of contacts show. Throws as {@link ContactBook} does. */
@Component
class ContactReader {

    private final ContactList list;

    ContactReader(ContactList list) {
        this.list = list;
    }

    ContactsPage page(String person, Filter filter, int page) {
        return new ContactsPage(
                filter,
                list.page(person, filter, page),
                list.groups(person),
                filter.isAll() ? list.letters(person) : List.of(),
                list.collected(person));
    }
}
