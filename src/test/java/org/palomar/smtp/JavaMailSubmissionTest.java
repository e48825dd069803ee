package org.palomar.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.mail.Credentials;
import org.palomar.testing.TestCertificate;

@Timeout(60)
class JavaMailSubmissionTest {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final String SENDER = "alice@palomar.example";
    private static final List<String> BOB = List.of("bob@palomar.example");

    @TempDir
    Path folder;

    private Path message;

    @BeforeEach
    void write() throws IOException {
        message = Files.writeString(
                folder.resolve("m.eml"),
                "Subject: x\r\nMessage-ID: <a@b>\r\n\r\n.dot\r\nGrüße\r\n",
                StandardCharsets.UTF_8);
    }

    @Test
    void sendsTheFileAsItIsToTheEnvelope() {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            submission(server.port(), false)
                    .submit(ALICE, SENDER, List.of("bob@palomar.example", "c@d.example"), message);
            assertThat(server.received())
                    .startsWith(
                            "EHLO [127.0.0.1]",
                            "MAIL FROM:<alice@palomar.example> BODY=8BITMIME",
                            "RCPT TO:<bob@palomar.example>",
                            "RCPT TO:<c@d.example>",
                            "DATA",
                            "Subject: x",
                            "Message-ID: <a@b>",
                            "",
                            "..dot",
                            new String("Grüße".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                            ".");
        }
    }

    @Test
    void passesGreenMailWithAuthentication() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser(SENDER, SENDER, "alice");
        mail.start();
        try {
            int port = mail.getSmtp().getPort();
            submission(port, true).submit(ALICE, SENDER, BOB, message);
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getHeader("Message-ID")).containsExactly("<a@b>");
            assertThatThrownBy(
                            () -> submission(port, true).submit(new Credentials(SENDER, "wrong"), SENDER, BOB, message))
                    .isInstanceOf(SmtpException.AuthenticationFailed.class);
            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@palomar.example\r\nRCPT TO:<evil@x.example>",
                "bob@palomar.example\nDATA",
                "bob@palomar\u760A.example",
                "b\u0085ob@palomar.example",
                "b\u2028ob@palomar.example",
                "b\u202Eob@palomar.example",
                "bob@palomar.example\u010ADATA",
                "bob@palomar.example> SIZE=1",
                "<bob@palomar.example>",
                "bob palomar@x.example",
                "",
                "bob\0@x.example",
                "Friends:bob@palomar.example;"
            })
    void refusesEvilAddressesBeforeTheWire(String evil) {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            JavaMailSubmission submission = submission(server.port(), false);
            assertThatThrownBy(() -> submission.submit(ALICE, SENDER, List.of("bob@palomar.example", evil), message))
                    .isInstanceOfSatisfying(
                            SmtpException.RecipientsRefused.class,
                            e -> assertThat(e.recipients()).containsExactly(evil));
            if (!evil.isEmpty()) {
                // Nobody is the sender of what must never be answered (RFC 5321 section 4.5.5).
                assertThatThrownBy(() -> submission.submit(ALICE, evil, BOB, message))
                        .isInstanceOf(SmtpException.SenderRefused.class);
            }
            assertThat(server.received()).isEmpty();
        }
    }

    /** Of U+760D and U+010A the low octets are CR and LF: nothing may narrow them. */
    @Test
    void letsLocalPartsThatAreNotAsciiReachOnlyServersThatKnowThem() throws IOException {
        List<String> people =
                List.of("bob@palomar.example", "b\u760D\u010Aob@palomar.example", "jürgen@xn--mller-kva.example");
        Files.writeString(message, "To: jürgen@xn--mller-kva.example\r\nSubject: x\r\n\r\nx\r\n");
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250-x\r\n250-8BITMIME\r\n250 SMTPUTF8"))) {
            submission(server.port(), false).submit(ALICE, "jörg@palomar.example", people, message);
            assertThat(server.received())
                    .startsWith(
                            "EHLO [127.0.0.1]",
                            octets("MAIL FROM:<jörg@palomar.example> SMTPUTF8 BODY=8BITMIME"),
                            "RCPT TO:<bob@palomar.example>",
                            octets("RCPT TO:<b\u760D\u010Aob@palomar.example>"),
                            octets("RCPT TO:<jürgen@xn--mller-kva.example>"),
                            "DATA",
                            octets("To: jürgen@xn--mller-kva.example"));
        }
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            assertThatThrownBy(() -> submission(server.port(), false).submit(ALICE, SENDER, people, message))
                    .isInstanceOfSatisfying(
                            SmtpException.AddressesNotTaken.class,
                            e -> assertThat(e.addresses()).isEqualTo(people.subList(1, 3)));
            assertThatThrownBy(() -> submission(server.port(), false).submit(ALICE, SENDER, BOB, message))
                    .as("in the header only")
                    .isInstanceOf(SmtpException.AddressesNotTaken.class);
            assertThat(server.received()).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("RCPT"));
        }
    }

    @Test
    void asksForNothingThatTheMessageDoesNotNeed() throws IOException {
        String all = "250-x\r\n250-8BITMIME\r\n250-DSN\r\n250 SMTPUTF8";
        Files.writeString(message, "Subject: =?utf-8?Q?=C3=BC?=\r\n\r\nx\r\n");
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", all))) {
            submission(server.port(), false).submit(ALICE, SENDER, BOB, message);
            assertThat(server.received())
                    .contains("MAIL FROM:<alice@palomar.example>", "RCPT TO:<bob@palomar.example>");
        }
        Files.writeString(message, "Subject: x\r\n\r\nGrüße\r\n");
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250 x"))) {
            submission(server.port(), false).submit(ALICE, SENDER, BOB, message);
            assertThat(server.received()).contains("MAIL FROM:<alice@palomar.example>");
        }
    }

    /** RFC 3461 sections 4.1, 4.3 and 4.4. */
    @Test
    void asksForReportsWhereTheServerMakesThem() throws IOException {
        Files.writeString(message, "Subject: x\r\n\r\nx\r\n");
        SmtpEnvelope envelope =
                new SmtpEnvelope(SENDER, List.of("a@b.example", "c@d.example"), "1+2=ñ@palomar.example");
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250-x\r\n250 DSN"))) {
            assertThat(submission(server.port(), false)
                            .submit(ALICE, envelope, message, () -> {})
                            .reports())
                    .isTrue();
            assertThat(server.received())
                    .contains(
                            "MAIL FROM:<alice@palomar.example> RET=HDRS ENVID=1+2B2+3D+C3+B1@palomar.example",
                            "RCPT TO:<a@b.example> NOTIFY=SUCCESS,FAILURE,DELAY",
                            "RCPT TO:<c@d.example> NOTIFY=SUCCESS,FAILURE,DELAY");
        }
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250-x\r\n250 HELP"))) {
            assertThat(submission(server.port(), false)
                            .submit(ALICE, envelope, message, () -> {})
                            .reports())
                    .isFalse();
            assertThat(server.received()).contains("MAIL FROM:<alice@palomar.example>", "RCPT TO:<a@b.example>");
        }
        assertThat(Xtext.of("=".repeat(50), 100)).isEqualTo("+3D".repeat(33));
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "greeting|554 5.7.1 go away|Unreachable",
                "MAIL|550 5.1.8 no such sender|SenderRefused",
                "MAIL|451 4.3.0 later|Refused",
                "MAIL|552 5.3.4 too large|TooLarge",
                "MAIL|530 5.7.0 authentication required|AuthenticationFailed",
                "RCPT|550 5.1.1 unknown|RecipientsRefused",
                "RCPT|450 4.2.0 greylisted|RecipientsRefused",
                "RCPT|552 5.2.2 mailbox full|RecipientsRefused",
                "RCPT|553 5.7.1 <x>: Sender address rejected: not owned|SenderRefused",
                "DATA|554 5.5.1 no|Refused",
                ".|552 5.3.4 too large|TooLarge",
                ".|554 5.7.1 spam|Refused",
                ".|451 4.3.0 disk full|Refused",
                ".|(hang up)|OutcomeUnknown",
                ".|(silence)|OutcomeUnknown",
                ".|not a reply|OutcomeUnknown",
                "RCPT|(hang up)|Unreachable",
                "DATA|(hang up)|Unreachable",
                "MAIL|(silence)|Unreachable",
                "greeting|(silence)|Unreachable",
                "EHLO|(hang up)|Unreachable",
            })
    void namesEachFailure(String command, String reply, String expected) {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of(command, reply))) {
            Throwable failure =
                    catchThrowable(() -> submission(server.port(), false).submit(ALICE, SENDER, BOB, message));
            assertThat(failure).isInstanceOf(SmtpException.class);
            assertThat(failure.getClass().getSimpleName())
                    .as(failure.getMessage())
                    .isEqualTo(expected);
            assertThat(failure.getMessage()).doesNotContain("\n", "\r");
            switch (failure) {
                case SmtpException.Refused refused ->
                    assertThat(refused.temporary()).isEqualTo(reply.startsWith("4"));
                case SmtpException.RecipientsRefused refused ->
                    assertThat(refused.recipients()).isEqualTo(BOB);
                default -> assertThat(failure.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void namesEveryRefusedRecipientAndSendsToNobody() {
        Map<String, String> script = Map.of(
                "RCPT TO:<gone@",
                "550 5.1.1 unknown",
                "RCPT TO:<full@",
                "452 4.2.2 full",
                "RCPT TO:<odd@",
                "554 5.0.0 no");
        try (ScriptedSmtp server = new ScriptedSmtp(script)) {
            assertThatThrownBy(() -> submission(server.port(), false)
                            .submit(
                                    ALICE,
                                    SENDER,
                                    List.of("full@x.example", "bob@x.example", "gone@x.example", "odd@x.example"),
                                    message))
                    .isInstanceOfSatisfying(SmtpException.RecipientsRefused.class, e -> {
                        assertThat(e.recipients())
                                .containsExactlyInAnyOrder("full@x.example", "gone@x.example", "odd@x.example");
                        assertThat(e.reply()).isEqualTo("452 4.2.2 full");
                    });
            assertThat(server.received()).doesNotContain("DATA");
        }
    }

    @Test
    void countsAsSentWhenOnlyTheFarewellFails() {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("QUIT", ScriptedSmtp.HANG_UP))) {
            assertThatCode(() -> submission(server.port(), false).submit(ALICE, SENDER, BOB, message))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void s43_refusesAServerThatHidesStartTls() {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250-x\r\n250 AUTH PLAIN LOGIN"))) {
            SmtpProperties properties = properties(server.port(), SmtpProperties.Security.STARTTLS, true);
            assertThatThrownBy(() -> new JavaMailSubmission(properties).submit(ALICE, SENDER, BOB, message))
                    .isInstanceOf(SmtpException.CertificateRejected.class);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "502 5.5.1 what", "(hang up)", "garbage", "250 as you like"})
    void s43_nothingGoesInTheOpenWhereStartTlsIsRefused(String answer) {
        Map<String, String> script = Map.of("EHLO", "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN", "STARTTLS", answer);
        try (ScriptedSmtp server = new ScriptedSmtp(script)) {
            SmtpProperties properties = properties(server.port(), SmtpProperties.Security.STARTTLS, true);
            assertThatThrownBy(() -> new JavaMailSubmission(properties).submit(ALICE, SENDER, BOB, message))
                    .isInstanceOf(SmtpException.Unreachable.class);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    /** What came in the open after the answer to STARTTLS is no part of what follows (CVE-2011-0411). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void s43_nothingThatWasSlippedInAfterStartTlsCounts(boolean atOnce) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "localhost");
        List<String> secret = new CopyOnWriteArrayList<>();
        List<String> open = new CopyOnWriteArrayList<>();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    say(socket, "220 x\r\n");
                    open.add(line(socket));
                    say(socket, "250-x\r\n250 STARTTLS\r\n");
                    open.add(line(socket));
                    String slipped = "250-x\r\n250-DSN\r\n250 SMTPUTF8\r\n235 welcome\r\n250 ok\r\n250 ok\r\n";
                    say(socket, "220 go\r\n" + (atOnce ? slipped : ""));
                    if (!atOnce) {
                        say(socket, slipped);
                    }
                    try (Socket tls = certificate
                            .presenting()
                            .getSocketFactory()
                            .createSocket(socket, socket.getInetAddress().getHostAddress(), 1, true)) {
                        ((SSLSocket) tls).setUseClientMode(false);
                        for (String line = line(tls); line != null; line = line(tls)) {
                            secret.add(line);
                            say(tls, line.startsWith("EHLO") ? "250-x\r\n250 AUTH PLAIN\r\n" : "535 5.7.8 no\r\n");
                        }
                    }
                } catch (IOException e) {
                    open.add("(" + e.getMessage() + ")");
                }
            });
            SmtpProperties properties = new SmtpProperties(
                    "localhost",
                    listener.getLocalPort(),
                    SmtpProperties.Security.STARTTLS,
                    false,
                    true,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    certificate.certificate());
            SmtpEnvelope envelope = new SmtpEnvelope(SENDER, BOB, "1@x");
            Throwable failure =
                    catchThrowable(() -> new JavaMailSubmission(properties).submit(ALICE, envelope, message, () -> {}));
            assertThat(failure)
                    .as("either it was thrown away, and the server inside refused, or there is no encryption")
                    .isInstanceOfAny(
                            SmtpException.AuthenticationFailed.class,
                            SmtpException.CertificateRejected.class,
                            SmtpException.Unreachable.class);
            server.join();
            assertThat(open).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
            assertThat(secret).noneMatch(line -> line.startsWith("MAIL"));
            if (failure instanceof SmtpException.AuthenticationFailed) {
                assertThat(secret).first().asString().startsWith("EHLO");
            }
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Test
    void refusesAPlainServerWhereTlsIsDemanded() {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            SmtpProperties properties = properties(server.port(), SmtpProperties.Security.TLS, true);
            assertThatThrownBy(() -> new JavaMailSubmission(properties).submit(ALICE, SENDER, BOB, message))
                    .isInstanceOf(SmtpException.CertificateRejected.class);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void offersNoCredentialsToUnknownMechanisms() {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("EHLO", "250-x\r\n250 AUTH GSSAPI XOAUTH2 CRAM-MD5"))) {
            assertThatThrownBy(() -> submission(server.port(), true).submit(ALICE, SENDER, BOB, message))
                    .isInstanceOf(SmtpException.AuthenticationFailed.class);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void namesAServerThatIsNotThere() throws IOException {
        int port;
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of())) {
            port = server.port();
        }
        assertThatThrownBy(() -> submission(port, false).submit(ALICE, SENDER, BOB, message))
                .isInstanceOf(SmtpException.Unreachable.class);
        assertThatThrownBy(() -> submission(port, false).submit(ALICE, SENDER, BOB, folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class);
        SmtpProperties none = new SmtpProperties(
                "", 0, SmtpProperties.Security.TLS, false, true, Duration.ofSeconds(1), Duration.ofSeconds(1), null);
        assertThatThrownBy(() -> new JavaMailSubmission(none).submit(ALICE, SENDER, BOB, message))
                .isInstanceOf(SmtpException.Unreachable.class);
    }

    @Test
    void choosesPortsAndRefusesToSendInTheOpen() {
        assertThat(properties(0, SmtpProperties.Security.TLS, true).port()).isEqualTo(465);
        assertThat(properties(0, SmtpProperties.Security.STARTTLS, true).port()).isEqualTo(587);
        assertThat(properties(0, SmtpProperties.Security.PLAIN, true).port()).isEqualTo(25);
        assertThatThrownBy(() -> new SmtpProperties(
                        "192.0.2.1",
                        0,
                        SmtpProperties.Security.PLAIN,
                        false,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        null))
                .hasMessageContaining("palomar.smtp.allow-plain");
    }

    private static JavaMailSubmission submission(int port, boolean auth) {
        return new JavaMailSubmission(properties(port, SmtpProperties.Security.PLAIN, auth));
    }

    private static SmtpProperties properties(int port, SmtpProperties.Security security, boolean auth) {
        return new SmtpProperties(
                "127.0.0.1", port, security, false, auth, Duration.ofSeconds(2), Duration.ofMillis(700), null);
    }
}
