package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.MailboxName;

/**
 * The connections of one person. A borrower has one to itself. Preferred is the one that has the wanted mailbox selected already, since
 * that saves the whole selection; else a free place is used for a new connection; else the one unused for longest changes mailbox.
 */
final class ConnectionPool {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final List<ImapConnection> idle = new ArrayList<>();
    private final Set<ImapConnection> lent = new HashSet<>();
    private final Supplier<ImapConnection> dial;
    private final BooleanSupplier makeRoom;
    private final Duration patience;
    private final Clock clock;
    private final int size;
    private int opening;
    private Duration pause = FIRST_PAUSE;
    private Instant fullUntil = Instant.MIN;
    private String refusal = "";
    private boolean closed;

    /**
     * @param size most connections at once
     * @param patience how long to wait for one to come free
     * @param makeRoom closes a connection that another device of this person has idle; false when there is none
     */
    ConnectionPool(int size, Duration patience, Supplier<ImapConnection> dial, BooleanSupplier makeRoom, Clock clock) {
        this.size = size;
        this.patience = patience;
        this.dial = dial;
        this.makeRoom = makeRoom;
        this.clock = clock;
    }

    /**
     * @param mailbox the one that should be selected, or null when it does not matter
     * @param anew passes over idle connections, of which one just proved dead
     */
    ImapConnection borrow(@Nullable MailboxName mailbox, boolean anew) {
        long nanos = patience.toNanos();
        boolean makeRoom = anew;
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new ImapException.Closed();
                }
                idle.removeIf(ImapConnection::isDropped);
                if (makeRoom) {
                    leastRecentlyUsed().ifPresent(this::discard);
                    makeRoom = false;
                }
                ImapConnection chosen = anew ? null : choose(mailbox);
                if (chosen == null && mayDial()) {
                    chosen = dial();
                }
                if (chosen == null) {
                    chosen = leastRecentlyUsed().orElse(null);
                }
                if (chosen != null) {
                    idle.remove(chosen);
                    lent.add(chosen);
                    return chosen;
                }
                if (nanos <= 0) {
                    throw new ImapException.Busy("all connections are at work");
                }
                nanos = returned.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImapException.Busy("interrupted while waiting for a connection");
        } finally {
            lock.unlock();
        }
    }

    /** A server that was full is asked again after a pause; in between those that are open must do. */
    private boolean mayDial() {
        int open = idle.size() + lent.size() + opening;
        if (!clock.instant().isBefore(fullUntil)) {
            return open < size;
        }
        if (open == 0) {
            throw new ImapException.TooManyConnections(refusal);
        }
        return false;
    }

    /** Opens a connection outside the lock; null when the server is full but others of this person are open. */
    private @Nullable ImapConnection dial() {
        boolean first = idle.isEmpty() && lent.isEmpty();
        opening++;
        lock.unlock();
        ImapConnection opened = null;
        ImapException failure = null;
        try {
            opened = first ? dialFirst() : dial.get();
        } catch (ImapException e) {
            failure = e;
        } finally {
            lock.lock();
            opening--;
            returned.signal();
        }
        if (closed && opened != null) {
            opened.drop();
            throw new ImapException.Closed();
        }
        if (failure instanceof ImapException.TooManyConnections) {
            fullUntil = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            refusal = String.valueOf(failure.getMessage());
            if (idle.size() + lent.size() > 0) {
                return null;
            }
        }
        if (failure != null) {
            throw failure;
        }
        pause = FIRST_PAUSE;
        return opened;
    }

    /**
     * Who has none cannot make do with fewer, so what is idle on another device gives way: many servers allow ten connections for
     * one person and address, and all people come from the address of this product.
     */
    private ImapConnection dialFirst() {
        while (true) {
            try {
                return dial.get();
            } catch (ImapException.TooManyConnections e) {
                if (!makeRoom.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    private @Nullable ImapConnection choose(@Nullable MailboxName mailbox) {
        if (mailbox == null) {
            return first(c -> c.selected() == null).or(this::leastRecentlyUsed).orElse(null);
        }
        return first(c -> has(c, mailbox, true))
                .or(() -> first(c -> has(c, mailbox, false)))
                .or(() -> first(c -> c.selected() == null))
                .orElse(null);
    }

    private static boolean has(ImapConnection connection, MailboxName mailbox, boolean writable) {
        SelectedMailbox selected = connection.selected();
        return selected != null && selected.name().equals(mailbox) && selected.writable() == writable;
    }

    private Optional<ImapConnection> first(Predicate<ImapConnection> wanted) {
        return idle.stream().filter(wanted).max(Comparator.comparing(ImapConnection::lastUsed));
    }

    private Optional<ImapConnection> leastRecentlyUsed() {
        return idle.stream().min(Comparator.comparing(ImapConnection::lastUsed));
    }

    private void discard(ImapConnection connection) {
        idle.remove(connection);
        connection.drop();
    }

    void giveBack(ImapConnection connection) {
        lock.lock();
        try {
            lent.remove(connection);
            connection.lastUsed(clock.instant());
            if (closed) {
                connection.drop();
            } else if (!connection.isDropped()) {
                idle.add(connection);
            }
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes idle connections out, to be closed or spoken to by the caller, who gives back what lives on. */
    List<ImapConnection> takeIdle(Predicate<ImapConnection> wanted) {
        lock.lock();
        try {
            List<ImapConnection> taken = idle.stream().filter(wanted).toList();
            idle.removeAll(taken);
            lent.addAll(taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Closes what has been idle since before {@code then}, and what waits too long for a server that does not read. */
    void sweep(Instant then) {
        lock.lock();
        try {
            lent.forEach(connection -> connection.dropIfStuck(patience));
        } finally {
            lock.unlock();
        }
        for (ImapConnection connection : takeIdle(c -> c.lastUsed().isBefore(then))) {
            connection.logOut();
            giveBack(connection);
        }
    }

    /** Since when the connection idle for longest has been so; {@link Instant#MAX} without one. */
    Instant idleSince() {
        lock.lock();
        try {
            return leastRecentlyUsed().map(ImapConnection::lastUsed).orElse(Instant.MAX);
        } finally {
            lock.unlock();
        }
    }

    /** False when none is idle. */
    boolean closeOldestIdle() {
        lock.lock();
        try {
            Optional<ImapConnection> oldest = leastRecentlyUsed();
            oldest.ifPresent(this::discard);
            return oldest.isPresent();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How many connections are open, idle or lent. */
    int size() {
        lock.lock();
        try {
            return idle.size() + lent.size();
        } finally {
            lock.unlock();
        }
    }

    /** Says goodbye on idle connections and cuts those at work. */
    void close() {
        List<ImapConnection> farewells;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            farewells = List.copyOf(idle);
            idle.clear();
            lent.forEach(ImapConnection::drop);
            returned.signalAll();
        } finally {
            lock.unlock();
        }
        Farewell.say(farewells);
    }
}
