package org.palomar.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.RawPop3;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The pages by which mail is brought home, as a browser without scripts uses them. */
class MigrationPagesIT {

    private static DovecotServer old;
    private static DovecotServer home;
    private static Product product;

    @BeforeAll
    static void start() {
        old = DovecotServer.builder().pop3().maxConnections(100).start();
        home = DovecotServer.builder().maxConnections(100).start();
        product = Product.at(home.port(), "palomar.own-servers.networks=127.0.0.1", "palomar.migration.retry=200ms");
    }

    @AfterAll
    static void stop() {
        product.close();
        home.close();
        old.close();
    }

    @Test
    void mailIsLookedAtAndMovedOnlyWhenThePersonSaysSo() {
        fill("gus", 30);
        Visitor gus = product.visitor().signedIn("gus");
        Answer server = gus.post("migration/find", "kind", "pop3", "address", "gus@old.invalid");
        assertThat(server.html().select("[data-testid=migration-guessed]")).hasSize(1);
        assertThat(server.html().select("input[name=password]").attr("value")).isEmpty();
        Answer seen = look(gus, "gus", "gus");
        assertThat(seen.html().select("[data-testid=migration-survey]").text()).startsWith("30messages 2 KB");
        assertThat(seen.text()).doesNotContain("value=\"gus\"");
        assertThat(thereOf("gus")).as("nothing happened yet").isEqualTo(30);
        assertThat(gus.get("migration").html().select("[data-testid=migration-row]"))
                .isEmpty();

        Answer begun = gus.post("migration", "how", "move", "target", "", "name", "Old days", "read", "true");
        String journey = location(begun);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(gus.get(journey)
                                .html()
                                .select("[data-testid=journey]")
                                .attr("data-state"))
                        .isEqualTo("done"));
        Answer report = gus.get(journey);
        assertThat(report.html().select("[data-testid=report-verified]").text()).isEqualTo("30 of 30 identical");
        assertThat(report.html().select("[data-testid=report-removed]").text()).isEqualTo("30");
        assertThat(thereOf("gus")).isZero();
        Answer list = gus.get("mailboxes/Old~20days");
        assertThat(list.html().select("[data-testid=message-row]")).hasSize(30);
        assertThat(list.html().select("[data-testid=message-row].is-unread")).isEmpty();

        Visitor bob = product.visitor().signedIn("bob");
        assertThat(bob.get(journey).status()).as("another's").isEqualTo(404);
        assertThat(bob.post(journey + "/cancel").status()).isEqualTo(404);
        gus.post(journey + "/forget");
        assertThat(gus.get(journey).status()).isEqualTo(404);
    }

    @Test
    void faultsAreSaidInPlainWordsAndTellNoMore() {
        Visitor ines = product.visitor().signedIn("ines");
        assertThat(fault(look(ines, "ines", "wrong"))).startsWith("The server does not take this user name");
        Answer closed = ines.post(
                "migration/look",
                "kind",
                "pop3",
                "host",
                "127.0.0.1",
                "port",
                "1",
                "security",
                "plain",
                "username",
                "ines",
                "password",
                "x");
        assertThat(fault(closed)).isEqualTo("There is no mail server to be reached at this name and port.");
        Answer inside = ines.post(
                "migration/look",
                "kind",
                "pop3",
                "host",
                "10.0.0.1",
                "port",
                "995",
                "security",
                "tls",
                "username",
                "ines",
                "password",
                "x");
        assertThat(fault(inside)).isEqualTo(fault(closed));
        Answer starttls = ines.post(
                "migration/look",
                "kind",
                "pop3",
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(old.pop3Port()),
                "security",
                "starttls",
                "username",
                "ines",
                "password",
                "x");
        assertThat(fault(starttls)).startsWith("The server offers no encryption");
        assertThat(fault(ines.post("migration/look", "host", "", "password", "")))
                .startsWith("Server, port");
        assertThat(location(ines.post("migration", "how", "copy"))).isEqualTo("migration");
    }

    @Test
    void newMailIsCollectedWhenThePersonLooks() {
        fill("fay", 3);
        Visitor fay = product.visitor().signedIn("fay");
        look(fay, "fay", "fay");
        String journey =
                location(fay.post("migration", "how", "collect", "target", "INBOX", "every", "60", "days", "-1"));
        awaitReport(fay, journey, "3 of 3 identical");
        fill("fay", 2);
        fay.post(journey + "/resume");
        awaitReport(fay, journey, "2 of 2 identical");
        Answer report = fay.get(journey);
        assertThat(report.html().select("[data-testid=journey-state]").text()).startsWith("Collecting");
        assertThat(report.html().select("[data-testid=report-present]").text()).isEqualTo("3");
        assertThat(thereOf("fay")).isEqualTo(5);
        fay.post(journey + "/cancel");
        assertThat(fay.get(journey).html().select("[data-testid=journey]").attr("data-state"))
                .isEqualTo("cancelled");
    }

    @Test
    void itIsHeldUpAndGoesOn() {
        fill("erin", 3_000);
        Visitor erin = product.visitor().signedIn("erin");
        look(erin, "erin", "erin");
        String journey = location(erin.post("migration", "how", "move", "target", "", "name", "Held"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !erin.get(journey)
                        .html()
                        .select("[data-testid=journey-progress]")
                        .isEmpty());
        erin.post(journey + "/pause");
        assertThat(erin.get(journey).html().select("[data-testid=journey]").attr("data-state"))
                .isEqualTo("paused");
        erin.post("logout");
        Visitor again = product.visitor().signedIn("erin");
        again.post(journey + "/resume");
        again.post("logout");
        Visitor later = product.visitor().signedIn("erin");
        awaitReport(later, journey, "3,000 of 3,000 identical");
        assertThat(thereOf("erin")).isZero();
        assertThat(later.open("mailboxes/Held")
                        .html()
                        .select("[data-testid=pager]")
                        .text())
                .contains("3,000");
    }

    @Test
    void mailboxesOfAnotherImapServerComeWhereTheyBelong() {
        Instant then = Instant.parse("2012-05-06T07:08:09Z");
        for (String mailbox : List.of("INBOX", "Sent", "Projects", "Junk")) {
            old.fill(
                    "carol@palomar.example",
                    mailbox,
                    List.of(new DovecotServer.Filed(
                            ("Subject: In " + mailbox + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII),
                            then,
                            "S")));
        }
        Visitor carol = product.visitor().signedIn("carol");
        Answer seen = carol.post(
                "migration/look",
                "kind",
                "imap",
                "address",
                "carol@palomar.example",
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(old.port()),
                "security",
                "plain",
                "username",
                "carol@palomar.example",
                "password",
                "carol");
        assertThat(seen.html()
                        .select("[data-testid=migration-mailboxes] input[name=mailbox]")
                        .eachAttr("value"))
                .contains("INBOX", "Sent", "Projects", "Junk");
        assertThat(seen.html().select("input[value=move]")).as("only copied").isEmpty();
        String all = seen.html().select("input[name=all]").attr("value");
        String journey = location(carol.post(
                "migration", "how", "copy", "all", all, "mailbox", "INBOX", "mailbox", "Sent", "mailbox", "Projects"));
        awaitReport(carol, journey, "3 of 3 identical");
        for (String mailbox : List.of("INBOX", "Sent", "Projects")) {
            assertThat(carol.open("mailboxes/" + mailbox)
                            .html()
                            .select("[data-testid=message-row]")
                            .text())
                    .contains("In " + mailbox);
        }
        assertThat(carol.open("mailboxes/Junk").html().select("[data-testid=message-row]"))
                .as("not chosen")
                .isEmpty();
        look(carol, "carol", "carol");
        assertThat(carol.get("migration").html().select("[data-testid=migration-row]"))
                .hasSize(1);
    }

    private static void awaitReport(Visitor person, String journey, String words) {
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(person.get(journey)
                                .html()
                                .select("[data-testid=report-verified]")
                                .text())
                        .isEqualTo(words));
    }

    private static Answer look(Visitor person, String user, String password) {
        return person.post(
                "migration/look",
                "kind",
                "pop3",
                "address",
                user + "@palomar.example",
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(old.pop3Port()),
                "security",
                "plain",
                "username",
                user + "@palomar.example",
                "password",
                password);
    }

    /** Where a redirect leads, as {@link Visitor} takes it. */
    private static String location(Answer answer) {
        return answer.header("Location").replaceFirst("^https?://[^/]+", "").replaceFirst("^/", "");
    }

    private static String fault(Answer answer) {
        return answer.html().select("[data-testid=migration-fault]").text();
    }

    private static int thereOf(String user) {
        try (RawPop3 raw = new RawPop3(old.pop3Port(), user + "@palomar.example", user)) {
            return raw.count();
        }
    }

    private static void fill(String user, int count) {
        List<DovecotServer.Filed> messages = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            messages.add(new DovecotServer.Filed(
                    ("Subject: Old " + n + " " + System.nanoTime()
                                    + "\r\nDate: Tue, 3 Mar 2009 10:00:00 +0000\r\n\r\nText " + n + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII),
                    Instant.parse("2009-03-03T10:00:00Z"),
                    ""));
        }
        old.fill(user + "@palomar.example", "INBOX", messages);
    }
}
