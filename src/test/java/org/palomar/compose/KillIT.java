package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.ProductProcess;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/**
 * Palomar, Dovecot and Postfix are killed in turn ({@code kill -9}) at random moments while somebody writes, saves, sends and takes
 * back; Palomar also after it was cut from one of the others. Then: nothing that was acknowledged is lost, nothing is sent twice, and there is one
 * copy of everything. {@code -Dkill.rounds=200} for the long run, {@code -Dkill.seed} to repeat one.
 */
class KillIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);

    /** In one round: as many as are written within a second. */
    private static final int LETTERS = 15;

    /** For a Dovecot that is away, seconds instead of minutes. */
    private static final String PATIENCE = """
            minimal_backoff_time = 1s
            maximal_backoff_time = 2s
            queue_run_delay = 1s
            """;

    private static final Pattern QUEUE_ID = Pattern.compile("by mail\\.palomar\\.example[^;]*?\\bid ([0-9A-Za-z]+)");

    @TempDir
    private Path store;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private DovecotServer dovecot;
    private PostfixServer postfix;
    private CuttingProxy imap;
    private CuttingProxy smtp;
    private AngusImapConnector connector;
    private final Map<String, MailSession> behind = new HashMap<>();
    private volatile boolean enough;
    private int unknown;

    /** What its writer knows of a letter. */
    private static final class Letter {
        private final String subject;
        private volatile String id = "";
        private volatile String acknowledged = "";
        private volatile boolean sending;
        private volatile boolean sent;
        private volatile boolean undoing;
        private volatile boolean undone;

        Letter(String subject) {
            this.subject = subject;
        }

        @Override
        public String toString() {
            return subject + " [" + id + ", " + acknowledged.length() + " characters saved"
                    + (sending ? ", sending" : "") + (sent ? ", sent" : "") + (undoing ? ", undoing" : "")
                    + (undone ? ", undone" : "") + "]";
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void nothingIsLostAndNothingIsDoubled() throws Exception {
        try (DovecotServer mail = DovecotServer.builder()
                        .lmtp()
                        .auth()
                        .maxConnections(100)
                        .start();
                PostfixServer sending = PostfixServer.deliveringTo(mail.lmtpPort())
                        .sasl(mail.authPort())
                        .configure(PATIENCE)
                        .start();
                CuttingProxy toMail = new CuttingProxy(mail.port());
                CuttingProxy toPostfix = new CuttingProxy(sending.port());
                AngusImapConnector open = connector(mail.port())) {
            dovecot = mail;
            postfix = sending;
            imap = toMail;
            smtp = toPostfix;
            connector = open;
            ProductProcess process = start();
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    int first = letters.size();
                    process = round(process, round);
                    check(process, letters.subList(first, letters.size()));
                }
                check(process, letters);
            } finally {
                process.close();
            }
            System.out.printf(
                    "%d rounds, %d letters, %d of them handed over, %d outcomes unknown; seed %d%n",
                    ROUNDS,
                    letters.size(),
                    letters.stream().filter(each -> each.sending).count(),
                    unknown,
                    seed);
        }
    }

    private ProductProcess start() {
        return new ProductProcess(
                store,
                "palomar.imap.host=127.0.0.1",
                "palomar.imap.port=" + imap.port(),
                "palomar.imap.security=plain",
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp.port(),
                "palomar.smtp.security=plain",
                "palomar.sending.undo=1s",
                "palomar.outbox.retry=500ms");
    }

    private ProductProcess round(ProductProcess process, int round) throws InterruptedException {
        enough = false;
        Thread writer = Thread.ofVirtual().start(() -> write(process.visitor(), round));
        chance(50, 1_000);
        switch (round % 3) {
            case 0 -> {
                if (random.nextBoolean()) {
                    (random.nextBoolean() ? imap : smtp).cut();
                    chance(0, 300);
                }
                process.kill();
                writer.join();
                process.close();
                return start();
            }
            case 1 -> {
                dovecot.kill();
                chance(0, 1_500);
                dovecot.startAgain();
            }
            default -> {
                postfix.kill();
                chance(0, 1_500);
                postfix.startAgain();
            }
        }
        chance(0, 1_000);
        enough = true;
        writer.join();
        return process;
    }

    /** Lets a random time pass: no condition is waited for, the moment of a kill is what is tried. */
    private void chance(int least, int more) throws InterruptedException {
        Thread.sleep(least + random.nextInt(more));
    }

    private void write(Visitor alice, int round) {
        Random moods = new Random(seed + round);
        try {
            alice.signedIn("alice");
            for (int i = 0; i < LETTERS && !enough; i++) {
                write(alice, moods, new Letter("round " + round + " letter " + i));
            }
        } catch (UncheckedIOException | AssertionError | IllegalStateException killed) {
            // In the middle of something, as intended.
        }
    }

    private void write(Visitor alice, Random moods, Letter letter) {
        WritingDesk desk = WritingDesk.open(alice, "compose")
                .type("to", "bob@palomar.example")
                .type("subject", letter.subject);
        letter.id = desk.id();
        letters.add(letter);
        String text = "Dear Bob";
        for (int save = moods.nextInt(4); save >= 0; save--) {
            text += ", and so on and on";
            desk.type("text", text);
            if (desk.autosave().status() == 200) {
                letter.acknowledged = text;
            }
        }
        if (moods.nextInt(3) == 0) {
            desk = WritingDesk.on(alice, alice.follow(desk.press("save")));
        }
        if (moods.nextInt(4) > 0) {
            letter.sending = true;
            Answer answer = desk.press("send");
            letter.sent = answer.status() == 303;
            letter.acknowledged = text;
            if (moods.nextInt(3) == 0) {
                letter.undoing = true;
                String went = alice.post("outbox/" + letter.id + "/undo").header("Location");
                letter.undone = went.contains("draft=");
                letter.undoing = false;
            }
        }
    }

    private void check(ProductProcess process, List<Letter> some) {
        Visitor alice = comeBack(process);
        await(process, "the outbox settles", () -> decide(alice));
        for (Letter letter : some) {
            if (letter.acknowledged.isEmpty() && !letter.sending) {
                continue;
            }
            Answer page = alice.open("compose?draft=" + letter.id);
            boolean draft = page.status() == 200
                    && !page.html().select("[data-testid=compose-form]").isEmpty();
            if (draft) {
                assertThat(WritingDesk.on(alice, page).value("text"))
                        .as("%s; seed %d", letter, seed)
                        .startsWith(letter.sending ? "" : letter.acknowledged);
                await(process, "one copy of " + letter, () -> count("alice", "Drafts", letter) == 1);
                assertThat(count("bob", "INBOX", letter))
                        .as("%s; seed %d", letter, seed)
                        .isZero();
                assertThat(count("alice", "Sent", letter))
                        .as("%s; seed %d", letter, seed)
                        .isZero();
            } else {
                assertThat(letter.sending)
                        .as("%s is lost; seed %d", letter, seed)
                        .isTrue();
                await(process, "the delivery of " + letter, () -> count("bob", "INBOX", letter) == 1);
                assertThat(count("alice", "Sent", letter))
                        .as("%s; seed %d", letter, seed)
                        .isEqualTo(1);
                await(process, "no draft of " + letter, () -> count("alice", "Drafts", letter) == 0);
            }
            if (letter.undone) {
                assertThat(draft).as("%s was taken back; seed %d", letter, seed).isTrue();
            } else if (letter.sent && !letter.undoing) {
                assertThat(draft).as("%s was sent; seed %d", letter, seed).isFalse();
            }
        }
    }

    /** A server that was away is not asked at once again by everybody. */
    private Visitor comeBack(ProductProcess process) {
        AtomicReference<Visitor> back = new AtomicReference<>();
        await(process, "the server is back", () -> {
            Visitor alice = process.visitor();
            alice.open("login");
            Answer answer = alice.post("login", "username", "alice@palomar.example", "password", "alice");
            back.set(answer.status() == 303 ? alice : null);
            return answer.status() == 303;
        });
        return back.get();
    }

    /** Looks whether something is still to be done; what nobody can know, the test knows, and decides as its writer would. */
    private boolean decide(Visitor alice) {
        List<Element> rows = new ArrayList<>(alice.open("outbox").html().select("[data-testid=outbox-row]"));
        for (Element row : rows) {
            if (row.attr("data-state").equals("unknown")) {
                Letter letter = letters.stream()
                        .filter(each -> row.id().equals("out-" + each.id))
                        .findFirst()
                        .orElseThrow();
                unknown++;
                boolean arrived = arrives(letter);
                alice.post("outbox/" + letter.id + (arrived ? "/arrived" : "/now"));
            }
        }
        return rows.isEmpty();
    }

    /** Postfix delivers within a second or two what it took. */
    private boolean arrives(Letter letter) {
        Instant until = Instant.now().plus(Duration.ofSeconds(8));
        while (Instant.now().isBefore(until)) {
            if (count("bob", "INBOX", letter) > 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /**
     * How often it lies there. What one submission brought twice counts once: a Postfix or a Dovecot that is killed between a delivery and
     * the note of it delivers again (RFC 5321 section 4.5.4.1).
     */
    private int count(String person, String mailbox, Letter letter) {
        return behind.computeIfAbsent(
                        person, name -> connector.open(new Credentials(name + "@palomar.example", name), null))
                .examine(
                        new MailboxName(mailbox),
                        open -> open.withMessageId("<" + letter.id + "@palomar.example>").stream()
                                .map(uid -> submission(open, uid))
                                .distinct()
                                .toList()
                                .size());
    }

    /** By its name in Postfix's queue; what never was there by its UID. */
    private static String submission(OpenMailbox open, Uid uid) {
        String header = new String(open.header(uid, PartPath.ROOT, 100_000), StandardCharsets.ISO_8859_1);
        Matcher id = QUEUE_ID.matcher(header);
        return id.find() ? id.group(1) : uid.toString();
    }

    private void await(ProductProcess process, String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(90))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(what + "; seed " + seed + "\n" + process.log() + "\n" + dovecot.log(), late);
        }
    }

    private static AngusImapConnector connector(int port) {
        Duration patience = Duration.ofSeconds(30);
        return new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        port,
                        ImapProperties.Security.PLAIN,
                        false,
                        patience,
                        patience,
                        1,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }
}
