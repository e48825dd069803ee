package org.palomar.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Does the migrations that are due, a few at a time on virtual threads. Goes on where a killed process stopped. */
@Component
class MigrationWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MigrationWorker.class);

    private final MigrationRows rows;
    private final Ledger ledger;
    private final Sources sources;
    private final ImapConnector connector;
    private final MigrationProperties properties;
    private final Clock clock;
    private final Semaphore room;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean look;
    private volatile boolean alive;

    MigrationWorker(
            MigrationRows rows,
            Ledger ledger,
            Sources sources,
            ImapConnector connector,
            MigrationProperties properties,
            Clock clock) {
        this.rows = rows;
        this.ledger = ledger;
        this.sources = sources;
        this.connector = connector;
        this.properties = properties;
        this.clock = clock;
        this.room = new Semaphore(properties.workers());
    }

    @Override
    public void start() {
        alive = true;
        Thread.ofVirtual().name("migrations").start(this::watch);
    }

    /** Looks now. */
    void wake() {
        lock.lock();
        try {
            look = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (alive) {
            try {
                if (!running.isEmpty()) {
                    rows.renew();
                }
                begin();
            } catch (StoreException _) {
                // It says so itself.
            } catch (RuntimeException e) {
                log.error("migrations stumbled", e);
            }
            if (!pause()) {
                return;
            }
        }
    }

    private boolean pause() {
        lock.lock();
        try {
            long left = properties.glance().toNanos();
            while (!look && left > 0) {
                left = woken.awaitNanos(left);
            }
            look = false;
            return true;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        int free = room.availablePermits();
        if (free == 0) {
            return;
        }
        for (Migration row : rows.due(free + running.size())) {
            if (!running.containsKey(row.id()) && room.tryAcquire()) {
                if (rows.claim(row)) {
                    running.put(
                            row.id(),
                            Thread.ofVirtual().name("migration-" + row.id()).start(() -> work(row)));
                } else {
                    room.release();
                }
            }
        }
    }

    private void work(Migration claimed) {
        try {
            // As it is since it was claimed: when the run began is in it now.
            rows.find(claimed.person(), claimed.id()).ifPresent(this::run);
        } catch (StoreException failure) {
            log.warn("a migration has to wait: {}", failure.getMessage());
        } catch (RuntimeException failure) {
            log.error("a migration stumbled", failure);
        } finally {
            running.remove(claimed.id());
            room.release();
            wake();
        }
    }

    private void run(Migration row) {
        Plan plan = row.plan();
        Credentials credentials = rows.credentials(row).orElse(null);
        if (plan == null || credentials == null) {
            rows.become(row, MigrationState.PAUSED, clock.instant(), 0, "migration.reason.sealed", false);
            return;
        }
        Run outcome = new Run(row, plan);
        try (MailSession session = connector.open(credentials, null);
                Source source = sources.open(row, plan, session)) {
            outcome.go(source, session);
        } catch (SourceException failure) {
            log.info("a migration gets nothing more: {}: {}", failure.reason(), failure.getMessage());
            outcome.failed(
                    "migration.reason." + failure.reason().word(),
                    failure.reason().passes());
        } catch (ImapException failure) {
            log.info(
                    "a migration stores nothing more: {}: {}",
                    failure.getClass().getSimpleName(),
                    failure.getMessage());
            outcome.failed(reason(failure), passes(failure));
        } catch (StoreException failure) {
            log.warn("a migration has to wait: {}", failure.getMessage());
            outcome.failed("migration.reason.store", true);
        } catch (RuntimeException failure) {
            log.error("a migration stumbled", failure);
            outcome.failed("migration.reason.fault", false);
        }
    }

    /** One run of a migration, and what is said of it at its end. */
    private final class Run {

        private final Migration row;
        private final Plan plan;
        private long settled = -1;
        private boolean moved;

        Run(Migration row, Plan plan) {
            this.row = row;
            this.plan = plan;
        }

        void go(Source source, MailSession session) {
            Instant begun = row.begun() == null ? clock.instant() : row.begun();
            boolean whole = new Haul(
                            row.account(), plan, begun, source, new Home(session), ledger, this::progress, clock)
                    .toTheEnd();
            if (whole && plan.collects()) {
                become(MigrationState.WAITING, Duration.ofMinutes(plan.every()), 0, "", true);
            } else if (whole) {
                become(MigrationState.DONE, Duration.ZERO, 0, "", true);
            } else if (!alive) {
                // Another process, or this one after a restart, goes on at once.
                become(MigrationState.WAITING, Duration.ZERO, 0, "", false);
            }
        }

        private boolean progress(Progress progress) {
            moved |= settled >= 0 && progress.settled() + progress.removed() > settled;
            settled = Math.max(settled, progress.settled() + progress.removed());
            return rows.progress(row, progress) && alive;
        }

        void failed(String reason, boolean passes) {
            int attempts = moved ? 0 : row.attempts();
            boolean late =
                    !plan.collects() && row.made().plus(properties.giveUp()).isBefore(clock.instant()) && !moved;
            if (plan.collects() && !passes) {
                become(MigrationState.WAITING, longer(attempts), attempts + 1, reason, true);
            } else if (passes && !late) {
                become(MigrationState.WAITING, properties.pause(attempts), attempts + 1, reason, false);
            } else {
                become(MigrationState.PAUSED, Duration.ZERO, attempts, reason, false);
            }
        }

        /** A wrong password is not tried every few minutes: servers lock accounts for that. */
        private Duration longer(int attempts) {
            Duration usual = Duration.ofMinutes(Math.max(plan.every(), 15));
            Duration pause = usual.multipliedBy(1L << Math.min(attempts, 5));
            return pause.compareTo(Duration.ofHours(12)) > 0 ? Duration.ofHours(12) : pause;
        }

        private void become(MigrationState state, Duration pause, int attempts, String reason, boolean over) {
            rows.become(row, state, clock.instant().plus(pause), attempts, reason, over);
        }
    }

    private static boolean passes(ImapException failure) {
        return switch (failure) {
            case ImapException.Busy _,
                    ImapException.Closed _,
                    ImapException.ConnectionLost _,
                    ImapException.MessageGone _,
                    ImapException.TooManyConnections _,
                    ImapException.UidValidityChanged _,
                    ImapException.Unreachable _ -> true;
            case ImapException.AlreadyExists _,
                    ImapException.AuthenticationFailed _,
                    ImapException.CertificateRejected _,
                    ImapException.MailboxMissing _,
                    ImapException.OverQuota _,
                    ImapException.Refused _,
                    ImapException.Unsupported _ -> false;
        };
    }

    private static String reason(ImapException failure) {
        return switch (failure) {
            case ImapException.AuthenticationFailed _ -> "migration.reason.home.denied";
            case ImapException.OverQuota _ -> "migration.reason.home.quota";
            case ImapException.AlreadyExists _,
                    ImapException.MailboxMissing _,
                    ImapException.Refused _,
                    ImapException.Unsupported _ -> "migration.reason.home.refused";
            case ImapException.Busy _,
                    ImapException.CertificateRejected _,
                    ImapException.Closed _,
                    ImapException.ConnectionLost _,
                    ImapException.MessageGone _,
                    ImapException.TooManyConnections _,
                    ImapException.UidValidityChanged _,
                    ImapException.Unreachable _ -> "migration.reason.home.away";
        };
    }

    @Override
    public void stop() {
        alive = false;
        wake();
        try {
            // What is being stored is worth waiting for; a kill would not wait either.
            if (room.tryAcquire(properties.workers(), 8, TimeUnit.SECONDS)) {
                room.release(properties.workers());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return alive;
    }
}
