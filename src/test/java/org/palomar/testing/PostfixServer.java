package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Postfix as a child process on free loopback ports. It takes submissions for {@code palomar.example} and hands them to an
 * LMTP server. Everything it writes lies in a directory that {@link #close} removes. Postfix starts only as root: for other users the
 * test is skipped, or fails under {@code CI=true}.
 */
public final class PostfixServer implements AutoCloseable {

    private final Path home;
    private Process process;
    private final Builder options;

    private PostfixServer(Path home, Process process, Builder options) {
        this.home = home;
        this.process = process;
        this.options = options;
    }

    /** A server that delivers to this LMTP port and knows the people of {@link DovecotServer#USERS}. */
    public static Builder deliveringTo(int lmtpPort) {
        return new Builder(lmtpPort);
    }

    /** Submission with SASL against Dovecot and delivery to it, unencrypted. */
    public static PostfixServer start(DovecotServer dovecot) {
        return deliveringTo(dovecot.lmtpPort()).sasl(dovecot.authPort()).start();
    }

    /** What the server shall demand and offer. */
    public static final class Builder {

        private final int lmtp;
        private final int submission = Servers.freePort();
        private int submissions;
        private int auth;
        private long sizeLimit = 50L << 20;
        private TestCertificate certificate;
        private String extra = "";

        private Builder(int lmtp) {
            this.lmtp = lmtp;
        }

        /** SASL by Dovecot's authentication service on this port; without it everybody on loopback may submit. */
        public Builder sasl(int authPort) {
            auth = authPort;
            return this;
        }

        /** STARTTLS on {@link #port} and implicit TLS on {@link #tlsPort}. */
        public Builder tls(TestCertificate with) {
            certificate = with;
            submissions = Servers.freePort();
            return this;
        }

        /** {@code message_size_limit} in octets. */
        public Builder sizeLimit(long octets) {
            sizeLimit = octets;
            return this;
        }

        /** More lines for the end of main.cf. */
        public Builder configure(String lines) {
            extra = lines;
            return this;
        }

        public PostfixServer start() {
            requireRoot();
            Servers.requireInstalled("postfix");
            try {
                Path home = Files.createTempDirectory("postfix");
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.createDirectories(home.resolve("queue"));
                Path data = Files.createDirectories(home.resolve("data"));
                UserPrincipal owner =
                        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix");
                Files.setOwner(data, owner);
                Files.writeString(home.resolve("main.cf"), main(home));
                Files.writeString(home.resolve("master.cf"), master());
                PostfixServer server = new PostfixServer(home, launch(home), this);
                server.await();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void requireRoot() {
            if (!System.getProperty("user.name").equals("root")) {
                String reason = "skipped: Postfix starts only as root";
                if ("true".equals(System.getenv("CI"))) {
                    Assertions.fail(reason);
                }
                System.err.println(reason);
                Assumptions.abort(reason);
            }
        }

        private String main(Path home) {
            String people = DovecotServer.USERS.stream()
                    .map(user -> "{ " + user + " = " + user + " }")
                    .collect(Collectors.joining(", "));
            return """
                    compatibility_level = 3.6
                    queue_directory = %1$s/queue
                    data_directory = %1$s/data
                    mail_owner = postfix
                    maillog_file_prefixes = %1$s
                    maillog_file = %1$s/log
                    inet_interfaces = 127.0.0.1
                    inet_protocols = ipv4
                    myhostname = mail.palomar.example
                    mydestination =
                    mynetworks = %2$s
                    alias_maps =
                    virtual_mailbox_domains = palomar.example
                    virtual_mailbox_maps = inline:{ %3$s }
                    virtual_transport = lmtp:inet:127.0.0.1:%4$d
                    default_transport = error:no mail leaves this server
                    smtpd_sender_login_maps = inline:{ %3$s }
                    smtpd_sender_restrictions = reject_sender_login_mismatch
                    smtpd_recipient_restrictions = %5$s, reject
                    smtpd_sasl_auth_enable = %6$s
                    smtpd_sasl_type = dovecot
                    smtpd_sasl_path = inet:127.0.0.1:%7$d
                    smtpd_error_sleep_time = 0
                    smtpd_client_connection_rate_limit = 0
                    message_size_limit = %8$d
                    mailbox_size_limit = 0
                    virtual_mailbox_limit = 0
                    queue_minfree = 0
                    %9$s
                    """.formatted(
                            home,
                            auth == 0 ? "127.0.0.0/8" : "",
                            people,
                            lmtp,
                            auth == 0 ? "permit_mynetworks" : "reject_unlisted_recipient, permit_sasl_authenticated",
                            auth == 0 ? "no" : "yes",
                            auth,
                            sizeLimit,
                            certificate == null
                                    ? ""
                                    : "smtpd_tls_security_level = may\nsmtpd_tls_auth_only = yes\nsmtpd_tls_cert_file = "
                                            + certificate.certificate() + "\nsmtpd_tls_key_file = "
                                            + certificate.key())
                    + extra;
        }

        private String master() {
            String wrapped = submissions == 0
                    ? ""
                    : "127.0.0.1:" + submissions + " inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n";
            return "127.0.0.1:" + submission + " inet n - n - - smtpd\n" + wrapped + """
                    postlog unix-dgram n - n - 1 postlogd
                    cleanup unix n - n - 0 cleanup
                    qmgr unix n - n 300 1 qmgr
                    tlsmgr unix - - n 1000? 1 tlsmgr
                    rewrite unix - - n - - trivial-rewrite
                    bounce unix - - n - 0 bounce
                    defer unix - - n - 0 bounce
                    trace unix - - n - 0 bounce
                    verify unix - - n - 1 verify
                    proxymap unix - - n - - proxymap
                    lmtp unix - - n - - lmtp
                    smtp unix - - n - - smtp
                    error unix - - n - - error
                    retry unix - - n - - error
                    anvil unix - - n - 1 anvil
                    scache unix - - n - 1 scache
                    """;
        }
    }

    private static Process launch(Path home) throws IOException {
        return new ProcessBuilder(Servers.find("postfix").toString(), "-c", home.toString(), "start-fg")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    /** Ends it in the middle of whatever it does; {@link #startAgain} brings it back with its queue. */
    public void kill() {
        Servers.kill(process);
    }

    /** After {@link #kill}, on the same ports. */
    public void startAgain() {
        try {
            process = launch(home);
            await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Submission on 127.0.0.1, with STARTTLS after {@link Builder#tls}. */
    public int port() {
        return options.submission;
    }

    /** Submission over implicit TLS; 0 without {@link Builder#tls}. */
    public int tlsPort() {
        return options.submissions;
    }

    /** Postfix's log so far. */
    public String log() {
        try {
            StringBuilder log = new StringBuilder();
            for (String name : List.of("log", "out")) {
                Path file = home.resolve(name);
                log.append(Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
            }
            return log.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        if (Servers.greets(options.submission, "220", process)) {
            return;
        }
        String log = log();
        close();
        throw new IllegalStateException("Postfix does not start: " + log);
    }

    @Override
    public void close() {
        // Postfix's master is a child of the start script, and the daemons are its children.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            // A daemon may still be removing its own files; the operating system clears temporary files.
            home.toFile().deleteOnExit();
        }
    }
}
