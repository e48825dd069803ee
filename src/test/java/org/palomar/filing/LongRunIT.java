package org.palomar.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.filing.Tally.Reason;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;

/** Long tasks on a real server: nothing is lost, nothing is doubled, and every count is exact. */
class LongRunIT {

    private static final String ALICE = "alice@palomar.example";
    private static final BooleanSupplier NEVER = () -> false;

    private static DovecotServer dovecot;
    private static CuttingProxy wire;
    private static AngusImapConnector connector;
    private static MailSession session;

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.builder().configure("""
                        namespace small {
                          prefix = Small/
                          separator = /
                          location = maildir:~/small:LAYOUT=fs
                        }
                        plugin {
                          quota2 = count:Small:ns=Small/
                          quota2_rule = *:messages=700
                        }
                        """).start();
        wire = new CuttingProxy(dovecot.port());
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        wire.port(),
                        Security.PLAIN,
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        3,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        session = connector.open(new Credentials(ALICE, "alice"), null);
    }

    @AfterAll
    static void stop() {
        if (dovecot != null) {
            connector.close();
            wire.close();
            dovecot.close();
        }
    }

    private static MailboxName fill(String name, int messages) {
        for (int i = 0; i < messages; i++) {
            dovecot.put(ALICE, name, """
                    From: bob@palomar.example\r
                    Subject: %1$s %2$d\r
                    Message-ID: <%1$s.%2$d@palomar.example>\r
                    \r
                    words\r
                    """.formatted(name, i).getBytes(StandardCharsets.UTF_8));
        }
        return new MailboxName(name);
    }

    private static MailboxName made(String name) {
        session.create(new MailboxName(name), null);
        return new MailboxName(name);
    }

    private static Task task(MailboxName from, List<Mark> marks, Way way, MailboxName to) {
        return session.examine(
                from, open -> new Task(from, open.uidValidity(), UidSet.of(open.uids()), marks, way, to));
    }

    private static TaskRun run(Task task, BooleanSupplier stopped) {
        TaskRun run = new TaskRun(task, session);
        new LongRun(run, session, stopped, Duration.ofMillis(10)).toTheEnd();
        return run;
    }

    /** Each message's Message-ID, as often as it is there. */
    private static List<String> ids(MailboxName mailbox) {
        return session.examine(mailbox, open -> {
            List<String> ids = new ArrayList<>();
            for (UidSet piece : UidSet.of(open.uids()).cut(5_000)) {
                open.summaries(piece)
                        .forEach(row -> ids.add(row.envelope().messageId().value()));
            }
            return ids;
        });
    }

    private static Set<String> expected(String name, int messages) {
        return LongStream.range(0, messages)
                .mapToObj(i -> "<" + name + "." + i + "@palomar.example>")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every message is in exactly one of the two. */
    private static void assertNothingLostOrDoubled(String name, int messages, MailboxName... mailboxes) {
        List<String> all = new ArrayList<>();
        for (MailboxName mailbox : mailboxes) {
            all.addAll(ids(mailbox));
        }
        Set<String> lost = expected(name, messages);
        all.forEach(lost::remove);
        assertThat(lost)
                .as(
                        "%d there, %d expected, such as %s",
                        all.size(), messages, all.stream().limit(3).toList())
                .hasSize(0);
        assertThat(all).hasSize(messages);
    }

    @Test
    void tenThousandAreMovedAndBroughtBack() {
        MailboxName from = fill("Heap", 10_000);
        MailboxName to = made("Store");
        long begun = System.nanoTime();
        TaskRun run = run(task(from, List.of(), Way.MOVE, to), NEVER);
        System.err.println("10,000 moved in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        assertThat(run.tally().done()).isEqualTo(10_000);
        assertThat(run.tally().settled()).isEqualTo(10_000);
        assertThat(ids(from)).isEmpty();
        assertNothingLostOrDoubled("Heap", 10_000, to);

        TaskRun undo = run(run.trace().inverse(), NEVER);
        assertThat(undo.tally().done()).isEqualTo(10_000);
        assertThat(ids(to)).isEmpty();
        assertNothingLostOrDoubled("Heap", 10_000, from);
    }

    @Test
    void stoppedInTheMiddleEveryMessageIsInOnePlace() {
        MailboxName from = fill("Halt", 2_200);
        MailboxName to = made("Halted");
        AtomicInteger asked = new AtomicInteger();
        TaskRun run = run(task(from, List.of(), Way.MOVE, to), () -> asked.incrementAndGet() > 2);
        assertThat(run.tally().done()).isEqualTo(1_000);
        assertThat(run.tally().left()).isEqualTo(1_200);
        assertThat(run.tally().reason()).isEqualTo(Reason.STOPPED);
        assertThat(ids(to)).hasSize(1_000);
        assertNothingLostOrDoubled("Halt", 2_200, from, to);
        // Doing it again goes on with the rest.
        assertThat(run(task(from, List.of(), Way.MOVE, to), NEVER).tally().done())
                .isEqualTo(1_200);
        assertNothingLostOrDoubled("Halt", 2_200, to);
    }

    @Test
    void aConnectionCutWhileThePieceIsMovedIsLookedAfter() {
        MailboxName from = fill("Cut", 1_600);
        MailboxName to = made("Gone on");
        AtomicInteger moves = new AtomicInteger();
        wire.cutAfter(sent -> sent.contains("UID MOVE") && moves.incrementAndGet() == 2);
        TaskRun run = run(task(from, List.of(), Way.MOVE, to), NEVER);
        assertThat(moves.get()).isGreaterThanOrEqualTo(2);
        assertThat(run.tally().done()).isEqualTo(1_600);
        assertThat(run.tally().isWhole()).isTrue();
        assertNothingLostOrDoubled("Cut", 1_600, to);
        // Whose new UIDs were never told cannot be brought back, and that is known.
        Task inverse = run.trace().inverse();
        assertThat(inverse.uids().size() + run.tally().untraced()).isEqualTo(1_600);
        TaskRun undo = run(inverse, NEVER);
        assertThat(undo.tally().done()).isEqualTo(inverse.uids().size());
        assertNothingLostOrDoubled("Cut", 1_600, from, to);
    }

    /** The first look finds them where they were; then the server gets on with what it was told before. */
    @Test
    void aServerThatMovesThePieceAfterTheConnectionWasCutIsCountedRight() {
        MailboxName from = fill("Late", 1_300);
        MailboxName to = made("Came late");
        AtomicInteger moves = new AtomicInteger();
        wire.delayTillTheNext(sent -> sent.contains("UID MOVE") && moves.incrementAndGet() >= 2);
        TaskRun run = run(task(from, List.of(), Way.MOVE, to), NEVER);
        assertNothingLostOrDoubled("Late", 1_300, to);
        assertThat(run.tally().done()).isEqualTo(1_300);
        assertThat(run.tally().gone()).isZero();
        assertThat(run.tally().untraced()).isEqualTo(500);
    }

    /** What came of one piece without a name is not counted for the next one too. */
    @Test
    void twoPiecesWhoseAnswersAreLostAreCountedEachForItself() {
        MailboxName from = fill("Twice", 1_500);
        MailboxName to = made("Cut twice");
        Task task = task(from, List.of(), Way.MOVE, to);
        List<Uid> taken = new ArrayList<>(task.uids()).subList(1_200, 1_207);
        AtomicInteger asked = new AtomicInteger();
        TaskRun run = run(task, () -> {
            if (asked.incrementAndGet() >= 2) {
                wire.cutAfter(sent -> sent.contains("UID MOVE"));
            }
            if (asked.get() == 3) {
                try (MailSession other = connector.open(new Credentials(ALICE, "alice"), null)) {
                    other.select(from, open -> {
                        open.expunge(taken);
                        return true;
                    });
                }
            }
            return false;
        });
        wire.cutAfter(_ -> false);
        assertThat(ids(to)).hasSize(1_493).doesNotHaveDuplicates();
        assertThat(run.tally().done()).isEqualTo(1_493);
        assertThat(run.tally().gone()).isEqualTo(7);
        assertThat(run.tally().untraced()).isEqualTo(993);
    }

    @Test
    void whatAnotherProgramRemovesMeanwhileIsNotCountedAsMoved() {
        MailboxName from = fill("Shared", 1_200);
        MailboxName to = made("Taken");
        Task task = task(from, List.of(), Way.MOVE, to);
        List<Uid> taken = new ArrayList<>(task.uids()).subList(700, 707);
        AtomicInteger asked = new AtomicInteger();
        TaskRun run = run(task, () -> {
            if (asked.incrementAndGet() == 2) {
                try (MailSession other = connector.open(new Credentials(ALICE, "alice"), null)) {
                    other.select(from, open -> {
                        open.expunge(taken);
                        return true;
                    });
                }
            }
            return false;
        });
        assertThat(run.tally().done()).isEqualTo(1_193);
        assertThat(run.tally().gone()).isEqualTo(7);
        assertThat(ids(to)).hasSize(1_193).doesNotHaveDuplicates();
    }

    @Test
    void aTargetThatIsFullKeepsTheRestWhereItIs() {
        MailboxName from = fill("Much", 1_300);
        MailboxName to = made("Small/Box");
        TaskRun run = run(task(from, List.of(), Way.MOVE, to), NEVER);
        assertThat(run.tally().reason()).isEqualTo(Reason.QUOTA);
        assertThat(run.tally().done()).isEqualTo(ids(to).size()).isPositive();
        assertThat(run.tally().left()).isEqualTo(ids(from).size()).isPositive();
        assertThat(run.tally().settled()).isEqualTo(1_300);
        assertNothingLostOrDoubled("Much", 1_300, from, to);
    }

    @Test
    void flagsComeBackExactlyAsTheyWere() {
        MailboxName from = fill("Flags", 1_100);
        List<Uid> before = session.select(from, open -> {
            List<Uid> some =
                    open.uids().stream().filter(uid -> uid.value() % 3 == 0).toList();
            open.store(some, FlagChange.ADD, Flags.of(Flags.FLAGGED, Flags.NOT_JUNK));
            return some;
        });
        TaskRun flagged = run(task(from, List.of(Mark.add(Flags.FLAGGED)), Way.STAY, null), NEVER);
        assertThat(flagged.tally().done()).isEqualTo(1_100);
        assertThat(having(from, Flags.FLAGGED)).hasSize(1_100);
        TaskRun undo = run(flagged.trace().inverse(), NEVER);
        assertThat(undo.tally().done()).isEqualTo(1_100 - before.size());
        assertThat(having(from, Flags.FLAGGED)).containsExactlyElementsOf(before);

        MailboxName junk = made("Reported");
        TaskRun reported =
                run(task(from, List.of(Mark.remove(Flags.NOT_JUNK), Mark.add(Flags.JUNK)), Way.MOVE, junk), NEVER);
        assertThat(having(junk, Flags.JUNK)).hasSize(1_100);
        assertThat(having(junk, Flags.NOT_JUNK)).isEmpty();
        run(reported.trace().inverse(), NEVER);
        assertThat(having(from, Flags.JUNK)).isEmpty();
        assertThat(having(from, Flags.NOT_JUNK)).hasSize(before.size());
        assertThat(having(from, Flags.FLAGGED)).hasSize(before.size());
        assertNothingLostOrDoubled("Flags", 1_100, from);
    }

    private static List<Uid> having(MailboxName mailbox, String flag) {
        return session.examine(
                mailbox,
                open -> open.summaries(open.uids()).stream()
                        .filter(row -> row.flags().has(flag))
                        .map((MessageSummary row) -> row.ref().uid())
                        .toList());
    }

    @Test
    void removingForGoodAndCopyingAreCounted() {
        MailboxName from = fill("Rubbish", 1_200);
        MailboxName to = made("Twins");
        assertThat(run(task(from, List.of(), Way.COPY, to), NEVER).tally().done())
                .isEqualTo(1_200);
        TaskRun expunged = run(task(from, List.of(), Way.EXPUNGE, null), NEVER);
        assertThat(expunged.tally().done()).isEqualTo(1_200);
        assertThat(expunged.trace().inverse()).isNull();
        assertThat(ids(from)).isEmpty();
        assertNothingLostOrDoubled("Rubbish", 1_200, to);
    }
}
