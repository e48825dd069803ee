package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
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

    /** What is true once a conversation went wrong. */
    private enum Fate {
        /** The server took it. */
        SENT,
        /** Nobody has it; it is tried again. */
        RETRYING,
        /** Nobody has it, and nobody will: a draft again. */
        DRAFT,
        /** It was handed over, and no answer came. */
        UNKNOWN
    }

    private static final List<String> STEPS = List.of("connect", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".", "QUIT");

    private static final List<String> ANSWERS = List.of(
            "451 4.3.0 not now",
            "451 4.3.0 not now\r\n" + SmtpRecorder.CUT,
            "421 4.3.2 closing\r\n" + SmtpRecorder.CUT,
            "550 5.7.1 never",
            "550 5.7.1 never\r\n" + SmtpRecorder.CUT,
            "550-5.7.1 not today\r\n550 5.7.1 never",
            SmtpRecorder.CUT,
            "2" + SmtpRecorder.CUT,
            "250-first\r\n" + SmtpRecorder.CUT,
            "250-first\r\n250-sec" + SmtpRecorder.CUT,
            "5" + SmtpRecorder.CUT,
            "550-5.7.1 not" + SmtpRecorder.CUT,
            "garbage",
            "\u0001\u0002\u0003");

    static Stream<Arguments> everyLine() {
        return STEPS.stream().flatMap(step -> ANSWERS.stream().map(answer -> Arguments.of(step, answer)));
    }

    private static Fate fate(String step, String answer) {
        // Every line of an answer has its code (RFC 5321 section 4.2.1): the first one of several decides.
        boolean whole = answer.matches("(?s)[45]\\d\\d[ -].*");
        boolean temporary = answer.startsWith("4");
        boolean closed = answer.endsWith(SmtpRecorder.CUT);
        return switch (step) {
            case "QUIT" -> Fate.SENT;
            case "connect" -> Fate.RETRYING;
            // Whoever does not understand EHLO is greeted with HELO (RFC 5321 section 3.2).
            case "EHLO" -> closed ? Fate.RETRYING : Fate.SENT;
            case "." -> !whole ? Fate.UNKNOWN : temporary ? Fate.RETRYING : Fate.DRAFT;
            default -> whole && !temporary ? Fate.DRAFT : Fate.RETRYING;
        };
    }

    @ParameterizedTest
    @MethodSource("everyLine")
    void whateverTheServerSaysWhatIsSaidIsTrue(String step, String odd) {
        Fate fate = fate(step, odd);
        String subject = "after " + step + " " + ANSWERS.indexOf(odd);
        smtp.answer(line -> line.startsWith(step) ? odd : null);
        WritingDesk desk = letter(subject);
        Answer answer = alice.follow(desk.press("send"));
        switch (fate) {
            case SENT -> assertThat(answer.flash()).as(answer.text()).contains("Sent.");
            case RETRYING -> {
                assertThat(row(subject).attr("data-state")).isEqualTo("retrying");
                assertThat(smtp.messages()).isEmpty();
                assertThat(count("Sent", subject)).isZero();
                smtp.forget();
                await("sent and filed", () -> row(subject) == null);
            }
            case DRAFT -> {
                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.html().select("#fault").text())
                        .contains("Not sent.")
                        .contains(step.equals("AUTH") ? "did not accept your password" : "5.7.1 n");
                WritingDesk kept = WritingDesk.on(alice, answer);
                assertThat(kept.value("text")).isEqualTo("kept: " + subject);
                assertThat(WritingDesk.open(alice, "compose?draft=" + desk.id()).value("text"))
                        .as("in the store, too")
                        .isEqualTo("kept: " + subject);
                assertThat(smtp.messages()).isEmpty();
                assertThat(count("Sent", subject)).isZero();
                smtp.forget();
                assertThat(kept.type("text", "kept: better").autosave().status())
                        .isEqualTo(200);
                assertThat(alice.follow(kept.press("send")).flash()).contains("Sent.");
            }
            case UNKNOWN -> {
                assertThat(answer.flash()).contains("On its way");
                await("looked for", () -> row(subject).attr("data-state").equals("unknown"));
                assertThat(row(subject).text())
                        .contains("Perhaps sent.", "The connection broke before the server answered");
                assertThat(count("Sent", subject)).isZero();
                smtp.forget();
                await(
                        "a draft again",
                        () -> alice.follow(alice.post("outbox/" + desk.id() + "/undo"))
                                .text()
                                .contains("kept: " + subject));
                assertThat(smtp.messages()).as("not again by itself").isEmpty();
                return;
            }
        }
        assertThat(smtp.messages())
                .singleElement()
                .satisfies(message -> assertThat(new String(message, StandardCharsets.US_ASCII))
                        .contains("kept: "));
        assertThat(count("Sent", subject)).isEqualTo(1);
        assertThat(count("Drafts", subject)).isZero();
        assertThat(row(subject)).isNull();
    }

    /** The server took it, though the connection ended before the line did. */
    @Test
    void anAnswerWithoutItsLineEndIsOne() {
        smtp.answer(line -> line.equals(".") ? "250 taken" + SmtpRecorder.CUT : null);
        assertThat(alice.follow(letter("without its end").press("send")).flash())
                .contains("Sent.");
        assertThat(smtp.messages()).hasSize(1);
        assertThat(count("Sent", "without its end")).isEqualTo(1);
    }

    @Test
    void addressesThatTheServerDoesNotTakeAreNamed() {
        String plain = "250-recorder\r\n250 AUTH PLAIN";
        smtp.answer(line -> line.startsWith("EHLO") ? plain : null);
        WritingDesk desk = letter("international").type("to", "Jürgen <jürgen@müller.example>, bob@palomar.example");
        Answer answer = alice.follow(desk.press("send"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.html().select("#fault").text())
                .contains("letters other than a to z before the @", "jürgen@")
                .doesNotContain("bob@");
        WritingDesk kept = WritingDesk.on(alice, answer);
        assertThat(kept.value("text")).isEqualTo("kept: international");
        assertThat(kept.value("to")).contains("jürgen@müller.example");
        assertThat(kept.autosave().status()).isEqualTo(200);
        assertThat(alice.follow(kept.press("save")).flash()).contains("Draft saved.");
        assertThat(WritingDesk.open(alice, "compose?draft=" + desk.id()).value("to"))
                .contains("jürgen@müller.example");
        assertThat(smtp.messages()).isEmpty();
        smtp.forget();
        WritingDesk again = WritingDesk.open(alice, "compose?draft=" + desk.id());
        assertThat(alice.follow(again.press("send")).flash()).contains("Sent.");
        assertThat(smtp.messages()).hasSize(1);
        assertThat(smtp.commands()).contains("MAIL FROM:<alice@palomar.example> SMTPUTF8 BODY=8BITMIME");
        assertThat(count("Sent", "international")).isEqualTo(1);
        assertThat(sentTo("international")).contains("jürgen@xn--mller-kva.example", "bob@palomar.example");
    }

    private static List<String> sentTo(String subject) {
        try (MailSession mail =
                product.bean(ImapConnector.class).open(new Credentials("alice@palomar.example", "alice"), null)) {
            return mail.examine(new MailboxName("Sent"), open -> open.newest(0, 500)).messages().stream()
                    .filter(message -> subject.equals(message.envelope().subject()))
                    .flatMap(message -> message.envelope().to().stream())
                    .map(Address::address)
                    .toList();
        }
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
                        .getBytes(StandardCharsets.US_ASCII);
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
