package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Credentials;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;

/** How a person's connections are shared out. */
class ConnectionPoolIT {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final MailboxName SENT = new MailboxName("Sent");
    private static final MailboxName JUNK = new MailboxName("Junk");
    private static final MailboxName TRASH = new MailboxName("Trash");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private DovecotServer server;
    private CuttingProxy proxy;
    private AngusImapConnector connector;
    private PooledMailSession session;

    @BeforeEach
    void start() {
        start(DovecotServer.builder());
    }

    private void start(DovecotServer.Builder builder) {
        server = builder.start();
        proxy = new CuttingProxy(server.port());
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        proxy.port(),
                        ImapProperties.Security.PLAIN,
                        false,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofHours(1)),
                clock(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        session = (PooledMailSession) connector.open(ALICE, null);
    }

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        connector.close();
        proxy.close();
        server.close();
    }

    @Test
    void keepsThreeMailboxesSelectedAndReusesTheOneUnusedForLongest() {
        for (MailboxName name : List.of(MailboxName.INBOX, SENT, JUNK)) {
            session.examine(name, OpenMailbox::messages);
            now.updateAndGet(t -> t.plusSeconds(1));
        }
        assertThat(session.connections()).isEqualTo(3);
        proxy.forget();
        session.examine(SENT, OpenMailbox::messages);
        assertThat(proxy.commands()).as("still selected").isEmpty();
        session.examine(TRASH, OpenMailbox::messages);
        assertThat(proxy.commands()).containsExactly("EXAMINE \"Trash\"");
        proxy.forget();
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        assertThat(proxy.commands()).as("INBOX gave way, Sent and Junk did not").containsExactly("EXAMINE \"INBOX\"");
        assertThat(session.connections()).isEqualTo(3);
    }

    @Test
    void closesWhatIsIdleAndComesBack() {
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        session.examine(SENT, OpenMailbox::messages);
        connector.sweep();
        assertThat(session.connections()).isEqualTo(2);
        now.updateAndGet(t -> t.plus(Duration.ofHours(2)));
        connector.sweep();
        assertThat(session.connections()).isZero();
        assertThat(session.mailboxes(false)).extracting(Mailbox::name).contains(SENT);
        assertThat(session.connections()).isEqualTo(1);
    }

    @Test
    void whatIsIdleOnOneDeviceGivesWayToAnother() {
        stop();
        start(DovecotServer.builder().maxConnections(3));
        for (MailboxName name : List.of(MailboxName.INBOX, SENT, JUNK)) {
            session.examine(name, OpenMailbox::messages);
            now.updateAndGet(t -> t.plusSeconds(1));
        }
        try (MailSession phone = connector.open(ALICE, null)) {
            assertThat(phone.mailboxes(false)).isNotEmpty();
            assertThat(session.connections()).isLessThan(3);
            session.examine(JUNK, OpenMailbox::messages);
        }
    }

    @Test
    void withOneConnectionTwoDevicesTakeTurns() {
        stop();
        start(DovecotServer.builder().maxConnections(1));
        try (MailSession phone = connector.open(ALICE, null)) {
            for (MailSession device : List.of(phone, session, phone, session)) {
                assertThat(device.<Integer>examine(SENT, OpenMailbox::messages)).isZero();
            }
        }
    }

    @Test
    void manyThreadsShareThreeConnections() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            MailboxName name = List.of(MailboxName.INBOX, SENT, JUNK, TRASH).get(i % 4);
            work.add(() -> session.examine(name, open -> open.newest(0, 10).total()));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> result : threads.invokeAll(work)) {
                assertThat(result.get()).isZero();
            }
        }
        assertThat(session.connections()).isEqualTo(3);
    }

    @Test
    void waitsAndThenSaysBusy() throws Exception {
        CountDownLatch lent = new CountDownLatch(3);
        CountDownLatch finish = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                Future<Object> unused = threads.submit(() -> session.examine(SENT, open -> {
                    lent.countDown();
                    try {
                        finish.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
            }
            lent.await();
            assertThatThrownBy(() -> session.mailboxes(false)).isInstanceOf(ImapException.Busy.class);
            finish.countDown();
        }
        assertThat(session.mailboxes(false)).isNotEmpty();
    }

    @Test
    void makesDoWithFewerWhenTheServerAllowsNoMore() {
        stop();
        start(DovecotServer.builder().maxConnections(1));
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        assertThat(session.<Integer>examine(SENT, OpenMailbox::messages)).isZero();
        assertThat(session.connections()).isEqualTo(1);
        Object refused = session.examine(SENT, open -> {
            assertThatThrownBy(() -> connector.open(ALICE, null)).isInstanceOf(ImapException.TooManyConnections.class);
            return true;
        });
        assertThat(refused).isEqualTo(true);
    }

    @Test
    void takesMoreAgainWhenTheServerHasRoom() {
        stop();
        start(DovecotServer.builder().maxConnections(2));
        MailSession other = connector.open(ALICE, null);
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        session.examine(SENT, OpenMailbox::messages);
        assertThat(session.connections()).isEqualTo(1);
        other.close();
        proxy.forget();
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        assertThat(session.connections()).as("asked again only after a pause").isEqualTo(1);
        now.updateAndGet(t -> t.plusSeconds(6));
        session.examine(SENT, OpenMailbox::messages);
        assertThat(session.connections()).isEqualTo(2);
    }

    @Test
    void closingCutsWorkInProgress() {
        assertThatThrownBy(() -> session.examine(SENT, open -> {
                    session.close();
                    return open.uids();
                }))
                .isInstanceOf(ImapException.Closed.class);
    }

    @Test
    void aMailboxDeletedUnderAKeptSelectionIsMissing() {
        MailboxName name = new MailboxName("Short");
        session.create(name, null);
        session.examine(name, OpenMailbox::messages);
        session.delete(name);
        assertThatThrownBy(() -> session.examine(name, OpenMailbox::messages))
                .isInstanceOf(ImapException.MailboxMissing.class);
        session.create(name, null);
        assertThat(session.<Integer>examine(name, open -> open.newest(0, 5).total()))
                .isZero();
    }
}
