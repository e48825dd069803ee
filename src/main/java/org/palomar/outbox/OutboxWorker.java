package org.palomar.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.palomar.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks what is due in the outbox and has it done, a few messages at a time on virtual threads. Goes on where a killed process stopped. */
@Component
class OutboxWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxWorker.class);

    /** Other nodes put messages in, too, and go away in the middle. */
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private static final Duration RENEWAL = Duration.ofSeconds(15);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final OutboxRows rows;
    private final Carrier carrier;
    private final OutboxProperties properties;
    private final Clock clock;
    private final Semaphore room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Thread thread;
    private boolean woken;
    private Instant renewed = Instant.MIN;
    private Instant swept = Instant.MIN;

    OutboxWorker(OutboxRows rows, Carrier carrier, OutboxProperties properties, Clock clock) {
        this.rows = rows;
        this.carrier = carrier;
        this.properties = properties;
        this.clock = clock;
        this.room = new Semaphore(properties.workers());
    }

    @Override
    public void start() {
        // Known before it runs: it ends when it is not the one.
        Thread made = Thread.ofVirtual().name("outbox").unstarted(this::run);
        thread = made;
        made.start();
    }

    /** Looks now. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks again whenever something happened, until there is an answer. */
    <T> Optional<T> await(Supplier<Optional<T>> question, Duration most) {
        long until = System.nanoTime() + most.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<T> answer = question.get();
                long left = until - System.nanoTime();
                if (answer.isPresent() || left <= 0) {
                    return answer;
                }
                // Looked at now and then: another node may be the one that works.
                if (changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1))) > 0) {
                    log.trace("something happened");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (thread != null) {
            Duration pause = GLANCE;
            try {
                look();
                pause = rows.next()
                        .map(next -> Duration.between(clock.instant(), next))
                        .filter(left -> left.compareTo(GLANCE) < 0)
                        .map(left -> left.compareTo(Duration.ofMillis(50)) < 0 ? Duration.ofMillis(50) : left)
                        .orElse(GLANCE);
            } catch (StoreException _) {
                // It says so itself.
            } catch (RuntimeException e) {
                log.error("the outbox stumbled", e);
            }
            if (!sleep(pause)) {
                return;
            }
        }
    }

    private void look() {
        rows.recover();
        if (clock.instant().isAfter(renewed.plus(RENEWAL))) {
            rows.renew();
            renewed = clock.instant();
        }
        if (clock.instant().isAfter(swept.plus(SWEEP))) {
            swept = clock.instant();
            rows.sweep(swept.minus(Duration.ofDays(7)), swept.minus(Duration.ofDays(30)));
        }
        int free = room.availablePermits();
        List<OutboxRow> due = free == 0 ? List.of() : rows.due(free);
        for (OutboxRow row : due) {
            if (room.tryAcquire()) {
                if (rows.claim(row)) {
                    Thread.ofVirtual().name("outbox-" + row.id()).start(() -> carry(row));
                } else {
                    room.release();
                }
            }
        }
    }

    private void carry(OutboxRow row) {
        try {
            carrier.carry(row);
        } catch (StoreException failure) {
            log.warn("a message stays where it is in the outbox: {}", failure.getMessage());
            release(row);
        } catch (RuntimeException failure) {
            log.error("a message stays where it is in the outbox", failure);
            release(row);
        } finally {
            room.release();
            wake();
        }
    }

    private void release(OutboxRow row) {
        try {
            rows.release(row);
        } catch (StoreException _) {
            // The lease runs out.
        }
    }

    private boolean sleep(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return thread != null;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        thread = null;
        wake();
        try {
            // What is on the wire is worth waiting for; a kill would not wait either.
            if (room.tryAcquire(properties.workers(), 8, TimeUnit.SECONDS)) {
                room.release(properties.workers());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
