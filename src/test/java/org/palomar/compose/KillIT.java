package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.ProductProcess;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/**
 * Palomar is killed ({@code kill -9}), or cut from its mail server or from its server for outgoing mail, at random moments while
 * somebody writes, saves, sends and takes back. Then: nothing that was acknowledged is lost, nothing is sent twice, and there is one
 * copy of everything. {@code -Dkill.rounds=200} for the long run, {@code -Dkill.seed} to repeat one.
 */
class KillIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);

    @TempDir
    private Path store;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private DovecotServer dovecot;
    private CuttingProxy imap;
    private CuttingProxy smtp;
    private AngusImapConnector connector;
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
    void nothingIsLostAndNothingIsDoubled() throws Exception {
        try (DovecotServer mail = DovecotServer.builder()
                        .lmtp()
                        .auth()
                        .maxConnections(100)
                        .start();
                PostfixServer postfix = PostfixServer.start(mail);
                CuttingProxy toMail = new CuttingProxy(mail.port());
                CuttingProxy toPostfix = new CuttingProxy(postfix.port());
                AngusImapConnector open = connector(mail.port())) {
            dovecot = mail;
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

    /** In every third round the one or the other connection is cut as well. */
    private ProductProcess round(ProductProcess process, int round) throws InterruptedException {
        Thread writer = Thread.ofVirtual().start(() -> write(process.visitor(), round));
        chance(300, 4_000);
        if (round % 3 == 1) {
            imap.cut();
            chance(0, 300);
        } else if (round % 3 == 2) {
            smtp.cut();
            chance(0, 300);
        }
        process.kill();
        writer.join();
        process.close();
        return start();
    }

    /** Lets a random time pass: no condition is waited for, the moment of a kill is what is tried. */
    private void chance(int least, int more) throws InterruptedException {
        Thread.sleep(least + random.nextInt(more));
    }

    private void write(Visitor alice, int round) {
        Random moods = new Random(seed + round);
        try {
            alice.signedIn("alice");
            for (int i = 0; ; i++) {
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
        Visitor alice = process.visitor().signedIn("alice");
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

    private int count(String person, String mailbox, Letter letter) {
        try (MailSession mail = connector.open(new Credentials(person + "@palomar.example", person), null)) {
            return mail.examine(
                            new MailboxName(mailbox), open -> open.withMessageId("<" + letter.id + "@palomar.example>"))
                    .size();
        }
    }

    private void await(ProductProcess process, String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what).atMost(Duration.ofSeconds(90)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(what + "; seed " + seed + "\n" + process.log(), late);
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
