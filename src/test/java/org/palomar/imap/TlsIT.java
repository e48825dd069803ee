package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Servers;
import org.palomar.testing.TestCertificate;

/** Certificates, host names and timeouts against a real Dovecot, and against servers that say nothing. */
class TlsIT {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static TestCertificate localhost;
    private static TestCertificate other;
    private static DovecotServer server;
    private static DovecotServer otherName;

    @BeforeAll
    static void start() {
        Servers.requireInstalled("dovecot", "openssl");
        localhost = TestCertificate.make(directory, "localhost");
        other = TestCertificate.make(directory, "other.example");
        server = DovecotServer.builder().tls(localhost).start();
        otherName = DovecotServer.builder().tls(other).start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (otherName != null) {
            otherName.close();
        }
    }

    private static AngusImapConnector connector(int port, Security security, SSLSocketFactory sockets) {
        return new AngusImapConnector(
                new ImapProperties("localhost", port, security, false, SOON, SOON, 2, Duration.ofSeconds(60)),
                Clock.systemUTC(),
                sockets);
    }

    private static void assertRefused(int port, Security security, SSLSocketFactory sockets, Class<?> as) {
        long start = System.nanoTime();
        try (AngusImapConnector connector = connector(port, security, sockets)) {
            assertThatThrownBy(() -> connector.open(ALICE, null)).isInstanceOf(as);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void tlsAndStartTlsWithATrustedCertificateWork() {
        for (Security security : new Security[] {Security.TLS, Security.STARTTLS}) {
            int port = security == Security.TLS ? server.tlsPort() : server.port();
            try (AngusImapConnector connector = connector(port, security, localhost.sockets());
                    MailSession session = connector.open(ALICE, "203.0.113.7")) {
                assertThat(session.<Integer>examine(MailboxName.INBOX, OpenMailbox::messages))
                        .isZero();
            }
        }
    }

    @Test
    void s43_anUntrustedCertificateIsRefused() {
        SSLSocketFactory runtime = (SSLSocketFactory) SSLSocketFactory.getDefault();
        assertRefused(server.tlsPort(), Security.TLS, runtime, ImapException.CertificateRejected.class);
        assertRefused(server.port(), Security.STARTTLS, runtime, ImapException.CertificateRejected.class);
    }

    @Test
    void s43_aTrustedCertificateForAnotherNameIsRefused() {
        assertRefused(otherName.tlsPort(), Security.TLS, other.sockets(), ImapException.CertificateRejected.class);
        assertRefused(otherName.port(), Security.STARTTLS, other.sockets(), ImapException.CertificateRejected.class);
    }

    @Test
    void s43_aPlainServerBehindTlsIsRefused() {
        assertRefused(server.port(), Security.TLS, localhost.sockets(), ImapException.CertificateRejected.class);
    }

    @Test
    void aClosedPortIsUnreachable() {
        assertRefused(Servers.freePort(), Security.TLS, localhost.sockets(), ImapException.Unreachable.class);
        assertRefused(Servers.freePort(), Security.PLAIN, localhost.sockets(), ImapException.Unreachable.class);
    }

    @Test
    void aServerThatNeverAnswersIsUnreachableInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (Security security : Security.values()) {
                assertRefused(silent.getLocalPort(), security, localhost.sockets(), ImapException.Unreachable.class);
            }
        }
    }
}
