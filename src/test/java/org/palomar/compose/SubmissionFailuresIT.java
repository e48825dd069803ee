package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** A submission that fails at any step: the text is kept, what is said is true, and nothing is submitted twice. */
class SubmissionFailuresIT {

    private static DovecotServer dovecot;
    private static SmtpRecorder smtp;
    private static Product product;
    private static Visitor alice;

    @BeforeAll
    static void open() {
        dovecot = DovecotServer.start();
        smtp = new SmtpRecorder();
        product = Product.at(
                dovecot.port(),
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp.port(),
                "palomar.smtp.security=plain",
                "palomar.outbox.retry=200ms");
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void close() {
        product.close();
        smtp.close();
        dovecot.close();
    }

    @BeforeEach
    void forget() {
        smtp.forget();
    }

    private static int count(String mailbox, String subject) {
        try (MailSession mail =
                product.bean(ImapConnector.class).open(new Credentials("alice@palomar.example", "alice"), null)) {
            return (int) mail.examine(new MailboxName(mailbox), open -> open.newest(0, 500)).messages().stream()
                    .filter(message -> subject.equals(message.envelope().subject()))
                    .count();
        }
    }

    /** Palomar leaves a server alone for a moment that did not answer. */
    private static boolean isThere(String mailbox, String subject) {
        try {
            return count(mailbox, subject) > 0;
        } catch (ImapException.Unreachable _) {
            return false;
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Instant until = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(until);
            Thread.onSpinWait();
        }
    }

    private static WritingDesk letter(String subject) {
        return WritingDesk.open(alice, "compose")
                .type("to", "bob@palomar.example")
                .type("subject", subject)
                .type("text", "kept: " + subject);
    }

    private static Element row(String subject) {
        return alice.open("outbox").html().select("[data-testid=outbox-row]").stream()
                .filter(row -> row.text().contains(subject))
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "connect, 421 busy",
        "connect, 554 not you",
        "connect, (cut)",
        "connect, (garbage)",
        "EHLO, (cut)",
        "AUTH, 454 later",
        "AUTH, 421 closing",
        "AUTH, (cut)",
        "MAIL, (garbage)",
        "MAIL, 451 later",
        "MAIL, (cut)",
        "RCPT, 450 greylisted",
        "RCPT, (cut)",
        "DATA, 451 later",
        "DATA, (cut)",
        "., 451 later",
    })
    void whatIsNotTakenNowIsTakenLaterOnce(String step, String reply) {
        String subject = "later " + step + " " + reply;
        smtp.answer(line -> line.toUpperCase(Locale.ROOT).startsWith(step.toUpperCase(Locale.ROOT)) ? reply : null);
        Answer answer = alice.follow(letter(subject).press("send"));
        assertThat(answer.flash()).contains("On its way");
        assertThat(row(subject).attr("data-state")).isEqualTo("retrying");
        assertThat(smtp.messages()).isEmpty();
        smtp.forget();
        await("sent and filed", () -> row(subject) == null);
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", subject)).isEqualTo(1);
        assertThat(count("Drafts", subject)).isZero();
    }

    /** Taken is taken, however the conversation ends. */
    @ParameterizedTest
    @CsvSource({"QUIT, (cut)", "QUIT, 421 closing", "QUIT, (garbage)"})
    void aFarewellThatGoesWrongChangesNothing(String step, String reply) {
        String subject = "farewell " + reply;
        smtp.answer(line -> line.startsWith(step) ? reply : null);
        assertThat(alice.follow(letter(subject).press("send")).flash()).contains("Sent.");
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", subject)).isEqualTo(1);
        assertThat(row(subject)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, 535 5.7.8 no",
        "MAIL, 550 not from you",
        "RCPT, 550 nobody",
        "DATA, 554 no",
        "., 554 spam",
        "., 552 5.3.4 too large"
    })
    void whatIsNotTakenAtAllIsADraftAgain(String step, String reply) {
        String subject = "never " + step + " " + reply;
        smtp.answer(line -> line.toUpperCase(Locale.ROOT).startsWith(step.toUpperCase(Locale.ROOT)) ? reply : null);
        WritingDesk desk = letter(subject);
        Answer answer = alice.follow(desk.press("send"));
        assertThat(answer.status()).isEqualTo(422);
        WritingDesk kept = WritingDesk.on(alice, answer);
        assertThat(kept.value("text")).isEqualTo("kept: " + subject);
        assertThat(WritingDesk.open(alice, "compose?draft=" + desk.id()).value("text"))
                .as("in the store, too")
                .isEqualTo("kept: " + subject);
        smtp.forget();
        assertThat(kept.type("text", "better").autosave().status()).isEqualTo(200);
        assertThat(alice.follow(kept.press("send")).flash()).contains("Sent.");
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", subject)).isEqualTo(1);
    }

    /** The one moment nobody can know about: its writer decides. */
    @Test
    void whatWasHandedOverWithoutAnAnswerIsNeverSentAgainByItself() {
        smtp.answer(line -> line.equals(".") ? SmtpRecorder.CUT : null);
        WritingDesk desk = letter("unknown");
        assertThat(alice.follow(desk.press("send")).flash()).contains("On its way");
        assertThat(row("unknown").attr("data-state")).isEqualTo("unknown");
        smtp.answer(_ -> null);
        await("it was looked for in Sent some times", () -> dovecot.log() != null && row("unknown") != null);
        assertThat(smtp.messages()).hasSize(1);
        // Not while the worker looks for it in Sent.
        await(
                "decided",
                () -> alice.follow(alice.post("outbox/" + desk.id() + "/arrived"))
                        .flash()
                        .contains("Sent."));
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", "unknown")).isEqualTo(1);
        assertThat(row("unknown")).isNull();
    }

    @Test
    void aServerThatSavesByItselfAnswersForIt() {
        smtp.answer(line -> {
            if (line.equals(".")) {
                byte[] copy = ("Subject: saved there\r\nMessage-ID: <" + savedThere + "@palomar.example>\r\n\r\nx\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                dovecot.put("alice@palomar.example", "Sent", copy);
                return SmtpRecorder.CUT;
            }
            return null;
        });
        WritingDesk desk = letter("saved there");
        savedThere = desk.id();
        alice.follow(desk.press("send"));
        await("found in Sent", () -> row("saved there") == null);
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", "saved there")).isEqualTo(1);
    }

    private static volatile String savedThere = "";

    @Test
    void aMailServerThatIsAwayHoldsUpTheCopyOnly() {
        WritingDesk desk = letter("unfiled");
        smtp.answer(line -> {
            if (line.equals(".")) {
                dovecot.stop();
            }
            return null;
        });
        Answer sent = desk.press("send");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(smtp.messages()).hasSize(1);
        smtp.answer(_ -> null);
        dovecot.startAgain();
        await("filed", () -> isThere("Sent", "unfiled"));
        assertThat(smtp.messages()).hasSize(1);
        assertThat(List.of(count("Sent", "unfiled"))).containsExactly(1);
    }
}
