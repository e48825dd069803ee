package org.palomar.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.door.MailHosts;
import org.palomar.door.OwnServerProperties;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.migration.SourceException.Reason;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.MailCorpus;
import org.palomar.testing.RawPop3;
import org.palomar.testing.TestCertificate;

/** From the POP3 of one Dovecot into the mailboxes of another. */
class HaulIT {

    private static final String ALICE = "alice@palomar.example";

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static DovecotServer old;
    private static DovecotServer home;
    private static CuttingProxy pop3;
    private static CuttingProxy imap;
    private static AngusImapConnector connector;
    private static Store store;
    private static Ledger ledger;
    private final Instant begun = Instant.now();
    private Progress progress = Progress.NONE;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.make(directory, "old.example");
        old = DovecotServer.builder()
                .tls(certificate)
                .pop3()
                .maxConnections(100)
                .start();
        home = DovecotServer.builder().maxConnections(100).start();
        pop3 = new CuttingProxy(old.pop3Port());
        imap = new CuttingProxy(home.port());
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        imap.port(),
                        ImapProperties.Security.PLAIN,
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        3,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        StoreProperties properties = new StoreProperties(directory.resolve("store"), "", "", "");
        store = new Store(properties, Clock.systemUTC());
        ledger = new Ledger(store, new Sealing(properties));
    }

    @AfterAll
    static void stop() {
        connector.close();
        store.close();
        pop3.close();
        imap.close();
        old.close();
        home.close();
    }

    @Test
    void tenThousandMessagesOfEveryKindAreMovedAsTheyAre() {
        List<byte[]> messages = new ArrayList<>();
        MailCorpus.open().mails().forEach(mail -> messages.add(mail.source()));
        messages.addAll(messages.subList(0, 20));
        Random random = new Random(7);
        for (int n = messages.size(); n < 9_998; n++) {
            messages.add(generated(n, random.nextInt(1, 12_000)));
        }
        messages.add(generated(9_998, 30_000_000));
        messages.add(generated(9_999, 30_000_000));
        put("alice", messages);
        List<String> there = digestsThere("alice");
        assertThat(there).hasSize(10_000);

        assertThat(haul("alice", "Old", 0)).isTrue();

        assertThat(digestsHere("alice", "Old")).isEqualTo(there);
        assertThat(digestsThere("alice")).isEmpty();
        assertThat(progress)
                .isEqualTo(new Progress(
                        10_000, progress.totalOctets(), 10_000, progress.copiedOctets(), 0, 0, 10_000, 10_000));
    }

    @Test
    void aSecondRunBringsOnlyWhatIsNew() {
        put("bob", List.of(generated(1, 100), generated(2, 200)));
        haul("bob", "Copied", Plan.FOREVER);
        put("bob", List.of(generated(3, 300)));
        haul("bob", "Copied", Plan.FOREVER);
        assertThat(digestsHere("bob", "Copied")).isEqualTo(digestsThere("bob")).hasSize(3);
        assertThat(progress.copied()).isEqualTo(1);
        assertThat(progress.present()).isEqualTo(2);
        assertThat(progress.removed()).isZero();
    }

    @Test
    void keepsWhenMessagesWereReceived() {
        put("carol", List.of("""
                Received: from a.example by b.example; Tue, 3 Mar 2015 10:11:12 +0100
                Received: from x.example by a.example; Tue, 3 Mar 2015 09:00:00 +0100
                Date: Mon, 2 Mar 2015 08:00:00 +0000
                Subject: dated

                text
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        haul("carol", "Dated", Plan.FOREVER);
        assertThat(arrivals("carol", "Dated")).containsExactly(Instant.parse("2015-03-03T09:11:12Z"));
    }

    @Test
    void whateverIsCutNothingIsLostAndNothingIsDoubled() {
        List<byte[]> messages = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            messages.add(n % 5 == 0 ? generated(0, 50) : generated(n, 3_000));
        }
        put("dan", messages);
        List<String> there = digestsThere("dan");
        List<Predicate<String>> cuts = List.of(
                line -> line.contains("RETR 7"),
                line -> line.contains("RETR 311"),
                line -> line.contains("DELE 3"),
                line -> line.contains("QUIT"),
                line -> line.contains("UIDL"));
        List<Predicate<String>> cutsHere = List.of(
                line -> line.contains("APPEND"),
                nth(line -> line.contains("APPEND"), 77),
                nth(line -> line.contains("APPEND"), 150),
                nth(line -> line.contains("BODY.PEEK"), 30),
                line -> line.contains("STATUS"));
        int broken = 0;
        for (int n = 0; n < cuts.size(); n++) {
            pop3.cutAfter(cuts.get(n));
            broken += attempt("dan") ? 0 : 1;
            imap.cutAfter(cutsHere.get(n));
            broken += attempt("dan") ? 0 : 1;
        }
        pop3.cutAfter(_ -> false);
        imap.cutAfter(_ -> false);
        while (!attempt("dan")) {
            broken++;
        }
        System.out.println(broken + " runs were broken");
        assertThat(broken).isPositive();
        assertThat(digestsHere("dan", "Cut")).isEqualTo(there);
        assertThat(digestsThere("dan")).isEmpty();
        assertThat(progress.copied()).isEqualTo(400);
        assertThat(progress.verified()).isEqualTo(400);
        assertThat(progress.removed()).isEqualTo(400);
    }

    private boolean attempt(String user) {
        try {
            return haul(user, "Cut", 0);
        } catch (SourceException | ImapException failure) {
            return false;
        }
    }

    private static Predicate<String> nth(Predicate<String> what, int n) {
        AtomicInteger seen = new AtomicInteger();
        return text -> what.test(text) && seen.incrementAndGet() == n;
    }

    @Test
    void aFullMailboxStopsItAndLeavesTheRestWhereItIs() {
        DovecotServer small = DovecotServer.builder()
                .configure("plugin {\n  quota_rule = *:storage=300K\n}\n")
                .start();
        try (small;
                AngusImapConnector full = to(small.port())) {
            List<byte[]> messages = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                messages.add(generated(n, 10_000));
            }
            put("erin", messages);
            List<String> there = digestsThere("erin");
            assertThatThrownBy(() -> haul(full, "erin", "INBOX", 0)).isInstanceOf(ImapException.OverQuota.class);
            assertThatThrownBy(() -> haul(full, "erin", "INBOX", 0)).isInstanceOf(ImapException.OverQuota.class);
            List<String> here = digestsHere(full, "erin", "INBOX");
            List<String> left = digestsThere("erin");
            assertThat(here).isNotEmpty().doesNotHaveDuplicates();
            List<String> both = new ArrayList<>(here);
            both.addAll(left);
            assertThat(Set.copyOf(both)).isEqualTo(Set.copyOf(there));
        }
    }

    @Test
    void aMailboxThatWasMadeAnewIsFilledAgainBeforeAnythingIsRemoved() {
        put("fay", List.of(generated(1, 100), generated(2, 100), generated(3, 100)));
        List<String> there = digestsThere("fay");
        haul("fay", "Anew", 1);
        assertThat(digestsHere("fay", "Anew")).hasSize(3);
        try (MailSession session = connector.open(new Credentials("fay@palomar.example", "fay"), null)) {
            session.delete(new MailboxName("Anew"));
            session.create(new MailboxName("Anew"), null);
        }
        // Now they are to be removed there, and what was verified is no more.
        haul("fay", "Anew", 0);
        assertThat(digestsHere("fay", "Anew")).isEqualTo(there);
        assertThat(digestsThere("fay")).isEmpty();
    }

    @Test
    void deletesNothingBeforeItsTime() {
        put("gus", List.of(generated(1, 100)));
        haul("gus", "Later", 7);
        assertThat(digestsThere("gus")).hasSize(1);
        assertThat(digestsHere("gus", "Later")).hasSize(1);
        assertThat(progress.removed()).isZero();
    }

    @Test
    void tlsIsVerifiedAndStlsIsDemanded() {
        put("ines", List.of(generated(1, 100)));
        assertThat(survey(old.pop3sPort(), Security.TLS, "old.example", "ines").messages())
                .isEqualTo(1);
        assertThat(survey(old.pop3Port(), Security.STARTTLS, "old.example", "ines")
                        .messages())
                .isEqualTo(1);
        assertThat(refusal(old.pop3sPort(), Security.TLS, "other.example")).isEqualTo(Reason.CERTIFICATE);
        assertThat(refusal(old.pop3Port(), Security.STARTTLS, "other.example")).isEqualTo(Reason.CERTIFICATE);
        try (DovecotServer bare = DovecotServer.builder().pop3().start()) {
            assertThat(refusal(bare.pop3Port(), Security.STARTTLS, "old.example"))
                    .isEqualTo(Reason.UNENCRYPTED);
        }
    }

    @Test
    void aWrongPasswordIsCalledOne() {
        Server wrong = new Server("old.example", old.pop3sPort(), Security.TLS, ALICE, "wrong");
        assertThatThrownBy(() -> source(wrong, "old.example").survey())
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.DENIED));
    }

    private Reason refusal(int port, Security security, String name) {
        try {
            survey(port, security, name, "ines");
            return Reason.STRANGE;
        } catch (SourceException failure) {
            return failure.reason();
        }
    }

    private Survey survey(int port, Security security, String name, String user) {
        Server server = new Server(name, port, security, user + "@palomar.example", user);
        try (Source source = source(server, name)) {
            return source.survey();
        }
    }

    private boolean haul(String user, String mailbox, int leave) {
        return haul(connector, user, mailbox, leave);
    }

    private boolean haul(AngusImapConnector to, String user, String mailbox, int leave) {
        Server server = new Server("old.example", pop3.port(), Security.PLAIN, user + "@palomar.example", user);
        Plan plan = new Plan(server, mailbox, leave, false, 0, List.of(), null, user);
        Instant now = Instant.now();
        try (MailSession session = to.open(new Credentials(user + "@palomar.example", user), null);
                Source source = source(server, "old.example")) {
            return new Haul(
                            user,
                            plan,
                            user.equals("dan") ? begun : now,
                            source,
                            new Home(session),
                            ledger,
                            far -> {
                                progress = far;
                                return true;
                            },
                            Clock.systemUTC())
                    .toTheEnd();
        }
    }

    private static Source source(Server server, String name) {
        MailHosts hosts = new MailHosts(
                new OwnServerProperties(List.of("127.0.0.1"), Set.of()),
                _ -> List.of(java.net.InetAddress.ofLiteral("127.0.0.1")),
                certificate.trusting());
        try {
            return new org.palomar.migration.pop3.Pop3Source(
                    server, hosts.find(name, server.port()), Duration.ofSeconds(10), Duration.ofSeconds(30));
        } catch (org.palomar.door.ClosedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AngusImapConnector to(int port) {
        return new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        port,
                        ImapProperties.Security.PLAIN,
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        3,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static void put(String user, List<byte[]> messages) {
        Instant arrived = Instant.parse("2019-01-01T00:00:00Z");
        old.fill(
                user + "@palomar.example",
                "INBOX",
                messages.stream()
                        .map(message -> new DovecotServer.Filed(message, arrived, ""))
                        .toList());
    }

    private static byte[] generated(int n, int octets) {
        StringBuilder text = new StringBuilder("""
                From: Bob <bob@palomar.example>\r
                To: alice@palomar.example\r
                Date: Tue, 3 Mar 2015 10:%1$02d:%2$02d +0000\r
                Subject: Number %3$d\r
                Message-ID: <n%3$d@palomar.example>\r
                \r
                """.formatted(n / 60 % 60, n % 60, n));
        Random random = new Random(n);
        while (text.length() < octets) {
            text.append(random.nextInt(9) == 0 ? "." : "")
                    .append(Long.toString(random.nextLong(), 36).repeat(4))
                    .append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Sorted. */
    private static List<String> digestsThere(String user) {
        try (RawPop3 raw = new RawPop3(old.pop3Port(), user + "@palomar.example", user)) {
            List<String> digests = new ArrayList<>();
            int count = raw.count();
            for (int n = 1; n <= count; n++) {
                var digest = Digests.sha256();
                digest.update(raw.message(n));
                digests.add(Digests.text(digest));
            }
            Collections.sort(digests);
            return digests;
        }
    }

    private static List<String> digestsHere(String user, String mailbox) {
        return digestsHere(connector, user, mailbox);
    }

    private static List<String> digestsHere(AngusImapConnector from, String user, String mailbox) {
        try (MailSession session = from.open(new Credentials(user + "@palomar.example", user), null)) {
            return session.examine(new MailboxName(mailbox), open -> {
                List<String> digests = new ArrayList<>();
                for (Uid uid : open.uids()) {
                    var out = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256());
                    open.stream(uid, PartPath.ROOT, out);
                    digests.add(Digests.text(out.getMessageDigest()));
                }
                Collections.sort(digests);
                return digests;
            });
        }
    }

    private static List<Instant> arrivals(String user, String mailbox) {
        try (MailSession session = connector.open(new Credentials(user + "@palomar.example", user), null)) {
            return session.examine(
                    new MailboxName(mailbox),
                    open -> List.copyOf(open.arrivals(open.uids()).values()));
        }
    }
}
