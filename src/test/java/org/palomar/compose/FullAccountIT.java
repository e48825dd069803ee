package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** An account over its quota takes no copies: what is written is kept all the same, and copied once there is room. */
class FullAccountIT {

    private static final String FULL = """
            plugin {
              quota_rule = *:storage=300K
            }
            """;

    @Test
    void whatIsWrittenIsKeptAndSentAndCopiedOnceThereIsRoom() {
        try (DovecotServer dovecot = DovecotServer.builder().configure(FULL).start();
                SmtpRecorder smtp = new SmtpRecorder();
                Product product = Product.at(
                        dovecot.port(),
                        "palomar.smtp.host=127.0.0.1",
                        "palomar.smtp.port=" + smtp.port(),
                        "palomar.smtp.security=plain",
                        "palomar.smtp.auth=false",
                        "palomar.outbox.retry=200ms");
                Visitor alice = product.visitor().signedIn("alice")) {
            dovecot.put(
                    "alice@palomar.example",
                    "INBOX",
                    ("Subject: large\r\n\r\n" + "x".repeat(250_000)).getBytes(StandardCharsets.US_ASCII));
            String text = "kept ".repeat(20_000);
            WritingDesk desk = WritingDesk.open(alice, "compose")
                    .type("to", "bob@palomar.example")
                    .type("subject", "Over quota")
                    .type("text", text);
            assertThat(desk.autosave().status()).isEqualTo(200);
            Answer saved = alice.follow(desk.press("save"));
            assertThat(saved.text()).contains("Your account is full, so it is not in your Drafts mailbox yet.");
            assertThat(count(product, "Drafts")).isZero();
            WritingDesk kept = WritingDesk.open(alice, "compose?draft=" + desk.id());
            assertThat(kept.value("text")).isEqualToNormalizingNewlines(text);

            Answer sent = alice.follow(kept.press("send"));
            assertThat(smtp.messages()).hasSize(1);
            assertThat(count(product, "Sent")).isZero();
            assertThat(sent.flash()).doesNotContain("Sent.");
            assertThat(alice.open("outbox").text()).contains("Over quota");

            try (MailSession mail = mail(product)) {
                mail.select(MailboxName.INBOX, open -> {
                    open.expunge(open.uids());
                    return true;
                });
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(count(product, "Sent")).isEqualTo(1));
            assertThat(smtp.messages()).as("sent once").hasSize(1);
        }
    }

    private static MailSession mail(Product product) {
        return product.bean(ImapConnector.class).open(new Credentials("alice@palomar.example", "alice"), null);
    }

    private static int count(Product product, String mailbox) {
        try (MailSession mail = mail(product)) {
            return mail.examine(new MailboxName(mailbox), open -> open.newest(0, 10))
                    .messages()
                    .size();
        }
    }
}
