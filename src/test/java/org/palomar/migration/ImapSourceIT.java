package org.palomar.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.door.ClosedException;
import org.palomar.door.MailHosts;
import org.palomar.door.OwnServerProperties;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.migration.SourceException.Reason;
import org.palomar.migration.imap.ImapSource;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.MailCorpus;
import org.palomar.testing.ScriptedServer;
import org.palomar.testing.Servers;
import org.palomar.testing.TestCertificate;

/** From the mailboxes of one Dovecot, or of a script, into those of another. */
class ImapSourceIT {

    private static final Instant MARCH = Instant.parse("2015-03-03T09:11:12Z");

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;

    /** Everything hangs under INBOX, dots between levels, and names may hold a slash. */
    private static DovecotServer dotted;

    private static DovecotServer slashed;
    private static AngusImapConnector toDotted;
    private static AngusImapConnector toSlashed;
    private static Store store;
    private static Ledger ledger;
    private Progress progress = Progress.NONE;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.make(directory, "old.example");
        dotted = DovecotServer.builder()
                .tls(certificate)
                .maxConnections(100)
                .configure("""
                        mail_plugins = quota listescape
                        protocol imap {
                          mail_plugins = quota imap_quota listescape
                        }
                        namespace inbox {
                          separator = .
                          prefix = INBOX.
                        }
                        """)
                .start();
        slashed = DovecotServer.builder().maxConnections(100).start();
        toDotted = to(dotted.port());
        toSlashed = to(slashed.port());
        StoreProperties properties = new StoreProperties(directory.resolve("store"), "", "", "");
        store = new Store(properties, Clock.systemUTC());
        ledger = new Ledger(store, new Sealing(properties));
    }

    @AfterAll
    static void stop() {
        toDotted.close();
        toSlashed.close();
        store.close();
        dotted.close();
        slashed.close();
    }

    @Test
    void aWholeAccountComesAsItIsAndASecondTimeOnlyWhatIsNew() {
        Map<String, List<String>> expected = new TreeMap<>();
        try (MailSession old = open(toDotted, "alice")) {
            for (String name :
                    List.of("INBOX.Work", "INBOX.Work.2019", "INBOX.Nothing", "INBOX.Äpfel 🍎", "INBOX.a/b")) {
                old.create(new MailboxName(name), null);
            }
            put(old, "INBOX", "one", MARCH, Flags.SEEN, Flags.ANSWERED, Flags.FLAGGED, "$Forwarded", "Projekt1");
            put(old, "INBOX", "two", MARCH.plusSeconds(60));
            put(old, "INBOX", "removed", MARCH, Flags.DELETED);
            put(old, "INBOX.Work", "three", MARCH.minusSeconds(86_400), Flags.SEEN);
            put(old, "INBOX.Work.2019", "four", MARCH);
            put(old, "INBOX.Sent", "five", MARCH, Flags.SEEN);
            put(old, "INBOX.Drafts", "six", MARCH, Flags.DRAFT);
            put(old, "INBOX.Äpfel 🍎", "seven", MARCH);
            put(old, "INBOX.a/b", "eight", MARCH);
            put(old, "INBOX.a/b", "eight", MARCH);
            Map<String, List<String>> there = contents(old);
            Map.of(
                            "INBOX", "INBOX",
                            "INBOX.Work", "Work",
                            "INBOX.Work.2019", "Work/2019",
                            "INBOX.Nothing", "Nothing",
                            "INBOX.Sent", "Sent",
                            "INBOX.Drafts", "Drafts",
                            "INBOX.Äpfel 🍎", "Äpfel 🍎",
                            "INBOX.a/b", "a_b")
                    .forEach((from, to) -> expected.put(to, new ArrayList<>(there.get(from))));
            expected.get("INBOX").removeIf(line -> line.contains("\\Deleted"));
            List.of("Archive", "Junk", "Trash").forEach(name -> expected.put(name, List.of()));
        }

        Survey survey = survey(dotted.port(), "alice", toSlashed, "INBOX");
        assertThat(survey.messages()).isEqualTo(9);
        assertThat(survey.octets()).isPositive();
        assertThat(survey.oldest()).isEqualTo(MARCH.minusSeconds(86_400));
        assertThat(survey.newest()).isEqualTo(MARCH.plusSeconds(60));
        assertThat(survey.mailboxes()).contains(new Survey.Place("INBOX.a/b", "a_b", 2));

        assertThat(haul(dotted.port(), "alice", toSlashed, "INBOX")).isTrue();
        assertThat(contents(toSlashed, "alice")).isEqualTo(expected);
        assertThat(progress.copied()).isEqualTo(9);
        assertThat(progress.verified()).isEqualTo(9);

        try (MailSession old = open(toDotted, "alice")) {
            put(old, "INBOX", "nine", MARCH);
            put(old, "INBOX.Work", "ten", MARCH);
            // The same messages under other UIDs in another era.
            MailboxName again = new MailboxName("INBOX.Äpfel 🍎");
            old.delete(again);
            old.create(again, null);
            put(old, again.value(), "seven", MARCH);
        }
        haul(dotted.port(), "alice", toSlashed, "INBOX");
        assertThat(progress.copied()).isEqualTo(2);
        assertThat(progress.present()).isEqualTo(9);
        Map<String, List<String>> after = contents(toSlashed, "alice");
        assertThat(after.get("INBOX")).hasSize(3);
        assertThat(after.get("Work")).hasSize(2);
        assertThat(after.get("Äpfel 🍎")).hasSize(1);
        // Nothing happened there.
        assertThat(contents(toDotted, "alice").get("INBOX")).hasSize(4);
    }

    @Test
    void hangsEverythingUnderOneMailboxOfAServerWithDots() {
        Map<String, List<String>> there;
        try (MailSession old = open(toSlashed, "bob")) {
            old.create(new MailboxName("v1.2/notes"), null);
            put(old, "INBOX", "one", MARCH);
            put(old, "Sent", "two", MARCH, Flags.SEEN);
            put(old, "v1.2/notes", "three", MARCH);
            there = contents(old);
        }
        haul(slashed.port(), "bob", toDotted, "INBOX.Old");
        Map<String, List<String>> here = contents(toDotted, "bob");
        assertThat(here.get("INBOX")).isEmpty();
        assertThat(here.get("INBOX.Old.INBOX")).isEqualTo(there.get("INBOX")).hasSize(1);
        assertThat(here.get("INBOX.Old.Sent")).isEqualTo(there.get("Sent")).hasSize(1);
        assertThat(here.get("INBOX.Old.v1_2.notes"))
                .isEqualTo(there.get("v1.2/notes"))
                .hasSize(1);
        assertThat(here).containsKey("INBOX.Old.Trash");
    }

    @Test
    void listsManyMessagesInFewRoundTrips() {
        List<DovecotServer.Filed> many = new ArrayList<>();
        for (int n = 0; n < 12_000; n++) {
            many.add(new DovecotServer.Filed(text("number " + n), MARCH.plusSeconds(n), ""));
        }
        slashed.fill("ines@palomar.example", "INBOX", many);
        try (CuttingProxy proxy = new CuttingProxy(slashed.port());
                MailSession home = open(toDotted, "ines")) {
            Server server = new Server("old.example", proxy.port(), Security.PLAIN, "ines@palomar.example", "ines");
            try (Source source = source(server, place(server), "INBOX", home)) {
                Survey survey = source.survey();
                assertThat(survey.messages()).isEqualTo(12_000);
                assertThat(survey.octets()).isEqualTo(-1);
                proxy.forget();
                assertThat(source.items())
                        .hasSize(12_000)
                        .allSatisfy(item -> assertThat(item.octets()).isPositive())
                        .extracting(Item::key)
                        .doesNotHaveDuplicates();
                assertThat(proxy.roundTrips()).as(proxy.commands().toString()).isLessThanOrEqualTo(10);
            }
        }
    }

    @Test
    void mbsyncFindsTheSameOnBothServers() {
        Servers.requireInstalled("mbsync");
        List<MailCorpus.Mail> mails = MailCorpus.open().mails();
        for (int n = 0; n < mails.size(); n++) {
            String mailbox = List.of("INBOX", "Sent", "Work", "Work/2019", "Entwürfe")
                    .get(n % 5)
                    .toString();
            slashed.fill(
                    "carol@palomar.example",
                    mailbox,
                    List.of(new DovecotServer.Filed(
                            mails.get(n).source(), MARCH.plusSeconds(n), n % 3 == 0 ? "S" : "")));
        }
        haul(slashed.port(), "carol", toDotted, "INBOX");
        assertThat(progress.copied()).isEqualTo(mails.size());
        assertThat(progress.skipped()).isZero();

        Map<String, List<String>> there = mbsync(slashed.port(), "", "there");
        Map<String, List<String>> here = mbsync(dotted.port(), "INBOX.", "here");
        assertThat(here).containsOnlyKeys(there.keySet());
        there.forEach(
                (mailbox, digests) -> assertThat(here.get(mailbox)).as(mailbox).containsExactlyElementsOf(digests));
        // It refuses some broken ones, and says so of each.
        assertThat(here.values().stream().mapToInt(List::size).sum() + refusedByMbsync("here"))
                .isEqualTo(mails.size());
    }

    @Test
    void whateverIsCutNothingIsLostAndNothingIsDoubled() {
        for (int n = 0; n < 150; n++) {
            String mailbox = n % 3 == 0 ? "INBOX" : "Work/" + n % 3;
            slashed.fill(
                    "dan@palomar.example",
                    mailbox,
                    List.of(new DovecotServer.Filed(text("number " + n % 140), MARCH.plusSeconds(n % 140), "")));
        }
        int broken = 0;
        try (CuttingProxy proxy = new CuttingProxy(slashed.port())) {
            for (int cut : List.of(1, 60, 20, 1)) {
                AtomicInteger seen = new AtomicInteger();
                proxy.cutAfter(line -> line.contains("BODY.PEEK[]") && seen.incrementAndGet() == cut);
                broken += attempt(proxy.port(), "dan") ? 0 : 1;
            }
            proxy.cutAfter(line -> line.contains("ENVELOPE"));
            broken += attempt(proxy.port(), "dan") ? 0 : 1;
            proxy.cutAfter(_ -> false);
            while (!attempt(proxy.port(), "dan")) {
                broken++;
            }
        }
        assertThat(broken).isPositive();
        Map<String, List<String>> there = contents(toSlashed, "dan");
        Map<String, List<String>> here = contents(toDotted, "dan");
        assertThat(here.get("INBOX")).containsExactlyInAnyOrderElementsOf(there.get("INBOX"));
        assertThat(here.get("INBOX.Work.1")).containsExactlyInAnyOrderElementsOf(there.get("Work/1"));
        assertThat(here.get("INBOX.Work.2")).containsExactlyInAnyOrderElementsOf(there.get("Work/2"));
        assertThat(here.get("INBOX").size()
                        + here.get("INBOX.Work.1").size()
                        + here.get("INBOX.Work.2").size())
                .isEqualTo(150);
    }

    private boolean attempt(int port, String user) {
        try {
            return haul(port, user, toDotted, "INBOX");
        } catch (SourceException | ImapException failure) {
            return false;
        }
    }

    @Test
    void aMessageWithManyLabelsComesOnce() {
        try (ScriptedServer gmail = new ScriptedServer("migration-labels")) {
            haul(gmail.port(), "erin", toSlashed, "INBOX");
            assertThat(progress.copied()).isEqualTo(5);
            Map<String, List<String>> here = contents(toSlashed, "erin");
            assertThat(subjects(here, "INBOX")).containsExactly("letter 1");
            assertThat(subjects(here, "Work/Project")).containsExactly("letter 2");
            assertThat(subjects(here, "Work")).isEmpty();
            assertThat(subjects(here, "Sent")).containsExactly("letter 4");
            assertThat(subjects(here, "Trash")).containsExactly("letter 5");
            assertThat(subjects(here, "Archive")).containsExactly("letter 3");
            assertThat(here.get("Archive").getFirst()).contains("\\Flagged");
            assertThat(here).doesNotContainKeys("Starred", "Important");

            haul(gmail.port(), "erin", toSlashed, "INBOX");
            assertThat(progress.copied()).isZero();
            assertThat(progress.present()).isEqualTo(5);
            gmail.check();
        }
    }

    @Test
    void aServerThatWantsToBeLeftAloneIsLeftAlone() {
        try (ScriptedServer busy = new ScriptedServer("migration-throttled")) {
            for (int n = 0; n < 4; n++) {
                assertThat(refusal(busy.port(), Security.PLAIN, "old.example", "fay", "fay"))
                        .as("attempt " + n)
                        .isEqualTo(Reason.BUSY);
            }
            busy.check();
        }
    }

    @Test
    void saysWhyNothingComes() {
        assertThat(refusal(dotted.port(), Security.PLAIN, "old.example", "gus", "wrong"))
                .isEqualTo(Reason.DENIED);
        assertThat(refusal(dotted.tlsPort(), Security.TLS, "old.example", "gus", "gus"))
                .isNull();
        assertThat(refusal(dotted.port(), Security.STARTTLS, "old.example", "gus", "gus"))
                .isNull();
        assertThat(refusal(dotted.tlsPort(), Security.TLS, "other.example", "gus", "gus"))
                .isEqualTo(Reason.CERTIFICATE);
        assertThat(refusal(dotted.port(), Security.STARTTLS, "other.example", "gus", "gus"))
                .isEqualTo(Reason.CERTIFICATE);
        assertThat(refusal(slashed.port(), Security.STARTTLS, "old.example", "gus", "gus"))
                .isEqualTo(Reason.UNENCRYPTED);
        assertThat(refusal(Servers.freePort(), Security.PLAIN, "old.example", "gus", "gus"))
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void neverSpeaksInTheClearBeyondOwnNetworks() {
        MailHosts.Place place = new MailHosts.Place(
                "old.example", "192.0.2.1", 143, false, (SSLSocketFactory) SSLSocketFactory.getDefault());
        Server server = new Server("old.example", 143, Security.PLAIN, "gus", "gus");
        try (MailSession home = open(toSlashed, "gus")) {
            assertThatThrownBy(() -> source(server, place, "INBOX", home))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNENCRYPTED));
        }
    }

    private Reason refusal(int port, Security security, String name, String user, String password) {
        Server server = new Server(name, port, security, user + "@palomar.example", password);
        try (MailSession home = open(toSlashed, user);
                Source source = source(server, place(server), "INBOX", home)) {
            for (Item item : source.items()) {
                source.read(item, OutputStream.nullOutputStream());
            }
            return null;
        } catch (SourceException failure) {
            return failure.reason();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Survey survey(int port, String user, AngusImapConnector to, String target) {
        Server server = new Server("old.example", port, Security.PLAIN, user + "@palomar.example", user);
        try (MailSession home = open(to, user);
                Source source = source(server, place(server), target, home)) {
            return source.survey();
        }
    }

    private boolean haul(int port, String user, AngusImapConnector to, String target) {
        Server server = new Server("old.example", port, Security.PLAIN, user + "@palomar.example", user);
        Plan plan = new Plan(server, target, Plan.FOREVER, false, 0, List.of(), null, user);
        try (MailSession home = open(to, user);
                Source source = source(server, place(server), target, home)) {
            return new Haul(
                            "imap-" + user,
                            plan,
                            Instant.now(),
                            source,
                            new Home(home),
                            ledger,
                            far -> {
                                progress = far;
                                return true;
                            },
                            Clock.systemUTC())
                    .toTheEnd();
        }
    }

    private static Source source(Server server, MailHosts.Place place, String target, MailSession home) {
        Plan plan = new Plan(server, target, Plan.FOREVER, false, 0, List.of(), null, "title");
        return new ImapSource(
                server,
                place,
                plan,
                home,
                (properties, tls) -> new AngusImapConnector(properties, Clock.systemUTC(), tls),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    private static MailHosts.Place place(Server server) {
        MailHosts hosts = new MailHosts(
                new OwnServerProperties(List.of("127.0.0.1"), Set.of()),
                _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                certificate.trusting());
        try {
            return hosts.find(server.host(), server.port());
        } catch (ClosedException e) {
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

    private static MailSession open(AngusImapConnector to, String user) {
        return to.open(new Credentials(user + "@palomar.example", user), null);
    }

    private static void put(MailSession session, String mailbox, String subject, Instant arrived, String... flags) {
        byte[] message = text(subject);
        session.append(
                new MailboxName(mailbox), new ByteArrayInputStream(message), message.length, Flags.of(flags), arrived);
    }

    private static byte[] text(String subject) {
        return """
                From: bob@palomar.example
                Subject: %1$s
                Message-ID: <%2$s@palomar.example>

                %1$s
                """.formatted(subject, subject.replace(' ', '-'))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> contents(AngusImapConnector to, String user) {
        try (MailSession session = open(to, user)) {
            return contents(session);
        }
    }

    /** Digest, last line, flags and arrival of everything, by mailbox and oldest first. */
    private static Map<String, List<String>> contents(MailSession session) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (Mailbox mailbox : session.mailboxes(false)) {
            if (mailbox.selectable()) {
                contents.put(mailbox.name().value(), session.examine(mailbox.name(), open -> {
                    List<String> lines = new ArrayList<>();
                    for (MessageSummary row : open.outlines(open.uids())) {
                        var out = new ByteArrayOutputStream();
                        open.stream(row.ref().uid(), PartPath.ROOT, out);
                        String[] text = out.toString(StandardCharsets.UTF_8).split("\r\n");
                        lines.add(String.join(
                                "|",
                                Digests.of(out.toString(StandardCharsets.ISO_8859_1)),
                                text[text.length - 1],
                                row.flags().values().toString(),
                                row.arrived().toString()));
                    }
                    return lines;
                }));
            }
        }
        return contents;
    }

    private static List<String> subjects(Map<String, List<String>> contents, String mailbox) {
        return contents.get(mailbox).stream().map(line -> line.split("\\|")[1]).toList();
    }

    /** What another program finds: digests by mailbox. */
    private static Map<String, List<String>> mbsync(int port, String prefix, String name) {
        try {
            Path home = Files.createDirectory(directory.resolve("mbsync-" + name));
            Path mail = Files.createDirectory(home.resolve("mail"));
            Path file = Files.writeString(home.resolve("mbsyncrc"), """
                    IMAPAccount server
                    Host 127.0.0.1
                    Port %1$d
                    User carol@palomar.example
                    Pass carol
                    SSLType None
                    AuthMechs PLAIN

                    IMAPStore far
                    Account server
                    Path "%2$s"

                    MaildirStore near
                    Path %3$s/
                    Inbox %3$s/INBOX
                    SubFolders Verbatim

                    Channel all
                    Far :far:
                    Near :near:
                    Patterns *
                    Create Near
                    Sync Pull
                    SyncState *
                    """.formatted(port, prefix, mail));
            Process process = new ProcessBuilder("mbsync", "-c", file.toString(), "-a")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out").toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(home.resolve("out")))
                    .isZero();
            return maildirs(mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int refusedByMbsync(String name) {
        try (Stream<String> lines =
                Files.lines(directory.resolve("mbsync-" + name).resolve("out"))) {
            return (int)
                    lines.filter(line -> line.startsWith("Warning: message ")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> maildirs(Path mail) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(mail)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> Set.of("cur", "new")
                            .contains(file.getParent().getFileName().toString()))
                    .toList()) {
                found.computeIfAbsent(
                                mail.relativize(file.getParent().getParent()).toString(), _ -> new ArrayList<>())
                        .add(Digests.of(Files.readString(file, StandardCharsets.ISO_8859_1)
                                // Its own mark, another one each time.
                                .replaceFirst("X-TUID: [^\n]*\n", "")));
            }
        }
        found.values().forEach(java.util.Collections::sort);
        return found;
    }
}
