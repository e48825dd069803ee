package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.store.Store;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.Product;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Reports about deliveries (RFC 3461), without JavaScript: asked for, kept, and where nobody makes them, said. */
class ReportsIT {

    @TempDir
    private Path store;

    private Product product(DovecotServer dovecot, int smtp, boolean auth) {
        return Product.at(
                dovecot.port(),
                "palomar.store.url=",
                "palomar.store.directory=" + store,
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp,
                "palomar.smtp.security=plain",
                "palomar.smtp.auth=" + auth,
                "palomar.sending.undo=0s",
                "palomar.outbox.retry=200ms");
    }

    private static WritingDesk letter(Visitor alice, String subject) {
        return WritingDesk.open(alice, "compose")
                .type("to", "bob@palomar.example")
                .type("subject", subject)
                .type("text", "Hello");
    }

    @Test
    void theReportComesAndIsReadable() {
        try (DovecotServer dovecot =
                        DovecotServer.builder().lmtp().auth().maxConnections(50).start();
                PostfixServer postfix = PostfixServer.start(dovecot);
                Product product = product(dovecot, postfix.port(), true);
                Visitor alice = product.visitor().signedIn("alice")) {
            WritingDesk desk = letter(alice, "Roof").type("report", "true");
            assertThat(alice.follow(desk.press("save")).flash()).contains("Draft saved.");
            WritingDesk again = WritingDesk.open(alice, "compose?draft=" + desk.id());
            assertThat(again.value("report")).as("kept in the draft").isEqualTo("true");
            assertThat(alice.follow(again.press("send")).flash()).contains("Sent.");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(alice.open("mailboxes/INBOX").text())
                                    .contains("Successful Mail Delivery Report"));
            Document inbox = alice.open("mailboxes/INBOX").html();
            String link = inbox.select("[data-testid=message-row] a[href*=/messages/]").stream()
                    .filter(a -> a.text().contains("Successful Mail Delivery Report"))
                    .findFirst()
                    .orElseThrow()
                    .attr("href");
            Answer report = alice.open(link).expect(200);
            assertThat(report.text())
                    .contains("Passed on")
                    .contains("The message for bob@palomar.example was passed on")
                    .contains(desk.id());
        }
    }

    /** Through a restart and a time to go. */
    @Test
    void theWishIsKeptUntilTheMessageGoes() {
        try (DovecotServer dovecot = DovecotServer.start();
                SmtpRecorder smtp = new SmtpRecorder()) {
            smtp.answer(line -> line.startsWith("EHLO") ? "250-recorder\r\n250 DSN" : null);
            String id;
            try (Product product = product(dovecot, smtp.port(), false);
                    Visitor alice = product.visitor().signedIn("alice")) {
                WritingDesk desk = letter(alice, "Later").type("report", "true");
                id = desk.id();
                String when = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now().plus(Duration.ofDays(2)));
                assertThat(alice.follow(desk.type("at", when).press("later")).flash())
                        .contains("Goes on");
                assertThat(smtp.messages()).isEmpty();
            }
            try (Product product = product(dovecot, smtp.port(), false);
                    Visitor alice = product.visitor().signedIn("alice")) {
                assertThat(alice.open("outbox").text()).contains("Later");
                alice.follow(alice.post("outbox/" + id + "/now"));
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(smtp.messages()).hasSize(1));
                assertThat(smtp.commands())
                        .contains(
                                "MAIL FROM:<alice@palomar.example> RET=HDRS ENVID=" + id + "@palomar.example",
                                "RCPT TO:<bob@palomar.example> NOTIFY=SUCCESS,FAILURE,DELAY");
            }
        }
    }

    @Test
    void aServerWithoutReportsIsNamedBeforeAndAfter() {
        try (DovecotServer dovecot = DovecotServer.start();
                SmtpRecorder smtp = new SmtpRecorder()) {
            smtp.answer(line -> line.startsWith("EHLO") ? "250-recorder\r\n250 DSN" : null);
            try (Product product = product(dovecot, smtp.port(), false);
                    Visitor alice = product.visitor().signedIn("alice")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> smtp.commands().stream().anyMatch(line -> line.startsWith("EHLO")));
                // It stops in the middle of the hour for which its word is taken.
                smtp.forget();
                WritingDesk desk = letter(alice, "Unreported").type("report", "true");
                assertThat(alice.follow(desk.press("send")).flash()).contains("You will not be told");
                assertThat(smtp.messages()).hasSize(1);
                assertThat(smtp.commands()).contains("RCPT TO:<bob@palomar.example>");
                assertThat(alice.open("outbox").text()).doesNotContain("Unreported");

                WritingDesk second = letter(alice, "Scheduled").type("report", "true");
                String when = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now().plus(Duration.ofDays(2)));
                alice.follow(second.type("at", when).press("later"));
                alice.follow(alice.post("outbox/" + second.id() + "/now"));
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    Element row = alice.open("outbox").html().selectFirst("[data-testid=outbox-row]");
                    assertThat(row).isNotNull();
                    assertThat(row.attr("data-state")).isEqualTo("sent");
                    assertThat(row.text()).contains("You wanted to be told when it is delivered", "Dismiss");
                    assertThat(row.text()).doesNotContain("Try now");
                });
                int kept = product.bean(Store.class)
                        .with(sql -> sql.sql("select count(*) from outbox where credentials is not null")
                                .query(Integer.class)
                                .single());
                assertThat(kept).as("no password is kept for what is over").isZero();
                alice.follow(alice.post("outbox/" + second.id() + "/forget"));
                assertThat(alice.open("outbox").text()).contains("Nothing is on its way.");
                assertThat(smtp.messages()).hasSize(2);
            }
            try (Product product = product(dovecot, smtp.port(), false);
                    Visitor alice = product.visitor().signedIn("alice")) {
                await("the server was asked")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(alice.open("compose").html().select("[data-testid=unreported]"))
                                        .hasSize(1));
                assertThat(alice.open("compose").html().select("[name=report]")).isEmpty();
                smtp.forget();
                WritingDesk desk = letter(alice, "Asked").type("report", "true");
                Answer asked = desk.press("send");
                assertThat(asked.status()).isEqualTo(422);
                assertThat(asked.html().select("[data-testid=questions]").text())
                        .contains("The server for outgoing mail does not do that");
                assertThat(smtp.messages()).isEmpty();
                WritingDesk sure = WritingDesk.on(alice, asked);
                assertThat(sure.value("report")).isEqualTo("true");
                assertThat(alice.follow(sure.press("send")).flash()).contains("You will not be told");
                assertThat(smtp.messages()).hasSize(1);
            }
        }
    }
}
