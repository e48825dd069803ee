package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;

/** What all people share on the way to the server: places, and the news that it is dead. */
class ServerGateIT {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final Credentials BOB = new Credentials("bob@palomar.example", "bob");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private final DovecotServer server = DovecotServer.builder().start();
    private final CuttingProxy proxy = new CuttingProxy(server.port());
    private AngusImapConnector connector;

    private void connect(int port, int places, Duration connectTimeout) {
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        port,
                        ImapProperties.Security.PLAIN,
                        false,
                        connectTimeout,
                        Duration.ofSeconds(20),
                        3,
                        places,
                        Duration.ofHours(1),
                        ""),
                clock,
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @AfterEach
    void stop() {
        connector.close();
        proxy.close();
        server.close();
    }

    @Test
    void whoComesWhenAllPlacesAreTakenGetsThatOfAConnectionNobodyUses() {
        connect(server.port(), 2, Duration.ofSeconds(20));
        PooledMailSession alice = (PooledMailSession) connector.open(ALICE, null);
        now.updateAndGet(t -> t.plusSeconds(1));
        PooledMailSession bob = (PooledMailSession) connector.open(BOB, null);
        now.updateAndGet(t -> t.plusSeconds(1));
        assertThat(bob.<Integer>examine(
                        MailboxName.INBOX,
                        outer -> bob.<Integer>examine(new MailboxName("Sent"), OpenMailbox::messages)))
                .isZero();
        assertThat(bob.connections()).isEqualTo(2);
        assertThat(alice.connections()).as("hers was idle for longest").isZero();
        assertThat(alice.<Integer>examine(MailboxName.INBOX, OpenMailbox::messages))
                .as("and she gets one again")
                .isZero();
    }

    @Test
    void whenEveryConnectionIsAtWorkOneWaitsInAQueue() throws Exception {
        connect(server.port(), 1, Duration.ofSeconds(20));
        MailSession alice = connector.open(ALICE, null);
        CountDownLatch lent = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> work = threads.submit(() -> alice.<Boolean>examine(MailboxName.INBOX, open -> {
                lent.countDown();
                try {
                    finish.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            }));
            lent.await();
            Future<MailSession> bob = threads.submit(() -> connector.open(BOB, null));
            assertThat(bob.isDone()).isFalse();
            finish.countDown();
            assertThat(work.get()).isTrue();
            alice.close();
            assertThat(bob.get().mailboxes(false)).isNotEmpty();
        }
    }

    @Test
    void aQueueThatDoesNotMoveIsSaidToBeBusy() {
        connect(server.port(), 1, Duration.ofMillis(200));
        MailSession alice = connector.open(ALICE, null);
        alice.<Boolean>examine(MailboxName.INBOX, open -> {
            assertThatThrownBy(() -> connector.open(BOB, null)).isInstanceOf(ImapException.Busy.class);
            return true;
        });
        alice.close();
        assertThat(connector.open(BOB, null).mailboxes(false)).isNotEmpty();
    }

    @Test
    void aDeadServerIsAskedNoMoreUntilAPauseIsOver() {
        connect(proxy.port(), 10, Duration.ofSeconds(5));
        proxy.refuse(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connector.open(ALICE, null)).isInstanceOf(ImapException.Unreachable.class);
        }
        proxy.refuse(false);
        assertThatThrownBy(() -> connector.open(ALICE, null))
                .as("nobody waits for a server that was dead a moment ago")
                .isInstanceOf(ImapException.Unreachable.class);
        assertThat(proxy.commands()).isEmpty();
        now.updateAndGet(t -> t.plusSeconds(2));
        assertThat(connector.open(ALICE, null).mailboxes(false)).isNotEmpty();
        assertThat(connector.open(BOB, null).mailboxes(false)).isNotEmpty();
    }
}
