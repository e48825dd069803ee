package org.palomar.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.mail.Address;
import org.palomar.mail.Credentials;
import org.palomar.mail.MessageId;
import org.palomar.mime.Draft;
import org.palomar.mime.MessageWriter;
import org.palomar.mime.WholeMessage;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.TestCertificate;

/** Submission to a real Postfix with SASL, delivered by LMTP to a real Dovecot. */
@Timeout(120)
class PostfixSubmissionIT {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final String SENDER = "alice@palomar.example";
    private static final List<String> BOB = List.of("bob@palomar.example");

    @TempDir
    static Path folder;

    private static @Nullable DovecotServer dovecot;
    private static @Nullable PostfixServer postfix;
    private static TestCertificate certificate;

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.builder().lmtp().auth().start();
        certificate = TestCertificate.make(folder, "localhost");
        postfix = PostfixServer.deliveringTo(dovecot.lmtpPort())
                .sasl(dovecot.authPort())
                .tls(certificate)
                .sizeLimit(1_000_000)
                .start();
    }

    @AfterAll
    static void stop() {
        if (postfix != null) {
            postfix.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void deliversAWrittenDraftByStartTlsAndSasl() throws Exception {
        Path file = Files.write(folder.resolve("data.bin"), new byte[200_000]);
        Draft draft = new Draft(
                new Address("Alice Ñ", SENDER),
                List.of(new Address("Bob", "bob@palomar.example")),
                List.of(),
                List.of(new Address("Carol", "carol@palomar.example")),
                "¿Qué tal? 日本語 🕊",
                ".\nFrom here: grüße\n\n> quoted " + "long ".repeat(40),
                List.of(new Draft.File("Übersicht.bin", "application/octet-stream", file)),
                new MessageId("<draft@palomar.example>"),
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
                null,
                List.of());
        Path message = folder.resolve("draft.eml");
        new MessageWriter().write(draft, message);
        submission(SmtpProperties.Security.STARTTLS, "localhost", certificate.certificate())
                .submit(ALICE, SENDER, MessageWriter.recipients(draft), message);
        byte[] sent = Files.readAllBytes(message);
        for (String person : List.of("bob@palomar.example", "carol@palomar.example")) {
            byte[] received = delivered(person, "<draft@palomar.example>");
            String text = new String(received, StandardCharsets.ISO_8859_1);
            assertThat(text)
                    .endsWith(new String(sent, StandardCharsets.ISO_8859_1))
                    .doesNotContain("Bcc:");
            assertThat(text).contains("ESMTPSA");
            assertThat(WholeMessage.parse(received).envelope().subject()).isEqualTo("¿Qué tal? 日本語 🕊");
        }
    }

    @Test
    void deliversOverImplicitTls() throws Exception {
        Path message = message("<implicit@palomar.example>", "hello");
        submission(SmtpProperties.Security.TLS, "localhost", certificate.certificate())
                .submit(ALICE, SENDER, BOB, message);
        assertThat(new String(
                        delivered("bob@palomar.example", "<implicit@palomar.example>"), StandardCharsets.US_ASCII))
                .contains("hello");
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        Path message = message("<wrong@palomar.example>", "x");
        assertThatThrownBy(() -> submission(SmtpProperties.Security.STARTTLS, "localhost", certificate.certificate())
                        .submit(new Credentials("alice@palomar.example", "wrong"), SENDER, BOB, message))
                .isInstanceOf(SmtpException.AuthenticationFailed.class);
    }

    @Test
    void namesARefusedRecipientAndSendsToNobody() throws Exception {
        Path message = message("<nobody@palomar.example>", "x");
        assertThatThrownBy(() -> submission(SmtpProperties.Security.STARTTLS, "localhost", certificate.certificate())
                        .submit(ALICE, SENDER, List.of("bob@palomar.example", "nobody@palomar.example"), message))
                .isInstanceOfSatisfying(SmtpException.RecipientsRefused.class, e -> {
                    assertThat(e.recipients()).containsExactly("nobody@palomar.example");
                    assertThat(e.reply()).startsWith("550 5.1.1");
                });
    }

    @Test
    void refusesSomebodyElsesAddress() throws Exception {
        Path message = message("<other@palomar.example>", "x");
        assertThatThrownBy(() -> submission(SmtpProperties.Security.STARTTLS, "localhost", certificate.certificate())
                        .submit(ALICE, "bob@palomar.example", BOB, message))
                .isInstanceOf(SmtpException.SenderRefused.class);
    }

    @Test
    void saysThatAMessageIsTooLarge() throws Exception {
        Path message = message("<large@palomar.example>", "line\r\n".repeat(400_000));
        assertThatThrownBy(() -> submission(SmtpProperties.Security.STARTTLS, "localhost", certificate.certificate())
                        .submit(ALICE, SENDER, BOB, message))
                .isInstanceOf(SmtpException.TooLarge.class);
    }

    @Test
    void s43_trustsNeitherUnknownCertificatesNorWrongNames() throws Exception {
        Path message = message("<tls@palomar.example>", "x");
        for (SmtpProperties.Security security :
                List.of(SmtpProperties.Security.STARTTLS, SmtpProperties.Security.TLS)) {
            assertThatThrownBy(() -> submission(security, "localhost", null).submit(ALICE, SENDER, BOB, message))
                    .isInstanceOf(SmtpException.CertificateRejected.class);
            TestCertificate other = TestCertificate.make(folder, "other.example");
            try (PostfixServer wrong = PostfixServer.deliveringTo(dovecot.lmtpPort())
                    .sasl(dovecot.authPort())
                    .tls(other)
                    .start()) {
                int port = security == SmtpProperties.Security.TLS ? wrong.tlsPort() : wrong.port();
                assertThatThrownBy(() -> new JavaMailSubmission(
                                        properties(security, "localhost", port, other.certificate()))
                                .submit(ALICE, SENDER, BOB, message))
                        .isInstanceOf(SmtpException.CertificateRejected.class);
            }
        }
    }

    @Test
    void needsNoCredentialsWhereTheServerDoesNot() throws Exception {
        Path message = message("<relay@palomar.example>", "by relay");
        try (PostfixServer relay =
                PostfixServer.deliveringTo(dovecot.lmtpPort()).start()) {
            SmtpProperties properties = new SmtpProperties(
                    "127.0.0.1",
                    relay.port(),
                    SmtpProperties.Security.PLAIN,
                    false,
                    false,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    null);
            assertThatCode(() -> new JavaMailSubmission(properties).submit(ALICE, SENDER, BOB, message))
                    .doesNotThrowAnyException();
            assertThat(delivered("bob@palomar.example", "<relay@palomar.example>"))
                    .isNotEmpty();
        }
    }

    /** Passed on as it came, to a server that knows such addresses, too. */
    @Test
    void passesOnAddressesThatAreNotAscii() throws Exception {
        Draft draft = new Draft(
                new Address("Alice Ñ", SENDER),
                List.of(new Address("Jürgen", "jürgen@müller.example")),
                List.of(),
                List.of(),
                "Grüße",
                "x",
                List.of(),
                new MessageId("<utf8@palomar.example>"),
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
                null,
                List.of());
        Path message = folder.resolve("utf8.eml");
        new MessageWriter().write(draft, message);
        try (SmtpRecorder next = new SmtpRecorder();
                PostfixServer relay = PostfixServer.deliveringTo(dovecot.lmtpPort())
                        .configure("smtputf8_enable = yes\ndefault_transport = smtp:[127.0.0.1]:" + next.port())
                        .start()) {
            new JavaMailSubmission(open(relay.port())).submit(ALICE, SENDER, MessageWriter.recipients(draft), message);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(next.messages()).hasSize(1));
            assertThat(next.commands())
                    .anyMatch(line -> line.startsWith("MAIL FROM:<alice@palomar.example>") && line.contains("SMTPUTF8"))
                    .anyMatch(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            .startsWith("RCPT TO:<jürgen@"));
            assertThat(new String(next.messages().getFirst(), StandardCharsets.UTF_8))
                    .contains("To: =?UTF-8?Q?J=C3=BCrgen?= <jürgen@xn--mller-kva.example>\r\n")
                    .contains("Subject: =?UTF-8?");
            assertThat(WholeMessage.parse(next.messages().getFirst()).envelope().to())
                    .containsExactly(new Address("Jürgen", "jürgen@xn--mller-kva.example"));
        }
        try (PostfixServer old = PostfixServer.deliveringTo(dovecot.lmtpPort())
                .configure("smtputf8_enable = no")
                .start()) {
            assertThatThrownBy(() -> new JavaMailSubmission(open(old.port()))
                            .submit(ALICE, SENDER, MessageWriter.recipients(draft), message))
                    .isInstanceOfSatisfying(
                            SmtpException.AddressesNotTaken.class,
                            e -> assertThat(e.addresses()).containsExactly("jürgen@xn--mller-kva.example"));
        }
    }

    /** Also from a server that would take chunks (RFC 3030), in which the transport doubles dots that nobody takes out again. */
    @Test
    void whatArrivesIsWhatWasSent() throws Exception {
        try (PostfixServer relay =
                PostfixServer.deliveringTo(dovecot.lmtpPort()).start()) {
            StringBuilder text = new StringBuilder(".\r\n..\r\n.x\r\n\r\n. \r\nBDAT 3 LAST\r\n.\nbare\r\n");
            text.append("8bit: Grüße\r\n").append("long ".repeat(190)).append("\r\n");
            for (int line = 0; text.length() < 3_000_000; line++) {
                text.append(line % 7 == 0 ? "." : "")
                        .append("line ")
                        .append(line)
                        .append("\r\n");
            }
            Path message = message("<octets@palomar.example>", text.toString());
            new JavaMailSubmission(open(relay.port())).submit(ALICE, SENDER, BOB, message);
            byte[] received = delivered("bob@palomar.example", "<octets@palomar.example>");
            // Line ends are CRLF on the wire: no bare one passes for the end of a message (RFC 5321 section 2.3.8).
            String sent = text.toString().replace(".\nbare", ".\r\nbare") + "\r\n";
            String arrived = new String(received, StandardCharsets.UTF_8);
            String body = arrived.substring(arrived.indexOf("\r\n\r\n") + 4);
            assertThat(Arrays.mismatch(body.toCharArray(), sent.toCharArray())).isEqualTo(-1);
        }
    }

    private static SmtpProperties open(int port) {
        return new SmtpProperties(
                "127.0.0.1",
                port,
                SmtpProperties.Security.PLAIN,
                false,
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                null);
    }

    private static JavaMailSubmission submission(
            SmtpProperties.Security security, String host, @Nullable Path trusted) {
        int port = security == SmtpProperties.Security.TLS ? postfix.tlsPort() : postfix.port();
        return new JavaMailSubmission(properties(security, host, port, trusted));
    }

    private static SmtpProperties properties(
            SmtpProperties.Security security, String host, int port, @Nullable Path trusted) {
        return new SmtpProperties(
                host, port, security, false, true, Duration.ofSeconds(5), Duration.ofSeconds(30), trusted);
    }

    private static Path message(String id, String text) throws IOException {
        return Files.writeString(
                Files.createTempFile(folder, "m", ".eml"),
                "From: alice@palomar.example\r\nSubject: x\r\nMessage-ID: " + id + "\r\n\r\n" + text + "\r\n");
    }

    /** The source of a message in somebody's INBOX, once it is there. */
    private static byte[] delivered(String person, String id) {
        return await("mail for " + person)
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(person, id), found -> found.length > 0);
    }

    private static byte[] find(String person, String id) throws MessagingException, IOException {
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", dovecot.port(), person, person.substring(0, person.indexOf('@')));
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var messages = inbox.search(new HeaderTerm("Message-ID", id));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                if (messages.length > 0) {
                    messages[0].writeTo(out);
                }
                return out.toByteArray();
            }
        }
    }
}
