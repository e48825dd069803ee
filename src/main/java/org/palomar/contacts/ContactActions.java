package org.palomar.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.palomar.account.SignedIn;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.vcard.VCard;
import org.palomar.web.Flash;
import org.springframework.stereotype.Component;

/** What is done with chosen contacts; everything can be taken back. Throws as {@link ContactBook} does. */
@Component
class ContactActions {

    private final ContactBook book;
    private final ContactList list;
    private final ContactUndos undos;

    ContactActions(ContactBook book, ContactList list, ContactUndos undos) {
        this.book = book;
        this.list = list;
        this.undos = undos;
    }

    Flash delete(SignedIn person, Collection<String> ids) {
        ContactBook.Before before = book.remove(person.username(), ids);
        return said(person, before, "flash.contacts.deleted", before.contacts().size());
    }

    /** Makes collected ones contacts like others. */
    Flash keep(SignedIn person, Collection<String> ids) {
        ContactBook.Before before = book.changeAll(person.username(), ids, UnaryOperator.identity());
        return said(person, before, "flash.contacts.kept", before.contacts().size());
    }

    Flash group(SignedIn person, Collection<String> ids, String group, boolean in) {
        String name = ContactIndex.cut(group.replaceAll("[\\p{Cntrl},]+", " ").strip(), ContactIndex.LONGEST_GROUP);
        if (name.isEmpty()) {
            return Flash.danger("flash.contacts.noGroup");
        }
        ContactBook.Before before = book.changeAll(person.username(), ids, card -> grouped(card, name, in));
        return said(
                person,
                before,
                in ? "flash.contacts.grouped" : "flash.contacts.ungrouped",
                before.contacts().size(),
                name);
    }

    private static VCard grouped(VCard card, String name, boolean in) {
        List<String> groups = new ArrayList<>(ContactIndex.groups(card));
        boolean changes = in ? !groups.contains(name) && groups.add(name) : groups.remove(name);
        return changes ? ContactForm.grouped(card, groups) : card;
    }

    /** Nobody is in it any more; its people stay. */
    Flash dissolve(SignedIn person, String group) {
        List<String> ids = list.ids(person.username(), new Filter("", group, false), ContactBook.MOST);
        ContactBook.Before before = book.changeAll(person.username(), ids, card -> grouped(card, group, false));
        return said(person, before, "flash.contacts.dissolved", group);
    }

    Flash collected(SignedIn person, boolean keep) {
        List<String> ids = list.ids(person.username(), new Filter("", "", true), ContactBook.MOST);
        return keep ? keep(person, ids) : delete(person, ids);
    }

    Flash undo(SignedIn person, String id) {
        return undos.take(person, id)
                .map(before -> {
                    book.restore(person.username(), before);
                    return Flash.ok("flash.contacts.undone");
                })
                .orElse(Flash.warn("flash.undo.late"));
    }

    private Flash said(SignedIn person, ContactBook.Before before, String key, Object... args) {
        return before.contacts().isEmpty()
                ? Flash.warn("flash.contacts.none")
                : undos.offer(person, before, Flash.ok(key, args));
    }
}
