package org.palomar.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.EventLog;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;

/** The stream of news, over HTTP, from Palomar in front of Dovecot. */
class EventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] MESSAGE = "Subject: news\r\n\r\nThere is some.\r\n".getBytes(StandardCharsets.US_ASCII);

    private static DovecotServer dovecot;
    private static Product product;

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.builder().maxConnections(100).start();
        product = product();
    }

    private static Product product() {
        return Product.at(dovecot.port(), "palomar.live.beat=1s", "palomar.live.linger=1s", "palomar.live.streams=4");
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void whatOneDeviceDoesIsToldToTheOthers() {
        dovecot.put("alice@palomar.example", "INBOX", MESSAGE);
        try (Visitor desk = product.visitor().signedIn("alice");
                Visitor phone = product.visitor().signedIn("alice");
                EventLog heard = desk.listen("events")) {
            assertThat(heard.status()).isEqualTo(200);
            assertThat(heard.header("Content-Type")).startsWith("text/event-stream");
            assertThat(heard.header("Cache-Control")).isEqualTo("no-store");
            assertThat(heard.header("X-Accel-Buffering")).isEqualTo("no");
            heard.await("hello 1000").await("state live").await("all");
            long complete = System.nanoTime();
            dovecot.put("alice@palomar.example", "INBOX", MESSAGE);
            heard.await("arrived INBOX");
            String ref = phone.get("mailboxes/INBOX")
                    .html()
                    .select("[data-testid=message-row]")
                    .attr("data-ref");
            phone.post("mailboxes/INBOX/actions", "action", "flag", "ref", ref).expect(303);
            heard.await("flags INBOX");
            phone.post("mailboxes/INBOX/actions", "action", "archive", "ref", ref)
                    .expect(303);
            heard.await("expunged INBOX", "arrived Archive");
            phone.post("mailboxes", "name", "Plans", "parent", "").expect(303);
            heard.await("mailboxes");
            // A second page that was made before all this hears of it, and one made a moment ago does not.
            long age = (System.nanoTime() - complete) / 1_000_000;
            try (EventLog late = desk.listen("events?mailbox=Archive&age=" + age);
                    EventLog older = desk.listen("events?mailbox=Archive&age=600000");
                    EventLog fresh = desk.listen("events?mailbox=Archive")) {
                late.await("state live").await("arrived Archive").await("beat");
                older.await("state live").await("all");
                fresh.await("state live").await("beat");
                assertThat(fresh.events()).doesNotContain("all", "arrived Archive");
            }
        }
    }

    @Test
    void signingOutEndsTheStreamsAtOnce() {
        try (Visitor bob = product.visitor().signedIn("bob");
                EventLog one = bob.listen("events");
                EventLog other = bob.listen("events?mailbox=Sent")) {
            one.await("state live");
            other.await("state live");
            bob.post("logout").expect(302);
            one.awaitEnd();
            other.awaitEnd();
            assertThat(one.events()).doesNotContain("broken");
            assertThat(bob.listen("events").status()).isNotEqualTo(200);
        }
    }

    @Test
    void theOldestStreamMakesRoom() {
        try (Visitor dan = product.visitor().signedIn("dan");
                EventLog first = dan.listen("events");
                EventLog second = dan.listen("events");
                EventLog third = dan.listen("events");
                EventLog fourth = dan.listen("events");
                EventLog fifth = dan.listen("events")) {
            fifth.await("beat");
            first.awaitEnd();
            assertThat(second.hasEnded() || third.hasEnded() || fourth.hasEnded())
                    .isFalse();
            dan.post("events/mailbox", "mailbox", "Sent").expect(204);
            dan.postPlain("events/mailbox", "mailbox", "Sent").expect(403);
        }
    }

    @Test
    void nobodyIsWatchedWhoHasNoPageOpen() {
        Pages pages = product.bean(Pages.class);
        await("the end of everybody else's watch").atMost(PATIENCE).until(() -> pages.watched() == 0);
        try (Visitor carol = product.visitor().signedIn("carol")) {
            try (EventLog heard = carol.listen("events")) {
                heard.await("state live");
                assertThat(pages.watched()).isEqualTo(1);
            }
            await("the end of the watch").atMost(PATIENCE).until(() -> pages.watched() == 0);
            try (EventLog again = carol.listen("events")) {
                again.await("state live").await("all");
            }
        }
    }

    /** Because the web server waits for whoever still reads: 10 s for each phase. */
    @Test
    void openStreamsDoNotHoldUpTheShutdown() {
        Product other = product();
        try (Visitor alice = other.visitor().signedIn("alice");
                EventLog heard = alice.listen("events")) {
            heard.await("state live");
            long began = System.nanoTime();
            other.close();
            heard.awaitEnd();
            assertThat(heard.events()).doesNotContain("broken");
            System.err.println("shutdown with an open stream: " + (System.nanoTime() - began) / 1_000_000 + " ms");
        }
    }
}
