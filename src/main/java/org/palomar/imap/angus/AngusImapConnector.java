package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.WatchProperties;
import org.palomar.mail.Credentials;

/** Opens {@link PooledMailSession}s and closes their idle connections, with one thread for all of them. */
public final class AngusImapConnector implements ImapConnector {

    private final ImapProperties properties;
    private final Clock clock;
    private final Dialer dialer;
    private final Lookout lookout;
    private final Set<PooledMailSession> sessions = ConcurrentHashMap.newKeySet();
    private final Thread sweeper;

    /** @param sockets decides which certificates are trusted */
    public AngusImapConnector(ImapProperties properties, Clock clock, SSLSocketFactory sockets) {
        this(properties, WatchProperties.usual(), clock, sockets);
    }

    /** @param sockets decides which certificates are trusted */
    public AngusImapConnector(
            ImapProperties properties, WatchProperties watching, Clock clock, SSLSocketFactory sockets) {
        this.properties = properties;
        this.clock = clock;
        ServerGate gate = new ServerGate(
                properties.serverConnections(), properties.connectTimeout(), clock, () -> makeRoom(session -> true));
        this.dialer = new Dialer(properties, new Wire(properties, sockets), gate, clock);
        this.lookout = new Lookout(watching, properties.serverConnections() / 2, properties.readTimeout(), clock);
        this.sweeper = Thread.ofVirtual().name("imap-sweeper").start(this::sweepForEver);
    }

    @Override
    public MailSession open(Credentials credentials, @Nullable String clientAddress) {
        MailboxNames names = new MailboxNames();
        AtomicReference<@Nullable Credentials> kept = new AtomicReference<>(credentials);
        ConnectionPool pool = new ConnectionPool(
                properties.connections(),
                properties.readTimeout(),
                () -> dialer.open(held(kept), clientAddress, names.another()),
                () -> makeRoom(session -> session.username().equals(credentials.username())),
                clock);
        Watches watches = new Watches(lookout, () -> dialer.openSmall(held(kept), clientAddress, names.another()));
        PooledMailSession session = new PooledMailSession(
                credentials.username(), pool.borrow(null, false), pool, clock, watches, closed -> {
                    kept.set(null);
                    sessions.remove(closed);
                });
        sessions.add(session);
        return session;
    }

    private static Credentials held(AtomicReference<@Nullable Credentials> kept) {
        Credentials held = kept.get();
        if (held == null) {
            throw new ImapException.Closed();
        }
        return held;
    }

    private void sweepForEver() {
        Duration pause = properties.idleClose().dividedBy(4);
        Duration bounded = pause.compareTo(Duration.ofMillis(50)) < 0 ? Duration.ofMillis(50) : pause;
        try {
            while (true) {
                Thread.sleep(bounded);
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes connections unused for longer than {@link ImapProperties#idleClose()}; the sessions stay open. */
    void sweep() {
        Instant then = clock.instant().minus(properties.idleClose());
        together(session -> session.sweep(then));
    }

    /**
     * Closes the connection that has been idle for longest.
     *
     * @return false when none was idle
     */
    private boolean makeRoom(Predicate<PooledMailSession> whose) {
        return sessions.stream()
                .filter(whose)
                .min(Comparator.comparing(PooledMailSession::idleSince))
                .map(PooledMailSession::closeOldestIdle)
                .orElse(false);
    }

    /** Closes every session. */
    @Override
    public void close() {
        sweeper.interrupt();
        lookout.close();
        together(PooledMailSession::close);
    }

    /** On all sessions at once, so that one server that does not answer a LOGOUT holds nobody else up. */
    private void together(Consumer<PooledMailSession> work) {
        List<Thread> working = sessions.stream()
                .map(session -> Thread.ofVirtual().start(() -> work.accept(session)))
                .toList();
        for (Thread thread : working) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
