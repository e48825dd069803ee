package org.palomar.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.mail.Address;
import org.palomar.settings.Collecting;
import org.palomar.settings.SettingsOfTests;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;
import org.palomar.vcard.VCard;

/** People that are kept, on any database. */
abstract class ContactBookContract {

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final SettableClock clock = new SettableClock();

    abstract Store store();

    /** Contacts that are searched; {@code -Dcontacts.many=50000} for more. */
    private static int many() {
        return Integer.getInteger("contacts.many", 5_000);
    }

    private ContactBook book() {
        return new ContactBook(store(), clock);
    }

    private ContactList list() {
        return new ContactList(store());
    }

    private Suggestions suggestions() {
        return new Suggestions(store(), list());
    }

    private Collector collector() {
        return new Collector(store(), book(), collecting(), clock);
    }

    private Collecting collecting() {
        return SettingsOfTests.collecting(store());
    }

    static VCard card(String name, String... addresses) {
        return VCard.empty()
                .with("FN", name)
                .with(
                        "EMAIL",
                        List.of(addresses).stream().map(each -> "EMAIL:" + each).toList());
    }

    private List<String> names(String person, Filter filter) {
        return list().page(person, filter, 1).rows().stream()
                .map(ContactList.Row::name)
                .toList();
    }

    private List<String> suggested(String typed) {
        return suggestions().of(alice, typed).stream()
                .map(Suggestions.Suggestion::address)
                .toList();
    }

    @Test
    void aContactIsKeptWordForWord() {
        VCard card = VCard.of("""
                BEGIN:VCARD
                VERSION:3.0
                FN:Álvaro Ñandú
                N:Ñandú;Álvaro;;;
                item1.EMAIL;TYPE=HOME;X-ODD="a;b":Alvaro@Example.org
                X-SOMETHING;P=1:kept\\, as it is
                UID:urn:uuid:1
                END:VCARD
                """);
        String id = book().add(alice, card);
        Contact found = book().find(alice, id).orElseThrow();
        assertThat(found.card().lines()).containsAll(card.lines());
        assertThat(found.uid()).isEqualTo("urn:uuid:1");
        assertThat(found.addresses()).containsExactly("Alvaro@Example.org");
        assertThat(found.dirty()).isTrue();
    }

    @Test
    void nobodySeesOrChangesAnothersContacts() {
        String id = book().add(alice, card("Carol", "carol@palomar.example"));
        assertThat(book().find(bob, id)).isEmpty();
        assertThat(book().change(bob, id, card -> card.with("FN", "Mallory"))).isEmpty();
        assertThat(book().remove(bob, List.of(id)).contacts()).isEmpty();
        assertThat(suggestions().of(bob, "carol")).isEmpty();
        assertThat(names(bob, Filter.ALL)).isEmpty();
        assertThat(list().ids(bob, Filter.ALL, 10)).isEmpty();
        assertThat(book().find(alice, id).orElseThrow().name()).isEqualTo("Carol");
    }

    @Test
    void namesAddressesAndNotesAreFoundWithoutAccents() {
        book().add(alice, card("Álvaro Ñandú", "al@example.org").with("NOTE", "Makes güiros"));
        book().add(alice, card("Zoë Straße", "zoe@straße.example"));
        book().add(alice, card("'; drop table contact; --", "x@example.org"));
        assertThat(names(alice, new Filter("nandu alv", "", false))).containsExactly("Álvaro Ñandú");
        assertThat(names(alice, new Filter("GUIRO", "", false))).containsExactly("Álvaro Ñandú");
        assertThat(names(alice, new Filter("strasse", "", false))).containsExactly("Zoë Straße");
        assertThat(names(alice, new Filter("al@exa", "", false))).containsExactly("Álvaro Ñandú");
        assertThat(names(alice, new Filter("% _", "", false))).isEmpty();
        assertThat(names(alice, Filter.ALL)).containsExactly("Álvaro Ñandú", "Zoë Straße", "'; drop table contact; --");
        assertThat(suggested("GÜIRO")).as("notes are not suggested").isEmpty();
        assertThat(suggested("ñan")).containsExactly("al@example.org");
    }

    @Test
    void lettersSayOnWhichPageTheyBegin() {
        List<VCard> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(card("Anna " + i, "anna" + i + "@example.org"));
        }
        many.add(card("Émile", "e@example.org"));
        many.add(card("42", "n@example.org"));
        book().add(alice, many, false);
        assertThat(list().letters(alice))
                .containsExactly(
                        new ContactList.Letter("A", 1), new ContactList.Letter("E", 2), new ContactList.Letter("#", 2));
        assertThat(list().page(alice, Filter.ALL, 9).page()).isEqualTo(2);
        assertThat(list().page(alice, Filter.ALL, 2).rows()).hasSize(12);
    }

    @Test
    void groupsAreTheCardsOwn() {
        String anna = book().add(alice, card("Anna", "anna@example.org", "a@work.example"));
        book().add(alice, ContactForm.grouped(card("Ben \"B\" O", "ben@example.org"), List.of("Chess, club")));
        book().changeAll(alice, List.of(anna), card -> ContactForm.grouped(card, List.of("Chess, club", "Work")));
        assertThat(list().groups(alice))
                .containsExactly(new ContactList.Group("Chess, club", 2), new ContactList.Group("Work", 1));
        assertThat(names(alice, new Filter("", "Work", false))).containsExactly("Anna");
        assertThat(suggestions().of(alice, "che").getFirst())
                .isEqualTo(new Suggestions.Suggestion(
                        "Chess, club", "\"Anna\" <anna@example.org>, \"Ben \\\"B\\\" O\" <ben@example.org>", true));
    }

    @Test
    void whoIsWrittenToOftenAndLatelyComesFirst() {
        book().add(alice, card("Carl", "carl@example.org"));
        book().add(alice, card("Carla", "carla@example.org"));
        book().add(alice, card("Carlos", "carlos@example.org"));
        Collector collector = collector();
        List<Address> carla = List.of(new Address(null, "CARLA@example.org"));
        collector.met(alice, carla);
        collector.met(alice, carla);
        clock.advance(Duration.ofDays(1));
        collector.met(alice, List.of(new Address("C", "carlos@example.org")));
        assertThat(suggested("carl")).containsExactly("carla@example.org", "carlos@example.org", "carl@example.org");
        clock.advance(Duration.ofDays(90));
        collector.met(alice, List.of(new Address("C", "carl@example.org")));
        assertThat(suggested("carl")).as("what was long ago counts little").startsWith("carl@example.org");
    }

    @Test
    void whoIsWrittenToIsCollectedOnceUnlessSwitchedOff() {
        Collector collector = collector();
        List<Address> dora = List.of(new Address("Dora D", "Dora@Example.org"), new Address(null, "not an address"));
        collector.met(alice, dora);
        collector.met(alice, dora);
        assertThat(names(alice, new Filter("", "", true))).containsExactly("Dora D");
        assertThat(suggested("dor")).containsExactly("dora@example.org");
        assertThat(collector.knows(alice, "DORA@example.org")).isTrue();
        assertThat(collector.knows(bob, "dora@example.org")).isFalse();
        SettingsOfTests.collect(store(), alice, false);
        collector.met(alice, List.of(new Address("Eve", "eve@example.org")));
        assertThat(suggested("eve")).isEmpty();
        String id = list().ids(alice, new Filter("", "", true), 9).getFirst();
        assertThat(book().find(alice, id).orElseThrow().dirty())
                .as("not for a server")
                .isFalse();
        book().changeAll(alice, List.of(id), card -> card);
        assertThat(list().collected(alice)).isZero();
        assertThat(book().find(alice, id).orElseThrow().dirty()).isTrue();
    }

    @Test
    void everythingCanBeTakenBack() {
        String id = book().add(alice, card("Fay", "fay@example.org"));
        collector().met(alice, List.of(new Address("Fay", "fay@example.org")));
        Contact first = book().find(alice, id).orElseThrow();
        ContactBook.Before changed =
                book().change(alice, id, card -> card.with("FN", "Other")).orElseThrow();
        ContactBook.Before removed = book().remove(alice, List.of(id));
        assertThat(book().count(alice)).isZero();
        book().restore(alice, removed);
        assertThat(book().find(alice, id).orElseThrow().name()).isEqualTo("Other");
        book().restore(alice, changed);
        assertThat(book().find(alice, id).orElseThrow()).isEqualTo(first);
        assertThat(book().find(alice, id)
                        .orElseThrow()
                        .uses()
                        .get("fay@example.org")
                        .times())
                .isOne();
    }

    @Test
    void duplicatesBecomeOneAndTwoAgain() {
        VCard known = card("Gina Lollo", "gina@example.org")
                .with("TEL", "+34 600 11 22 33")
                .with("NOTE", "Sings")
                .with("TITLE", "Singer")
                .with("NICKNAME", "La Lollo");
        book().add(alice, known.with("UID", "one"));
        book().add(
                        alice,
                        card("GINA LÓLLO", "gina@work.example", "gina@example.org")
                                .with("ORG", "Cine"));
        book().add(alice, card("gl", "GINA@example.org").with("TEL", "+34600112233"));
        book().add(alice, card("Hugo", "hugo@example.org"));
        book().add(alice, card("HUGO"));
        Duplicates duplicates = new Duplicates(store(), book());
        List<Duplicates.Likely> likely = duplicates.of(alice);
        assertThat(likely)
                .as("Hugo and HUGO by their name, Gina by her address")
                .hasSize(2);
        likely = likely.stream().filter(each -> each.contacts().size() == 3).toList();
        List<String> ids =
                likely.getFirst().contacts().stream().map(Contact::id).toList();
        assertThat(ids).hasSize(3);
        ContactBook.Before before = duplicates.merge(alice, ids);
        assertThat(book().count(alice)).isEqualTo(3);
        Contact one = book().find(alice, ids.getFirst()).orElseThrow();
        assertThat(one.name()).isEqualTo("Gina Lollo");
        assertThat(one.uid()).isEqualTo("one");
        assertThat(one.addresses()).containsExactlyInAnyOrder("gina@example.org", "gina@work.example");
        assertThat(one.card().all("TEL"))
                .as("the same number, written in two ways")
                .hasSize(1);
        assertThat(one.card().organization()).isEqualTo("Cine");
        assertThat(duplicates.of(alice)).hasSize(1);
        book().restore(alice, before);
        assertThat(book().count(alice)).isEqualTo(5);
        assertThat(duplicates.of(alice)).hasSize(2);
        assertThat(duplicates.merge(bob, ids).contacts()).as("not another's").isEmpty();
    }

    @Test
    void manyAreSearchedWhileOneTypes() {
        String[] given = {"Anna", "Bruno", "Carla", "Diego", "Elena", "Félix", "Greta", "Hugo", "Inés", "Jan"};
        String[] family = {
            "García", "Müller", "Rossi", "Novák", "Silva", "Smith", "Dubois", "Yilmaz", "Ivanov", "Larsen"
        };
        int size = many();
        List<VCard> cards = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String name = given[i % 10] + " " + family[i / 10 % 10] + i;
            cards.add(card(name, (name + "@example" + i % 50 + ".org").replace(" ", ".")));
        }
        long start = System.nanoTime();
        book().add(alice, cards, false);
        long filled = System.nanoTime() - start;
        StringBuilder told = new StringBuilder();
        suggestions().of(alice, "warm up");
        for (String typed : List.of("a", "an", "gar", "anna garcia1", "greta.dubois4", "félix@", "zzz")) {
            // Once: a database may answer the same question again out of its pocket.
            long from = System.nanoTime();
            suggestions().of(alice, typed);
            told.append(", ")
                    .append(typed)
                    .append(' ')
                    .append((System.nanoTime() - from) / 100_000 / 10.0)
                    .append(" ms");
        }
        System.out.printf("%s: %d contacts in %.1f s%s%n", getClass().getSimpleName(), size, filled / 1e9, told);
        assertThat(suggested("a")).hasSize(Suggestions.MOST);
        assertThat(suggested("anna garcia490"))
                .contains("anna.garcía4900@example0.org")
                .allMatch(each -> each.startsWith("anna.garcía490"));
        assertThat(list().page(alice, Filter.ALL, size / 50).rows()).hasSize(50);
    }
}
