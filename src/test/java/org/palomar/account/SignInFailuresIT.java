package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Servers;
import org.palomar.testing.TestCertificate;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Each way a sign-in can fail has a status and a plain sentence of its own, in time. */
class SignInFailuresIT {

    @TempDir
    private static Path directory;

    private static DovecotServer dovecot;
    private static DovecotServer stranger;
    private static Door door;
    private static Product product;

    @BeforeAll
    static void start() {
        Servers.requireInstalled("openssl");
        TestCertificate known = TestCertificate.make(directory, "localhost");
        TestCertificate unknown = TestCertificate.make(directory, "mail.example");
        dovecot = DovecotServer.builder().tls(known).maxConnections(1).start();
        stranger = DovecotServer.builder().tls(unknown).start();
        door = new Door();
        product = Product.start(
                "palomar.imap.host=127.0.0.1",
                "palomar.imap.port=" + door.port,
                "palomar.imap.security=tls",
                "palomar.imap.ssl-bundle=test",
                "palomar.imap.connect-timeout=2s",
                "palomar.imap.read-timeout=3s",
                "spring.ssl.bundle.pem.test.truststore.certificate=file:" + known.certificate());
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
        if (door != null) {
            door.close();
        }
        if (stranger != null) {
            stranger.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void everyFailureHasItsOwnSentenceInTime() throws MessagingException {
        Map<String, String> sentences = new LinkedHashMap<>();
        door.leadTo(dovecot.tlsPort());
        try (Store otherProgram = Session.getInstance(new Properties()).getStore("imap")) {
            otherProgram.connect("127.0.0.1", dovecot.port(), "alice@palomar.example", "alice");
            sentences.put("busy", fails(503, "alice", "alice"));
        }
        sentences.put("password", fails(401, "bob", "wrong"));
        door.leadTo(stranger.tlsPort());
        sentences.put("certificate", fails(502, "bob", "bob"));
        door.leadTo(Door.NOWHERE);
        String silent = fails(504, "bob", "bob");
        sentences.put("unreachable", silent);
        door.shut();
        assertThat(fails(504, "bob", "bob")).isEqualTo(silent);
        assertThat(sentences.values())
                .doesNotHaveDuplicates()
                .allSatisfy(sentence -> assertThat(sentence)
                        .hasSizeBetween(20, 200)
                        .doesNotContain("Exception", "127.0.0.1", "PKIX", "NO [", "AUTHENTICATIONFAILED", "mail_max"));
        System.err.println("sign-in: " + sentences);

        // And then it works again.
        door.open();
        door.leadTo(dovecot.tlsPort());
        try (Visitor bob = product.visitor().signedIn("bob")) {
            bob.get("mailboxes/INBOX").expect(200);
            bob.post("logout");
        }
    }

    private static String fails(int status, String name, String password) {
        try (Visitor visitor = product.visitor()) {
            visitor.open("login");
            long start = System.nanoTime();
            Answer answer = visitor.post("login", "username", name + "@palomar.example", "password", password);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(answer.status()).as(answer.flash()).isEqualTo(status);
            assertThat(took).as(answer.flash()).isLessThan(Duration.ofSeconds(12));
            assertThat(answer.html().select("input[name=username]").val()).isEqualTo(name + "@palomar.example");
            assertThat(answer.html().select("input[name=password]").val()).isEmpty();
            return answer.flash();
        }
    }

    /** One address behind which different servers stand, or nobody, or a wall. */
    private static final class Door implements AutoCloseable {

        static final int NOWHERE = 0;

        final int port = Servers.freePort();
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
        private volatile int target = NOWHERE;
        private ServerSocket listener;

        Door() {
            open();
        }

        void open() {
            try {
                ServerSocket opened = new ServerSocket();
                opened.setReuseAddress(true);
                opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                listener = opened;
                Thread.ofVirtual().start(() -> accept(opened));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        void leadTo(int other) {
            target = other;
        }

        void shut() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void accept(ServerSocket from) {
            try {
                while (true) {
                    Socket client = from.accept();
                    sockets.add(client);
                    if (target != NOWHERE) {
                        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                        sockets.add(server);
                        Thread.ofVirtual().start(() -> pump(client, server));
                        Thread.ofVirtual().start(() -> pump(server, client));
                    }
                }
            } catch (IOException e) {
                // Shut.
            }
        }

        private static void pump(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream()) {
                in.transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side went away; the other follows.
            }
        }

        @Override
        public void close() {
            shut();
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }
}
