package org.palomar.search;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search, at work on virtual threads of its own until everything was searched, enough was found, or somebody stops it. Each step
 * borrows a mailbox anew, so that the person's pages get their turn. Safe for use by many threads.
 */
final class RunningSearch {

    /** A search that nobody asks about any more ends. */
    private static final Duration UNATTENDED = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(RunningSearch.class);

    private final String id;
    private final Scope scope;
    private final Look look;
    private final MailSession session;
    private final long number;
    private final Consumer<RunningSearch> onEnd;
    private final Plan plan;
    private final Results results;
    private final Loans loans;
    private boolean stopped;
    private int atWork;
    private long asked = System.nanoTime();
    private @Nullable Map<MailboxName, MailboxStatus> states;

    /**
     * @param id random; nobody can guess it
     * @param number higher than that of every search before it
     * @param onEnd told when it is over, or stopped
     */
    RunningSearch(String id, long number, Scope scope, Look look, MailSession session, Consumer<RunningSearch> onEnd) {
        this.id = id;
        this.scope = scope;
        this.look = look;
        this.session = session;
        this.number = number;
        this.onEnd = onEnd;
        this.plan = new Plan(scope, look.criteria().hasText());
        this.results = new Results(scope.repeats());
        this.loans = new Loans(session);
    }

    String id() {
        return id;
    }

    long number() {
        return number;
    }

    Scope scope() {
        return scope;
    }

    Results results() {
        return results;
    }

    /** Begins, or goes on after a stop. One worker prefers bodies and the other headers; a lone one does both by turns. */
    synchronized void start(int connections) {
        asked = System.nanoTime();
        if (atWork == 0) {
            stopped = false;
            for (int i = 0; i < connections; i++) {
                boolean bodies = i % 2 == 1;
                atWork++;
                Thread.ofVirtual().name("search").start(() -> work(bodies, connections == 1));
            }
        }
    }

    /** Stops between two windows; a command that takes longer than a moment is ended by closing its connection. */
    void cancel() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        loans.endSoon();
    }

    private void work(boolean preferBodies, boolean byTurns) {
        loans.begin();
        boolean bodies = preferBodies;
        try {
            for (Plan.Step step = next(bodies); step != null; step = next(bodies)) {
                try {
                    run(step);
                } catch (CancellationException _) {
                    putBack(step);
                } catch (ImapException e) {
                    failed(step, e);
                }
                bodies = byTurns != bodies;
            }
        } catch (RuntimeException e) {
            log.error("a search failed", e);
            cancel();
        } finally {
            loans.end();
            if (ended()) {
                remember();
            }
        }
    }

    private synchronized Plan.@Nullable Step next(boolean bodies) {
        try {
            while (!isOver()) {
                stopped |= System.nanoTime() - asked > UNATTENDED.toNanos();
                Plan.Step step = stopped ? null : plan.next(bodies);
                if (step != null || !plan.isOpen()) {
                    return step;
                }
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        return null;
    }

    private void run(Plan.Step step) {
        Sweep sweep = step.sweep();
        Sweep.Window window = step.window();
        if (window == null) {
            Look.Begun begun = lend(sweep, look::begin);
            synchronized (this) {
                boolean indexed = session.capabilities().contains("SEARCH=FUZZY");
                sweep.begin(begun.era(), begun.uids(), look.criteria(), indexed);
                notifyAll();
            }
            return;
        }
        UidValidity era;
        Set<Uid> known;
        synchronized (this) {
            era = Objects.requireNonNull(sweep.era());
            known = Set.copyOf(sweep.known);
        }
        long began = System.nanoTime();
        Look.Seen seen = lend(sweep, open -> look.search(open, era, window, known, sweep.mailbox));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<Uid> uids = seen.uids();
        publish(sweep, uids.subList(0, Math.min(uids.size(), Look.ROWS)), seen.rows());
        for (int from = Look.ROWS; from < uids.size(); from += Look.ROWS) {
            List<Uid> more = uids.subList(from, Math.min(uids.size(), from + Look.ROWS));
            publish(sweep, more, lend(sweep, open -> look.rows(open, era, more, sweep.mailbox, true)));
        }
        synchronized (this) {
            window.done(took, seen.oldest());
            plan.answered();
            notifyAll();
        }
    }

    private <T> T lend(Sweep sweep, MailSession.MailboxWork<T> work) {
        return loans.lend(sweep.mailbox.name(), this::isOver, work);
    }

    /**
     * @param uids what was looked at, also where no row came of it
     * @throws CancellationException when there is no room: the window is to be searched again once there is
     */
    private synchronized void publish(Sweep sweep, List<Uid> uids, List<Found> rows) {
        boolean room = results.add(rows);
        notifyAll();
        if (!room) {
            throw new CancellationException();
        }
        sweep.known.addAll(uids);
    }

    private synchronized void putBack(Plan.Step step) {
        step.putBack();
    }

    private synchronized void failed(Plan.Step step, ImapException failure) {
        if (stopped) {
            step.putBack();
            return;
        }
        log.info("search: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
        plan.failed(step.sweep(), failure);
        notifyAll();
    }

    /** Whether this was the last one at work. */
    private synchronized boolean ended() {
        atWork--;
        notifyAll();
        return atWork == 0;
    }

    /** What the mailboxes are like now, to know later whether they have changed. */
    private void remember() {
        try {
            Map<MailboxName, MailboxStatus> now = Renewal.states(session.mailboxes(true));
            synchronized (this) {
                states = now;
            }
        } catch (ImapException e) {
            log.debug("how the mailboxes are after a search is unknown", e);
        }
        onEnd.accept(this);
    }

    private synchronized boolean isOver() {
        return stopped || results.isFull();
    }

    /** Waits until more than {@code count} messages were found, the search is over, or the time has passed. */
    synchronized void awaitMore(int count, Duration most) {
        asked = System.nanoTime();
        long end = asked + most.toNanos();
        try {
            while (atWork > 0 && results.size() <= count && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the search is over or the time has passed. */
    void awaitEnd(Duration most) {
        awaitMore(Integer.MAX_VALUE, most);
    }

    synchronized boolean isAtWork() {
        return atWork > 0;
    }

    /** Whether it ended since nobody reads more, and there is room again. */
    synchronized boolean hasRoom() {
        return atWork == 0 && !stopped && !results.isFull() && plan.isUnfinished();
    }

    /** How it stands. */
    synchronized Progress progress() {
        List<Sweep> sweeps = plan.sweeps();
        boolean listed = !look.criteria().hasText() && look.criteria().isExact() && !scope.repeats();
        int all = listed ? sweeps.stream().mapToInt(Sweep::size).sum() : 0;
        return new Progress(
                atWork > 0,
                stopped && plan.done() < sweeps.size(),
                results.isFull(),
                Math.max(all, results.size()),
                listed ? plan.isListed() : plan.isWhole() && !results.isFull(),
                plan.done(),
                sweeps.size(),
                sweeps.size() == 1 ? sweeps.getFirst().searchedBackTo() : null,
                plan.failures());
    }

    /**
     * Brings up to date what was found so far.
     *
     * @param now the mailboxes with their counters
     * @return false when nothing of it holds any more
     */
    boolean renew(List<Mailbox> now) {
        Renewal renewal;
        synchronized (this) {
            asked = System.nanoTime();
            renewal = new Renewal(session, look, results, plan.begun(), states, Renewal.states(now));
            states = Renewal.states(now);
        }
        if (!renewal.run() || (results.isCut() && !results.isFull())) {
            return false;
        }
        synchronized (this) {
            plan.recount(renewal.counts());
        }
        return true;
    }
}
