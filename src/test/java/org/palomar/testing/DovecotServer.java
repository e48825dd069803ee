package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

/**
 * A real Dovecot 2.3 as a child process on free loopback ports, with alice, bob and others {@code @palomar.example}; each password is
 * the local part. Everything it writes lies in a directory that {@link #close} removes. Works as root and as an ordinary user.
 */
public final class DovecotServer implements AutoCloseable {

    public static final List<String> USERS = Stream.of("alice", "bob", "carol", "dan", "erin", "fay", "gus", "ines")
            .map(name -> name + "@palomar.example")
            .toList();

    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path home;
    private Process process;
    private final Builder options;

    private DovecotServer(Path home, Process process, Builder options) {
        this.home = home;
        this.process = process;
        this.options = options;
    }

    /** A server with plain IMAP only. */
    public static DovecotServer start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What the server shall offer besides IMAP. */
    public static final class Builder {

        private final int imap = Servers.freePort();
        private int imaps;
        private int pop3;
        private int pop3s;
        private int lmtp;
        private int auth;
        private int connections = 20;
        private int crowd;
        private String extra = "";
        private TestCertificate certificate;

        /** IMAPS on {@link #tlsPort}, and STARTTLS on {@link #port}. */
        public Builder tls(TestCertificate with) {
            imaps = Servers.freePort();
            certificate = with;
            return this;
        }

        /** POP3 of everybody's INBOX on {@link #pop3Port}; with {@link #tls} also POP3S on {@link #pop3sPort}, and STLS. */
        public Builder pop3() {
            pop3 = Servers.freePort();
            pop3s = Servers.freePort();
            return this;
        }

        /** LMTP for Postfix to deliver to. */
        public Builder lmtp() {
            lmtp = Servers.freePort();
            return this;
        }

        /** Dovecot's authentication service for Postfix SASL ({@code smtpd_sasl_path = inet:127.0.0.1:port}). */
        public Builder auth() {
            auth = Servers.freePort();
            return this;
        }

        /** {@code mail_max_userip_connections}. */
        public Builder maxConnections(int most) {
            connections = most;
            return this;
        }

        /** More people: p1 to p{@code count} {@code @palomar.example}, each with the local part for a password. */
        public Builder crowd(int count) {
            crowd = count;
            return this;
        }

        /** More lines for the end of the configuration. */
        public Builder configure(String lines) {
            extra = lines;
            return this;
        }

        public DovecotServer start() {
            Servers.requireInstalled("dovecot");
            try {
                Path home = Files.createTempDirectory("dovecot");
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.createDirectories(home.resolve("run"));
                Files.createDirectories(home.resolve("mail"));
                own(home.resolve("mail"));
                StringBuilder users = new StringBuilder();
                List<String> people = new ArrayList<>(USERS);
                for (int i = 1; i <= crowd; i++) {
                    people.add("p" + i + "@palomar.example");
                }
                for (String user : people) {
                    users.append(user)
                            .append(":{PLAIN}")
                            .append(user, 0, user.indexOf('@'))
                            .append('\n');
                }
                Files.writeString(home.resolve("users"), users);
                Files.writeString(home.resolve("dovecot.conf"), configuration(home));
                DovecotServer server = new DovecotServer(home, launch(home), this);
                server.await(imap);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String configuration(Path home) {
            boolean root = System.getProperty("user.name").equals("root");
            String me = System.getProperty("user.name");
            return """
                    base_dir = %1$s/run
                    state_dir = %1$s/run
                    log_path = %1$s/log
                    protocols = imap%2$s%14$s
                    listen = 127.0.0.1
                    %3$s
                    disable_plaintext_auth = no
                    default_vsz_limit = 1G
                    default_internal_user = %4$s
                    default_login_user = %5$s
                    default_internal_group = %6$s
                    first_valid_uid = 1
                    first_valid_gid = 0
                    auth_mechanisms = plain login
                    auth_failure_delay = 0
                    mail_fsync = never
                    mail_max_userip_connections = %7$d
                    mail_location = maildir:~/mail:LAYOUT=fs:INBOX=~/inbox
                    mail_plugins = quota
                    passdb {
                      driver = passwd-file
                      args = scheme=PLAIN %1$s/users
                    }
                    userdb {
                      driver = static
                      args = uid=%8$s gid=%9$s home=%1$s/mail/%%u
                    }
                    namespace inbox {
                      inbox = yes
                      separator = /
                      mailbox Drafts {
                        special_use = \\Drafts
                        auto = subscribe
                      }
                      mailbox Sent {
                        special_use = \\Sent
                        auto = subscribe
                      }
                      mailbox Archive {
                        special_use = \\Archive
                        auto = subscribe
                      }
                      mailbox Junk {
                        special_use = \\Junk
                        auto = subscribe
                      }
                      mailbox Trash {
                        special_use = \\Trash
                        auto = subscribe
                      }
                    }
                    protocol imap {
                      mail_plugins = quota imap_quota
                    }
                    plugin {
                      quota = count:User quota
                      quota_rule = *:storage=4G
                      quota_vsizes = yes
                    }
                    service imap-login {
                      chroot =
                      inet_listener imap {
                        port = %10$d
                      }
                      inet_listener imaps {
                        port = %11$d
                        ssl = yes
                      }
                    }
                    service pop3-login {
                      chroot =
                      inet_listener pop3 {
                        port = %15$d
                      }
                      inet_listener pop3s {
                        port = %16$d
                        ssl = yes
                      }
                    }
                    service anvil {
                      chroot =
                      unix_listener anvil-auth-penalty {
                        mode = 0
                      }
                    }
                    service stats {
                      chroot =
                    }
                    service auth {
                      inet_listener {
                        port = %12$d
                      }
                    }
                    service lmtp {
                      inet_listener lmtp {
                        port = %13$d
                      }
                    }
                    """.formatted(
                                    home,
                                    lmtp > 0 ? " lmtp" : "",
                                    certificate == null
                                            ? "ssl = no"
                                            : "ssl = yes\nssl_cert = <" + certificate.certificate() + "\nssl_key = <"
                                                    + certificate.key(),
                                    root ? "dovecot" : me,
                                    root ? "dovenull" : me,
                                    root ? "dovecot" : group(me),
                                    connections,
                                    root ? "mail" : me,
                                    root ? "mail" : group(me),
                                    imap,
                                    imaps,
                                    auth,
                                    lmtp,
                                    pop3 > 0 ? " pop3" : "",
                                    pop3,
                                    certificate == null ? 0 : pop3s)
                    + extra;
        }

        private static String group(String user) {
            try {
                Process process = new ProcessBuilder("id", "-gn", user).start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Process launch(Path home) throws IOException {
        return new ProcessBuilder(
                        Servers.find("dovecot").toString(),
                        "-F",
                        "-c",
                        home.resolve("dovecot.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    /** Ends every connection and stops; {@link #startAgain} brings it back with all mail. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it in the middle of whatever it does; {@link #startAgain} brings it back. */
    public void kill() {
        Servers.kill(process);
    }

    /** After {@link #stop} or {@link #kill}, on the same ports. */
    public void startAgain() {
        try {
            process = launch(home);
            await(options.imap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plain IMAP on 127.0.0.1. */
    public int port() {
        return options.imap;
    }

    /** IMAPS; 0 without {@link Builder#tls}. */
    public int tlsPort() {
        return options.imaps;
    }

    /** 0 without {@link Builder#pop3}. */
    public int pop3Port() {
        return options.pop3;
    }

    /** 0 without {@link Builder#pop3}. */
    public int pop3sPort() {
        return options.pop3s;
    }

    /** 0 without {@link Builder#lmtp}. */
    public int lmtpPort() {
        return options.lmtp;
    }

    /** 0 without {@link Builder#auth}. */
    public int authPort() {
        return options.auth;
    }

    /** Dovecot's log so far. */
    public String log() {
        try {
            Path log = home.resolve("log");
            return (Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "")
                    + Files.readString(home.resolve("out"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a message into a mailbox by writing a file; much faster than APPEND.
     *
     * @param mailbox {@code INBOX} or any name with {@code /} between levels; made when missing
     */
    public void put(String user, String mailbox, byte[] message) {
        try {
            Path box = maildir(user, mailbox);
            String name = "1700000000.M" + COUNTER.incrementAndGet() + "P1.test";
            Path temporary = Files.write(box.resolve("tmp").resolve(name), message);
            own(temporary);
            Files.move(temporary, box.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #put(String, String, byte[])}, with the content of a file. */
    public void put(String user, String mailbox, Path eml) {
        try {
            put(user, mailbox, Files.readAllBytes(eml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A message that has been there for a while.
     *
     * @param flags letters of the maildir file name in alphabetical order, such as {@code FS}
     */
    public record Filed(byte[] message, Instant arrived, String flags) {}

    /** Fills a mailbox with messages that were announced before, oldest first; some 20,000 a second. */
    public void fill(String user, String mailbox, Iterable<Filed> messages) {
        try {
            Path box = maildir(user, mailbox).resolve("cur");
            UserPrincipal owner = owner(box);
            for (Filed filed : messages) {
                String name = filed.arrived().getEpochSecond() + ".M%09d".formatted(COUNTER.incrementAndGet())
                        + "P1.test,S=" + filed.message().length + ":2," + filed.flags();
                Path file = Files.write(box.resolve(name), filed.message());
                Files.setLastModifiedTime(file, FileTime.from(filed.arrived()));
                if (owner != null) {
                    Files.setOwner(file, owner);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path maildir(String user, String mailbox) throws IOException {
        Path person = directory(home.resolve("mail").resolve(user));
        Path box;
        if (mailbox.equalsIgnoreCase("INBOX")) {
            box = directory(person.resolve("inbox"));
        } else {
            box = directory(person.resolve("mail"));
            for (Path level : Path.of(BASE64MailboxEncoder.encode(mailbox))) {
                box = directory(box.resolve(level));
            }
        }
        for (String part : List.of("tmp", "new", "cur")) {
            directory(box.resolve(part));
        }
        return box;
    }

    private static Path directory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path);
            own(path);
        }
        return path;
    }

    private static void own(Path path) throws IOException {
        UserPrincipal mail = owner(path);
        if (mail != null) {
            Files.setOwner(path, mail);
        }
    }

    /** Whom mail belongs to; null where it is whoever runs the tests. */
    private static UserPrincipal owner(Path path) throws IOException {
        return System.getProperty("user.name").equals("root")
                ? path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("mail")
                : null;
    }

    private void await(int port) {
        if (Servers.greets(port, "*", process)) {
            return;
        }
        String log = log();
        close();
        throw new IllegalStateException("Dovecot does not start: " + log);
    }

    @Override
    public void close() {
        stop();
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Dovecot may still be writing its last lines; the operating system clears temporary files.
            home.toFile().deleteOnExit();
        }
    }
}
