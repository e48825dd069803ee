package org.palomar.contacts.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.contacts.Contact;
import org.palomar.contacts.ContactBook;
import org.palomar.contacts.ContactSync;
import org.palomar.contacts.ContactsOfTests;
import org.palomar.contacts.dav.AddressBook.Tally;
import org.palomar.door.Ask;
import org.palomar.door.OwnServerProperties;
import org.palomar.door.OwnServers;
import org.palomar.door.Resolver;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.RadicaleServer;
import org.palomar.testing.SettableClock;
import org.palomar.vcard.VCard;

/** Contacts and an address book on a real Radicale, in step. */
class CardDavIT {

    private static RadicaleServer radicale;
    private static Store store;
    private static StoreProperties where;

    private final SettableClock clock = new SettableClock();
    private final ContactBook book = ContactsOfTests.book(store, clock);
    private final ContactSync sync = ContactsOfTests.sync(store, book, clock);
    private final AddressBooks accounts = new AddressBooks(store, new Sealing(where), clock);
    private final OwnServers servers = servers("127.0.0.0/8");
    private final Synchronizing synchronizing = new Synchronizing(accounts, sync, servers);
    private final String person = "p-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        radicale = RadicaleServer.start();
        where = new StoreProperties(java.nio.file.Path.of("unused"), "jdbc:h2:mem:dav;DB_CLOSE_DELAY=-1", "", "");
        store = new Store(where, new SettableClock());
    }

    @AfterAll
    static void stop() {
        if (radicale != null) {
            radicale.close();
            store.close();
        }
    }

    private static OwnServers servers(String... networks) {
        try {
            return new OwnServers(
                    new OwnServerProperties(List.of(networks), Set.of(443)),
                    Resolver.system(),
                    SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String card(String uid, String name, String... lines) {
        return "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" + uid + "\r\nFN:" + name + "\r\nN:" + name + ";;;;\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList()) + "END:VCARD\r\n";
    }

    private String connected(String path) {
        return connected(radicale.url(), path);
    }

    private String connected(String url, String path) {
        accounts.save(person, url, "alice", "alice", path, "Friends");
        return path;
    }

    private List<String> names() {
        return ContactsOfTests.all(store, book, person).stream()
                .map(Contact::name)
                .sorted()
                .toList();
    }

    private Contact called(String name) {
        return ContactsOfTests.all(store, book, person).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Tally now() {
        assertThat(synchronizing.now(person)).isEqualTo("ok");
        return accounts.of(person).orElseThrow().tally();
    }

    @Test
    void addressBooksAreFoundByTheNameOfTheServer() throws DavException {
        String path = radicale.book("bob", "People");
        for (String url : List.of(
                radicale.url(),
                radicale.url() + "bob/",
                radicale.url().substring(0, radicale.url().length() - 1),
                radicale.url() + "bob/People/")) {
            assertThat(synchronizing.books(url, "bob", "bob"))
                    .as(url)
                    .containsExactly(new DavClient.Book(path, "People"));
        }
        assertThatThrownBy(() -> synchronizing.books(radicale.url(), "bob", "wrong"))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.reason()).isEqualTo(DavException.Reason.DENIED));
        assertThatThrownBy(() -> synchronizing.books(radicale.url(), "carol", "carol"))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.reason()).isEqualTo(DavException.Reason.NO_BOOK));
    }

    @Test
    void changesGoBothWays() {
        String path = connected(radicale.book("alice", "both"));
        radicale.put("alice", path + "a.vcf", card("a", "There", "X-ODD;P=1:kept", "EMAIL:there@example.org"));
        book.add(person, VCard.empty().with("FN", "Here").with("EMAIL", "here@example.org"));
        assertThat(now()).isEqualTo(new Tally(1, 1, 0, 0));
        assertThat(names()).containsExactly("Here", "There");
        assertThat(radicale.cards("alice", path).keySet()).containsExactly("Here", "There");
        assertThat(now()).as("nothing is left to do").isEqualTo(new Tally(0, 0, 0, 0));

        ContactsOfTests.change(book, person, called("There").id(), card -> card.with("NOTE", "from here"));
        String here = radicale.paths("alice", path).stream()
                .filter(each -> !each.endsWith("/a.vcf"))
                .findFirst()
                .orElseThrow();
        radicale.put(
                "alice",
                here,
                radicale.cards("alice", path).get("Here").replace("END:VCARD", "NOTE:from there\r\nEND:VCARD"));
        assertThat(now()).isEqualTo(new Tally(1, 1, 0, 0));
        assertThat(radicale.cards("alice", path).get("There")).contains("NOTE:from here", "X-ODD;P=1:kept");
        assertThat(called("Here").card().plain("NOTE")).isEqualTo("from there");
        assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    @Test
    void deletionsGoBothWays() {
        String path = connected(radicale.book("alice", "deletions"));
        for (String name : List.of("one", "two", "three", "four")) {
            radicale.put("alice", path + name + ".vcf", card(name, name));
        }
        now();
        ContactsOfTests.remove(book, person, called("one").id());
        radicale.delete("alice", path + "two.vcf");
        // What was deleted on one side and changed on the other is kept.
        ContactsOfTests.remove(book, person, called("three").id());
        radicale.put("alice", path + "three.vcf", card("three", "three", "NOTE:changed"));
        radicale.delete("alice", path + "four.vcf");
        ContactsOfTests.change(book, person, called("four").id(), card -> card.with("NOTE", "changed"));
        now();
        assertThat(names()).containsExactly("four", "three");
        assertThat(radicale.cards("alice", path).keySet()).containsExactly("four", "three");
        assertThat(called("three").card().plain("NOTE")).isEqualTo("changed");
        assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    @Test
    void whatChangedOnBothSidesIsThereTwiceAndSaid() {
        String path = connected(radicale.book("alice", "conflict"));
        radicale.put("alice", path + "x.vcf", card("x", "Xenia"));
        now();
        radicale.put("alice", path + "x.vcf", card("x", "Xenia", "NOTE:theirs"));
        ContactsOfTests.change(book, person, called("Xenia").id(), card -> card.with("NOTE", "ours"));
        assertThat(now().collided()).isEqualTo(1);
        Set<String> notes = new TreeSet<>();
        ContactsOfTests.all(store, book, person)
                .forEach(each -> notes.add(each.card().plain("NOTE")));
        assertThat(notes).containsExactly("ours", "theirs");
        assertThat(String.join("", radicale.cards("alice", path).values())).contains("NOTE:ours", "NOTE:theirs");
        assertThat(radicale.paths("alice", path)).hasSize(2);
        assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    /** Changes between looking and writing are told by the ETag alone. */
    @Test
    void aChangeThatOvertakesOursIsNotOverwritten() throws DavException {
        String path = connected(radicale.book("alice", "race"));
        radicale.put("alice", path + "r.vcf", card("r", "Rita"));
        now();
        DavClient client = new DavClient(servers, java.net.URI.create(radicale.url()), "alice", "alice");
        String old =
                client.cards(path, List.of(path + "r.vcf")).get(path + "r.vcf").etag();
        radicale.put("alice", path + "r.vcf", card("r", "Rita", "NOTE:newer"));
        assertThatThrownBy(() -> client.put(path + "r.vcf", VCard.of(card("r", "Rita", "NOTE:late")), old))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.status()).isEqualTo(412));
        assertThatThrownBy(() -> client.put(path + "r.vcf", VCard.of(card("r", "Rita")), null))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.status()).isEqualTo(412));
        assertThatThrownBy(() -> client.delete(path + "r.vcf", old))
                .isInstanceOfSatisfying(
                        DavException.class, e -> assertThat(e.status()).isEqualTo(412));
    }

    @Test
    void whatIsInterruptedGoesOnAndDoublesNothing() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(radicale.port())) {
            String path = connected("http://127.0.0.1:" + proxy.port() + "/", radicale.book("alice", "cut"));
            for (int i = 0; i < 30; i++) {
                radicale.put("alice", path + "there" + i + ".vcf", card("there-" + i, "There " + i));
                book.add(person, VCard.empty().with("FN", "Here " + i).with("EMAIL", "here" + i + "@example.org"));
            }
            int failed = 0;
            // The server gets what was asked, and its answer never comes: at one request after the other.
            for (int at = 1; at <= 45; at += 4) {
                int wanted = at;
                AtomicInteger requests = new AtomicInteger();
                proxy.cutAfter(line -> line.contains("HTTP/1.1") && requests.incrementAndGet() == wanted);
                failed += synchronizing.now(person).equals("ok") ? 0 : 1;
            }
            proxy.cutAfter(_ -> false);
            assertThat(failed).as("times it was interrupted").isPositive();
            assertThat(synchronizing.now(person)).isEqualTo("ok");
            assertThat(names()).hasSize(60).doesNotHaveDuplicates();
            assertThat(radicale.paths("alice", path)).hasSize(60);
            assertThat(radicale.cards("alice", path).keySet()).hasSize(60).noneMatch(name -> name.endsWith("+"));
            assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
        }
    }

    /** An answer that is lost after the server took a card: the next attempt finds it there. */
    @Test
    void aCardThatArrivedUnansweredIsKnownAgain() {
        String path = connected(radicale.book("alice", "lost"));
        String id = book.add(person, VCard.empty().with("FN", "Lost"));
        Contact lost = book.find(person, id).orElseThrow();
        radicale.put("alice", path + lost.uid() + ".vcf", lost.card().text());
        assertThat(now().collided()).isZero();
        assertThat(names()).containsExactly("Lost");
        assertThat(radicale.paths("alice", path)).hasSize(1);
        assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    @Test
    void aThousandContacts() {
        List<String> expected = new ArrayList<>();
        StringBuilder cards = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            expected.add("Person %04d".formatted(i));
            cards.append(card("uid-" + i, expected.get(i), "EMAIL:p" + i + "@example.org"));
        }
        radicale.put("alice", "/alice/many/", cards.toString());
        String path = connected("/alice/many/");
        long start = System.nanoTime();
        assertThat(now().came()).isEqualTo(1_000);
        long came = System.nanoTime();
        assertThat(names()).isEqualTo(expected);
        assertThat(now()).isEqualTo(new Tally(0, 0, 0, 0));
        long nothing = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            ContactsOfTests.change(book, person, called(expected.get(i)).id(), each -> each.with("NOTE", "changed"));
        }
        long changed = System.nanoTime();
        assertThat(now()).isEqualTo(new Tally(0, 20, 0, 0));
        System.out.printf(
                "CardDAV, 1,000 contacts came in %.1f s, nothing new %.2f s, 20 went in %.1f s%n",
                (came - start) / 1e9, (nothing - came) / 1e9, (System.nanoTime() - changed) / 1e9);
        assertThat(radicale.paths("alice", path)).hasSize(1_000);
    }

    /** S16, S17, S18: where a password may go. */
    @Test
    void s18_passwordsGoToTheNamedServerOnly() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer elsewhere =
                server(asked, Map.of("Location", "http://127.0.0.1:" + radicale.port() + "/alice/"), 301, "");
        HttpServer bomb = server(asked, Map.of(), 207, """
                <!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>
                <multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>""");
        HttpServer deep = server(asked, Map.of(), 207, "<multistatus xmlns='DAV:'>" + "<a>".repeat(100_000));
        HttpServer full = server(asked, Map.of(), 507, "");
        try (OwnServers closed = servers()) {
            assertThatThrownBy(() -> closed.ask(new Ask("GET", radicale.url(), Map.of(), "", "alice", "alice")))
                    .as("not unless the operator opened that network")
                    .isInstanceOf(org.palomar.door.ClosedException.class);
            assertThat(reason(elsewhere))
                    .as("another port is another server")
                    .isEqualTo(DavException.Reason.UNREACHABLE);
            assertThat(reason(bomb)).as("S37: no document types").isEqualTo(DavException.Reason.NO_BOOK);
            assertThat(reason(deep)).isEqualTo(DavException.Reason.NO_BOOK);
            accounts.save(person, url(full), "alice", "alice", "/book/", "");
            book.add(person, VCard.empty().with("FN", "Kept"));
            assertThat(synchronizing.now(person)).isEqualTo("full");
            assertThat(names()).containsExactly("Kept");
        } finally {
            List.of(elsewhere, bomb, deep, full).forEach(each -> each.stop(0));
        }
        assertThat(Synchronizing.address("dav.example.org")).isEqualTo("https://dav.example.org");
        for (String no : List.of("", "ftp://x", "https://u:p@x.example/", "https://", "ja va")) {
            assertThat(Synchronizing.address(no))
                    .as(no)
                    .satisfiesAnyOf(
                            each -> assertThat(each).isNull(),
                            each -> assertThat(each).startsWith("https://ftp"));
        }
    }

    private DavException.Reason reason(HttpServer server) {
        try {
            synchronizing.books(url(server), "alice", "alice");
            throw new AssertionError("there is none");
        } catch (DavException e) {
            return e.reason();
        }
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static HttpServer server(List<String> asked, Map<String, String> headers, int status, String body)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.getRequestBody().readAllBytes();
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        server.start();
        return server;
    }
}
