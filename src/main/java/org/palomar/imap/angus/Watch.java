package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailboxWatch;
import org.palomar.imap.WatchProperties;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch: a virtual thread that keeps one {@link Vigil} after the other, and waits longer after each that fails. */
final class Watch implements MailboxWatch {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    /** A connection that lived so long was a good one: the next may be tried soon. */
    private static final Duration GOOD = Duration.ofMinutes(1);

    private final Supplier<ImapConnection> dial;
    private final Listener listener;
    private final WatchProperties properties;
    private final Duration patience;
    private final Clock clock;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile MailboxName wanted;
    private volatile @Nullable Vigil vigil;
    private volatile State state = State.BEGINNING;
    private volatile boolean closed;

    /** @param patience for each answer of the server */
    Watch(
            Supplier<ImapConnection> dial,
            MailboxName mailbox,
            Listener listener,
            WatchProperties properties,
            Duration patience,
            Clock clock) {
        this.dial = dial;
        this.wanted = mailbox;
        this.listener = listener;
        this.properties = properties;
        this.patience = patience;
        this.clock = clock;
        this.backoff = new Backoff(new SplittableRandom());
    }

    /** @param ended told when the thread is done */
    void start(Consumer<Watch> ended) {
        Thread.ofVirtual().name("imap-watch").start(() -> {
            try {
                watch();
            } finally {
                ended.accept(this);
            }
        });
    }

    private void watch() {
        while (!closed) {
            Instant began = clock.instant();
            State next = State.AWAY;
            try {
                once();
            } catch (ImapException.AuthenticationFailed | ImapException.Closed e) {
                become(State.ENDED);
                return;
            } catch (ImapException.TooManyConnections | ImapException.Busy e) {
                next = State.CROWDED;
            } catch (RuntimeException e) {
                log.debug("a watch is lost", e);
            }
            if (began.plus(GOOD).isBefore(clock.instant())) {
                backoff.reset();
            }
            // One lost connection says nothing about the server; the next one that does not come about does.
            if (state != State.WATCHING || next == State.CROWDED) {
                become(next);
            } else {
                state = State.BEGINNING;
            }
            pause(backoff.next());
        }
    }

    private void once() {
        ImapConnection connection = dial.get();
        try {
            Vigil now = new Vigil(connection, this::tell, properties, patience, clock);
            vigil = now;
            if (closed) {
                return;
            }
            now.begin(wanted);
            become(State.WATCHING);
            now.keep(() -> closed ? null : wanted);
        } finally {
            vigil = null;
            connection.drop();
        }
    }

    private void pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void tell(MailboxEvent event) {
        if (!closed) {
            listener.happened(event);
        }
    }

    private void become(State next) {
        if (!closed && state != next) {
            state = next;
            listener.became(next);
        }
    }

    @Override
    public void look(MailboxName mailbox) {
        Vigil now = vigil;
        boolean other = !mailbox.equals(wanted);
        wanted = mailbox;
        if (other && now != null) {
            now.interrupt();
        }
    }

    /**
     * The person changed something here. A server that is asked now and then may never tell: what was set and taken back between
     * two questions looks like nothing, and a page may have been made in between.
     */
    void touched(MailboxName mailbox) {
        Vigil now = vigil;
        if (now != null && !now.hearsAll()) {
            tell(new MailboxEvent.FlagsChanged(mailbox));
        }
    }

    @Override
    public State state() {
        return state;
    }

    void tick() {
        Vigil now = vigil;
        if (now != null) {
            now.tick();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        Vigil now = vigil;
        if (now != null) {
            now.interrupt();
        }
    }

    /** Closes at once, without a farewell. */
    void drop() {
        close();
        Vigil now = vigil;
        if (now != null) {
            now.drop();
        }
    }
}
