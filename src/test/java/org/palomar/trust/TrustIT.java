package org.palomar.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.account.SignedIn;
import org.palomar.door.Door;
import org.palomar.door.DoorProperties;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Servers;
import org.palomar.testing.SettableClock;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.TestCertificate;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.NotFoundException;

/** S35, S36, S44: what a message page says of its sender and links, and what it does for a person only when they say so. */
class TrustIT {

    private static final String ALICE = "alice@palomar.example";
    private static final String GOOD =
            "Authentication-Results: mx.palomar.example; dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example\n";
    private static final String ONE_CLICK =
            "DKIM-Signature: v=1; d=shop.example; s=s; h=from:list-unsubscribe:list-unsubscribe-post; b=x\n"
                    + "List-Unsubscribe: <https://shop.example:%d/leave?u=7>\n"
                    + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n";

    private static DovecotServer dovecot;
    private static SmtpRecorder smtp;
    private static Product product;
    private static Visitor alice;

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.start();
        smtp = new SmtpRecorder();
        for (int i = 0; i < 3; i++) {
            put(
                    "Sent",
                    "From: alice@palomar.example\nTo: Bob Reyes <bob@torre.example>\nSubject: To Bob " + i,
                    "Hello.");
        }
        product = Product.at(
                dovecot.port(),
                "palomar.trust.authserv-ids=mx.palomar.example",
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp.port(),
                "palomar.smtp.security=plain",
                "palomar.smtp.auth=false");
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void stop() {
        if (alice != null) {
            alice.close();
        }
        if (product != null) {
            product.close();
        }
        if (smtp != null) {
            smtp.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void whomSomebodyHasWrittenToMeanwhileIsKnownAfterAWhile() {
        put("Sent", "From: alice@palomar.example\nTo: Early <early@torre.example>", "Hello.");
        SettableClock clock = new SettableClock();
        AcquaintanceReader reader = new AcquaintanceReader(product.bean(MailboxDirectory.class), clock);
        SignedIn person = new SignedIn(ALICE, "acquaintances");
        try (MailSession session =
                product.bean(ImapConnector.class).open(new Credentials(ALICE, "alice"), "127.0.0.1")) {
            await().until(() -> reader.of(person, session).knows("early@torre.example"));
            put("Sent", "From: alice@palomar.example\nTo: Late <late@torre.example>", "Hello.");
            assertThat(reader.of(person, session).knows("late@torre.example")).isFalse();
            clock.advance(Duration.ofMinutes(16));
            assertThat(reader.of(person, session).knows("early@torre.example"))
                    .as("what was known holds meanwhile")
                    .isTrue();
            await().until(() -> reader.of(person, session).knows("late@torre.example"));
        }
    }

    @Test
    void theVerdictIsThatOfOurOwnServer() {
        assertThat(read("Good", GOOD + "From: Shop <news@shop.example>", "Hello.")
                        .select("[data-testid=verdict]")
                        .text())
                .isEqualTo("Sent by shop.example, confirmed");
        assertThat(read("Forged", GOOD.replace("mx.palomar", "mx.evil") + "From: Shop <news@shop.example>", "Hello.")
                        .select("[data-testid=verdict]"))
                .isEmpty();
        Document failed =
                read("Failed", GOOD.replace("dmarc=pass", "dmarc=fail") + "From: Shop <news@shop.example>", "Hello.");
        assertThat(failed.select("[data-testid=verdict]").text())
                .isEqualTo("Failed: this may not be from shop.example");
        assertThat(warning(failed)).contains("in the name of shop.example");
    }

    @Test
    void whatWasChosenForASenderHoldsOnlyForTheSender() {
        String from = "From: Shop <pictures@shop.example>\nContent-Type: text/html";
        String letter = "<p>Look <img src='https://cdn.shop.example/a.png' width=200 height=100></p>";
        Document first = read("Theirs", GOOD + from, letter);
        Element choice = first.select("form:has([data-testid=trust-sender])").first();
        alice.post(
                "settings/pictures/senders",
                "address",
                choice.select("[name=address]").val(),
                "message",
                choice.select("[name=message]").val());
        assertThat(read("Theirs again", GOOD + from, letter).select("[data-testid=remote-blocked]"))
                .isEmpty();
        for (String other : List.of(GOOD.replace("mx.palomar", "mx.evil"), GOOD.replace("dmarc=pass", "dmarc=fail"))) {
            Document forged = read("Not theirs", other + from, letter);
            assertThat(forged.select("[data-testid=remote-blocked]")).hasSize(1);
            assertThat(forged.select("[data-testid=trust-sender]")).isEmpty();
        }
    }

    @Test
    void s36_oneBannerSaysWhatAndWhy() {
        Document page = read(
                "Trick",
                "From: \"support@paypal.com\" <x@evil.example>\nReply-To: y@other.example\nContent-Type: text/html",
                "<p>Pay at <a href='https://evil.example/p'>https://paypal.com/pay</a></p>");
        assertThat(page.select("[data-testid=trust-warning]")).hasSize(1);
        assertThat(warning(page))
                .contains("Its sender is called support@paypal.com, but the address is x@evil.example.")
                .contains("A link says paypal.com and goes to evil.example.")
                .contains("Answers would go to y@other.example");
        Answer letter =
                alice.get(page.select("iframe.letter-frame").attr("src")).expect(200);
        assertThat(letter.html().select("a.shows-host").attr("title")).isEqualTo("evil.example");
        // S35: links lead straight to where they say, never through an address of ours.
        assertThat(letter.html().select("a").eachAttr("href")).containsExactly("https://evil.example/p");
        assertThat(letter.html().select("a").attr("rel")).isEqualTo("noopener noreferrer");
    }

    @Test
    void s36_somebodyOneKnowsIsImitated() {
        put("Name", "From: Bob Reyes <bob@elsewhere.example>\nSubject: s", "Hello.");
        String path = newest("Name");
        // Whom alice writes to is read in the background.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> warning(alice.open(path).expect(200).html())
                        .contains("You know Bob Reyes as bob@torre.example"));
    }

    @Test
    void ordinaryMailHasNoBanner() {
        Document page = read(
                "Plain",
                "From: Shop <news@shop.example>\nList-Unsubscribe: <mailto:out@shop.example?subject=bye>\n"
                        + "Reply-To: help@desk.example\nContent-Type: text/html",
                "<a href='https://click.esp.example/?u=1'>Buy now</a> <a href='https://www.shop.example/'>shop.example</a>");
        assertThat(page.select("[data-testid=trust-warning]")).isEmpty();
        assertThat(page.select("a[data-testid=unsubscribe]").attr("href"))
                .isEqualTo("/compose?to=out%40shop.example&subject=bye");
    }

    @Test
    void theCardTellsWhatIsKnown() {
        for (String from : List.of("bob@torre.example", "Bob Reyes <bob@torre.example>", "jimbob@torre.example")) {
            put("Card", "From: " + from + "\nSubject: s", "Hello.");
        }
        put("Card", GOOD.replace("shop", "torre") + "From: Bob <bob@torre.example>\nSubject: s", "Hello.");
        Document message = alice.open(newest("Card")).expect(200).html();
        String url = message.select("[data-testid=sender-card] a").attr("href");
        Document card = alice.get(url).expect(200).html();
        assertThat(card.select("[data-testid=sender-address]").text()).isEqualTo("bob@torre.example");
        assertThat(card.select("[data-testid=sender-received]").text()).isEqualTo("3 messages from them here.");
        assertThat(card.select("[data-testid=sender-sent]").text()).isEqualTo("You wrote to them 3 times.");
        assertThat(card.select("[data-testid=sender-checks]").text())
                .contains("torre.example stands by this message.")
                .contains("Signed by torre.example");
        assertThat(card.select("[data-testid=sender-search]").attr("href"))
                .isEqualTo("/search?q=from%3Abob%40torre.example");
        assertThat(card.select("[data-testid=sender-write]").attr("href")).isEqualTo("/compose?to=bob%40torre.example");

        Document stranger = read("Stranger", "From: Nobody <nobody@new.example>", "Hello.");
        Document first = alice.get(
                        stranger.select("[data-testid=sender-card] a").attr("href"))
                .expect(200)
                .html();
        assertThat(first.select("[data-testid=sender-first]")).hasSize(1);
    }

    @Test
    void aReceiptIsSentOnceAndOnlyByThePerson() {
        smtp.forget();
        Document page = read(
                "Receipt",
                "Return-Path: <dan@ask.example>\nFrom: Dan <dan@ask.example>\nDisposition-Notification-To: Dan <boss@ask.example>\n"
                        + "Message-ID: <1@ask.example>",
                "Did you read it?");
        assertThat(page.select("[data-testid=receipt]").text())
                .contains("The sender wants to know")
                .contains("boss@ask.example, which is not where the message came from");
        String path = page.select("[data-testid=receipt]").attr("action");
        alice.get(path).expect(405);
        assertThat(smtp.messages()).isEmpty();

        Answer sent = alice.follow(alice.post(path, "answer", "send"));
        assertThat(sent.flash()).isEqualTo("Receipt sent.");
        assertThat(sent.html().select("[data-testid=receipt]")).isEmpty();
        assertThat(smtp.commands()).contains("MAIL FROM:<>", "RCPT TO:<boss@ask.example>");
        String report = new String(smtp.messages().getFirst(), StandardCharsets.UTF_8);
        assertThat(report)
                .contains("From: <alice@palomar.example>".replace("<", "").replace(">", ""))
                .contains("multipart/report; report-type=disposition-notification")
                .contains("Content-Type: message/disposition-notification")
                .contains("Final-Recipient: rfc822; alice@palomar.example")
                .contains("Original-Message-ID: <1@ask.example>")
                .contains("In-Reply-To: <1@ask.example>")
                .contains("Disposition: manual-action/MDN-sent-manually; displayed");
        assertThat(flags("Receipt").has(Flags.MDN_SENT)).isTrue();
        assertThat(alice.follow(alice.post(path, "answer", "send")).flash()).isEqualTo("That was answered already.");
        assertThat(smtp.messages()).hasSize(1);
    }

    @Test
    void aRefusedReceiptIsNotAskedForAgain() {
        smtp.forget();
        Document page = read(
                "Refused",
                "From: Dan <dan@ask.example>\nDisposition-Notification-To: dan@ask.example",
                "Did you read it?");
        alice.post(page.select("[data-testid=receipt]").attr("action"), "answer", "no")
                .expect(303);
        assertThat(alice.open(newest("Refused")).html().select("[data-testid=receipt]"))
                .isEmpty();
        assertThat(flags("Refused").has(Flags.MDN_SENT)).isTrue();
        assertThat(smtp.commands()).isEmpty();
    }

    @Test
    void listsGetNoReceipts() {
        assertThat(read(
                                "List",
                                "From: dan@ask.example\nList-Id: <l.example>\nDisposition-Notification-To: dan@ask.example",
                                "Hello.")
                        .select("[data-testid=receipt]"))
                .isEmpty();
    }

    @Test
    void s44_leavingAListAsksFirstAndPostsOnce(@TempDir Path directory) throws IOException {
        Servers.requireInstalled("openssl");
        TestCertificate certificate = TestCertificate.make(directory, "shop.example");
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpsServer shop = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.setHttpsConfigurator(new HttpsConfigurator(certificate.presenting()));
        shop.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    + (exchange.getRequestHeaders().containsKey("Cookie") ? " with cookies" : ""));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        shop.start();
        try (Door door = new Door(
                        new DoorProperties(List.of("127.0.0.1"), Set.of(443), 2),
                        host -> List.of(InetAddress.getByName("127.0.0.1")),
                        certificate.trusting());
                MailSession session = session()) {
            Document page = read(
                    "Leave",
                    GOOD + ONE_CLICK.formatted(shop.getAddress().getPort()) + "From: Shop <news@shop.example>",
                    "Buy.");
            String path = page.select("form:has([data-testid=unsubscribe])").attr("action");
            Answer question = alice.post(path, "from", "message").expect(200);
            assertThat(question.html().select("[data-testid=confirm-form]").text())
                    .contains("shop.example is asked");
            assertThat(asked).isEmpty();
            // The product's own door leads to public addresses only, and says no more than that it could not.
            assertThat(alice.follow(alice.post(path, "confirmed", "true")).flash())
                    .isEqualTo("shop.example could not be asked. Try again later.");
            assertThat(asked).isEmpty();

            MessageRef ref = ref("Leave");
            ListDeparture departure = new ListDeparture(new TrustProperties(List.of("mx.palomar.example")), door);
            assertThat(departure.leave(session, ref).sentences().getFirst().key())
                    .isEqualTo("trust.leave.done");
            assertThat(asked).containsExactly("POST /leave?u=7 List-Unsubscribe=One-Click");

            ListDeparture untrusting = new ListDeparture(new TrustProperties(List.of()), door);
            assertThatThrownBy(() -> untrusting.leave(session, ref)).isInstanceOf(NotFoundException.class);
            assertThat(asked).hasSize(1);
        } finally {
            shop.stop(0);
        }
    }

    private static Document read(String mailbox, String header, String body) {
        put(mailbox, header + "\nSubject: s", body);
        return alice.open(newest(mailbox)).expect(200).html();
    }

    private static void put(String mailbox, String header, String body) {
        String message = header + "\nTo: alice@palomar.example\nMIME-Version: 1.0\n\n" + body + "\n";
        dovecot.put(ALICE, mailbox, message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MailSession session() {
        return product.bean(ImapConnector.class).open(new Credentials(ALICE, "alice"), null);
    }

    private static MessageRef ref(String mailbox) {
        try (MailSession session = session()) {
            return session.examine(new MailboxName(mailbox), open -> open.newest(0, 1))
                    .messages()
                    .getFirst()
                    .ref();
        }
    }

    private static Flags flags(String mailbox) {
        try (MailSession session = session()) {
            return session.examine(new MailboxName(mailbox), open -> open.newest(0, 1))
                    .messages()
                    .getFirst()
                    .flags();
        }
    }

    private static String newest(String mailbox) {
        MessageRef ref = ref(mailbox);
        return "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key();
    }

    private static String warning(Document page) {
        return page.select("[data-testid=trust-warning]").text();
    }
}
