package org.palomar.filing;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.palomar.filing.Tally.Reason;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;
import org.palomar.mail.UidValidity;
import org.palomar.testing.ScriptedServer;

/** Long tasks on servers that can little, or answer oddly. */
class LongRunTest {

    private static final MailboxName OLD = new MailboxName("Old");

    static void with(int port, Consumer<MailSession> work) {
        try (AngusImapConnector connector = new AngusImapConnector(
                        new ImapProperties(
                                "127.0.0.1",
                                port,
                                Security.PLAIN,
                                false,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                1,
                                Duration.ofSeconds(60)),
                        Clock.systemUTC(),
                        (SSLSocketFactory) SSLSocketFactory.getDefault());
                MailSession session = connector.open(new Credentials("alice@palomar.example", "alice"), null)) {
            work.accept(session);
        }
    }

    private static Tally scripted(String script, Way way, int messages) {
        Tally[] tally = new Tally[1];
        try (ScriptedServer server = new ScriptedServer(script)) {
            with(server.port(), session -> {
                UidSet uids = UidSet.of(
                        LongStream.rangeClosed(1, messages).mapToObj(Uid::new).toList());
                Task task = new Task(MailboxName.INBOX, new UidValidity(7), uids, List.of(), way, OLD);
                TaskRun run = new TaskRun(task, session);
                new LongRun(run, session, () -> false, Duration.ofMillis(1)).toTheEnd();
                tally[0] = run.tally();
            });
            server.check();
        }
        assertThat(tally[0].settled()).isEqualTo(messages);
        return tally[0];
    }

    @Test
    void whatWasMovedBeforeTheAccountWasFullIsCounted() {
        Tally tally = scripted("long-over-quota", Way.MOVE, 1_200);
        assertThat(tally.done()).isEqualTo(600);
        assertThat(tally.untraced()).isEqualTo(100);
        assertThat(tally.left()).isEqualTo(600);
        assertThat(tally.reason()).isEqualTo(Reason.QUOTA);
    }

    @Test
    void withoutUidPlusWhatVanishedIsCounted() {
        Tally tally = scripted("long-without-uidplus", Way.MOVE, 600);
        assertThat(tally.done()).isEqualTo(598);
        assertThat(tally.untraced()).isEqualTo(598);
        assertThat(tally.left()).isEqualTo(2);
    }

    @Test
    void withoutMoveNothingIsCopiedTwice() {
        Tally tally = scripted("long-copy-cut", Way.MOVE, 600);
        assertThat(tally.done()).isZero();
        assertThat(tally.unknown()).isEqualTo(500);
        assertThat(tally.left()).isEqualTo(100);
    }

    @Test
    void theDemosServerMovesMarksAndTakesBack() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        server.setUser("alice@palomar.example", "alice@palomar.example", "alice");
        try {
            with(server.getImap().getPort(), session -> {
                session.create(OLD, null);
                for (int i = 0; i < 620; i++) {
                    byte[] message = ("Subject: " + i + "\r\n\r\nwords\r\n").getBytes(StandardCharsets.US_ASCII);
                    session.append(
                            MailboxName.INBOX,
                            new ByteArrayInputStream(message),
                            message.length,
                            i % 4 == 0 ? Flags.of(Flags.SEEN) : Flags.NONE,
                            null);
                }
                Task task = session.examine(
                        MailboxName.INBOX,
                        open -> new Task(
                                open.name(),
                                open.uidValidity(),
                                UidSet.of(open.uids()),
                                List.of(Mark.add(Flags.SEEN)),
                                Way.MOVE,
                                OLD));
                TaskRun run = new TaskRun(task, session);
                new LongRun(run, session, () -> false, Duration.ofMillis(1)).toTheEnd();
                assertThat(run.tally().done()).isEqualTo(620);
                assertThat(session.status(OLD).unseen()).isZero();
                TaskRun undo = new TaskRun(run.trace().inverse(), session);
                new LongRun(undo, session, () -> false, Duration.ofMillis(1)).toTheEnd();
                assertThat(undo.tally().done()).isEqualTo(620);
                assertThat(session.status(OLD).messages()).isZero();
                assertThat(session.status(MailboxName.INBOX).unseen()).isEqualTo(620 - 155);
            });
        } finally {
            server.stop();
        }
    }
}
