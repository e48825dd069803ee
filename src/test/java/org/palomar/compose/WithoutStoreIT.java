package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Where the store has no room, mail goes on: letters are sent at once, drafts lie on the server alone. */
class WithoutStoreIT {

    @TempDir
    static Path folder;

    private static DovecotServer dovecot;
    private static SmtpRecorder smtp;
    private static Product product;
    private static Visitor alice;

    @BeforeAll
    static void open() throws IOException {
        dovecot = DovecotServer.start();
        smtp = new SmtpRecorder();
        Path file = Files.writeString(folder.resolve("store"), "no directory");
        product = Product.at(
                dovecot.port(),
                "palomar.store.url=",
                "palomar.store.directory=" + file,
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp.port(),
                "palomar.smtp.security=plain",
                "palomar.smtp.auth=false");
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void close() {
        product.close();
        smtp.close();
        dovecot.close();
    }

    @Test
    void aLetterGoesAtOnce() {
        WritingDesk desk = WritingDesk.open(alice, "compose");
        desk.type("to", "bob@palomar.example").type("subject", "At once").type("text", "No store here.");
        assertThat(desk.press("send").status()).isEqualTo(303);
        assertThat(new String(smtp.messages().getFirst(), StandardCharsets.UTF_8))
                .contains("No store here.");
        assertThat(count("Sent", "At once")).isEqualTo(1);
    }

    @Test
    void aLetterForLaterStaysInTheEditor() {
        WritingDesk desk = WritingDesk.open(alice, "compose");
        desk.type("to", "bob@palomar.example").type("subject", "Later").type("text", "Wait for it.");
        desk.type("at", "2099-01-01T10:00");
        Answer answer = desk.press("later");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.html().select("textarea[name=text]").val()).isEqualTo("Wait for it.");
        assertThat(count("Sent", "Later")).isZero();
    }

    @Test
    void aDraftLiesOnTheServer() {
        WritingDesk desk = WritingDesk.open(alice, "compose");
        desk.type("to", "bob@palomar.example").type("subject", "Kept").type("text", "Half a");
        desk.press("save");
        assertThat(count("Drafts", "Kept")).isEqualTo(1);
    }

    private static int count(String mailbox, String subject) {
        try (MailSession mail =
                product.bean(ImapConnector.class).open(new Credentials("alice@palomar.example", "alice"), null)) {
            return (int) mail.examine(new MailboxName(mailbox), open -> open.newest(0, 500)).messages().stream()
                    .filter(message -> subject.equals(message.envelope().subject()))
                    .count();
        }
    }
}
