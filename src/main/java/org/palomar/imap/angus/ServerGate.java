package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.palomar.imap.ImapException;

/**
 * The way to the mail server that all people share. It lets no more connections stand than allowed: who comes when all are taken
 * waits in a queue, while those idle for longest are asked to go. Where the server does not answer it fails at once
 * ({@link CircuitBreaker}). Safe for use by many threads.
 */
final class ServerGate {

    private final Semaphore places;
    private final Duration patience;
    private final CircuitBreaker breaker;
    private final Runnable makeRoom;

    /**
     * @param connections most at once, over all people
     * @param patience longest wait for a place
     * @param makeRoom closes a connection that nobody uses, where there is one
     */
    ServerGate(int connections, Duration patience, Clock clock, Runnable makeRoom) {
        this.places = new Semaphore(connections, true);
        this.patience = patience;
        this.breaker = new CircuitBreaker(clock);
        this.makeRoom = makeRoom;
    }

    /**
     * Opens a connection.
     *
     * @param dial gets what must be run once when the connection has ended
     * @throws ImapException.Busy when no place came free in time
     * @throws ImapException.Unreachable also at once, while the server is taken for dead
     */
    ImapConnection open(Function<Runnable, ImapConnection> dial) {
        if (!takePlace()) {
            throw new ImapException.Busy("all connections to the server are taken");
        }
        boolean opened = false;
        try {
            ImapConnection connection = dialOnce(dial);
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                places.release();
            }
        }
    }

    private ImapConnection dialOnce(Function<Runnable, ImapConnection> dial) {
        breaker.enter();
        boolean answered = true;
        try {
            return dial.apply(places::release);
        } catch (ImapException.Unreachable e) {
            answered = false;
            throw e;
        } finally {
            if (answered) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private boolean takePlace() {
        if (places.tryAcquire()) {
            return true;
        }
        makeRoom.run();
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
