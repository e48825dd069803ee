package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailboxWatch.State;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxEvent.FlagsChanged;
import org.palomar.mail.MailboxEvent.MailboxesChanged;
import org.palomar.mail.MailboxEvent.MessagesArrived;
import org.palomar.mail.MailboxEvent.MessagesExpunged;
import org.palomar.mail.MailboxName;
import org.palomar.testing.ScriptedServer;
import org.palomar.testing.SettableClock;
import org.palomar.testing.WatchLog;

/** What a watch makes of servers, each a file in {@code src/test/resources/wire}. Time passes when the test says so. */
class WatchScriptTest {

    private static final MailboxName INBOX = MailboxName.INBOX;
    private static final MailboxName WORK = new MailboxName("Work");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock();
    private final WatchLog heard = new WatchLog();
    private ScriptedServer server;
    private AngusImapConnector connector;
    private MailSession session;

    private MailboxWatch watch(String script, MailboxName mailbox) {
        return watch(script, mailbox, WatchProperties.usual());
    }

    private MailboxWatch watch(String script, MailboxName mailbox, WatchProperties properties) {
        server = new ScriptedServer(script);
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        server.port(),
                        Security.PLAIN,
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        1,
                        Duration.ofHours(10)),
                properties,
                clock,
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        session = connector.open(new Credentials("alice@palomar.example", "alice"), null);
        return session.watch(mailbox, heard);
    }

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
        connector.close();
        server.check();
        server.close();
    }

    @Test
    void idleIsRenewedAndEndsForGoodWhenThePasswordIsRefused() {
        MailboxWatch watch = watch("watch-idle", INBOX);
        heard.await(
                new MessagesArrived(INBOX, 2),
                new MessagesExpunged(INBOX),
                new MessagesExpunged(INBOX),
                new FlagsChanged(INBOX));
        clock.advance(Duration.ofMinutes(4));
        heard.await(
                new FlagsChanged(INBOX),
                new MessagesArrived(new MailboxName("Lists"), 2),
                new MailboxesChanged(),
                new MailboxesChanged(),
                new MessagesArrived(INBOX, 1));
        await().atMost(PATIENCE).until(() -> watch.state() == State.ENDED);
        assertThat(heard.states()).containsExactly(State.WATCHING, State.ENDED);
    }

    @Test
    void notifyTellsAboutEveryMailbox() {
        MailboxWatch watch = watch("watch-notify", INBOX);
        heard.await(
                new MessagesArrived(WORK, 2),
                new FlagsChanged(WORK),
                new FlagsChanged(WORK),
                new MessagesExpunged(WORK),
                new MessagesArrived(WORK, 1),
                new MessagesExpunged(WORK),
                new MailboxesChanged());
        watch.look(WORK);
        heard.await(
                new MessagesArrived(WORK, 1),
                new MessagesArrived(WORK, 2),
                new MessagesArrived(INBOX, 1),
                new FlagsChanged(WORK),
                new MessagesExpunged(INBOX),
                new MailboxesChanged());
    }

    @Test
    void withoutIdleTheServerIsAskedNowAndThen() {
        MailboxWatch watch = watch(
                "watch-poll",
                new MailboxName("Gone"),
                new WatchProperties(1, Duration.ofMinutes(4), Duration.ofHours(1)));
        await().atMost(PATIENCE).until(() -> watch.state() == State.WATCHING);
        MailboxName other = new MailboxName("Other");
        watch.look(other);
        heard.await(new MessagesArrived(INBOX, 1), new FlagsChanged(other));
        assertThatThrownBy(() -> session.watch(INBOX, heard))
                .as("one watch at most")
                .isInstanceOf(ImapException.TooManyConnections.class);
    }

    @Test
    void aServerThatFellSilentIsLeftAndAFullOneIsTriedAgain() {
        MailboxWatch watch = watch("watch-silent", INBOX);
        await().atMost(PATIENCE).until(() -> watch.state() == State.WATCHING);
        await().atMost(PATIENCE).until(() -> {
            clock.advance(Duration.ofMinutes(1));
            return heard.states().contains(State.CROWDED);
        });
        heard.await(new MessagesArrived(INBOX, 1));
        assertThat(heard.states()).isEqualTo(List.of(State.WATCHING, State.CROWDED, State.WATCHING));
    }
}
