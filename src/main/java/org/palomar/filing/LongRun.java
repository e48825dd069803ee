package org.palomar.filing;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.palomar.filing.Tally.Reason;
import org.palomar.filing.Task.Way;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;

/**
 * Does a long {@link Task} piece by piece. Between pieces the connection is free for whatever else the person does. When one
 * breaks, the mailbox is looked at before anything is done again; what cannot be known is counted as unknown.
 */
final class LongRun {

    /** One command each: a set of so many UIDs fits in a line whatever they are. */
    static final int PIECE = 500;

    private static final int ATTEMPTS = 6;

    /**
     * Servers go on with a MOVE whose connection broke, and one that is told it again meanwhile does both (Dovecot), so that every
     * message is there twice. So it is given time, and as often the longest that a piece took.
     */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private static final int TIMES = 3;

    private final TaskRun run;
    private final Task task;
    private final Tally tally;
    private final MailSession session;
    private final BooleanSupplier stopped;
    private final Duration pause;
    private int refusals;

    /** The first UID that the target can give to a message of this piece. */
    private long next;

    /** The highest UID that was ever seen in the target. */
    private long seen;

    private Duration longest = Duration.ZERO;

    /** How many messages of this piece were found there though no answer named them. */
    private int found;

    /**
     * @param stopped whether the person wants no more of it; asked between pieces
     * @param pause before the second attempt to reach the server; twice as long before each further one
     */
    LongRun(TaskRun run, MailSession session, BooleanSupplier stopped, Duration pause) {
        this.run = run;
        this.task = run.task();
        this.tally = run.tally();
        this.session = session;
        this.stopped = stopped;
        this.pause = pause;
    }

    /** Returns when every message's fate is settled; throws no {@link ImapException}. */
    void toTheEnd() {
        Reason why = begin();
        for (UidSet piece : task.uids().cut(PIECE)) {
            why = why == null && stopped.getAsBoolean() ? Reason.STOPPED : why;
            if (why != null) {
                tally.left(piece.size(), why);
            } else {
                why = settle(piece);
            }
        }
    }

    /** Where new messages of the target begin, to find out what became of a piece whose answer is lost. */
    private @Nullable Reason begin() {
        if (task.way() != Way.MOVE) {
            return null;
        }
        try {
            MailboxStatus status = session.status(task.to());
            next = status.uidNext();
            return null;
        } catch (ImapException failure) {
            return reason(failure);
        }
    }

    /** @return why the rest must be left, or null to go on */
    private @Nullable Reason settle(UidSet piece) {
        UidSet todo = piece;
        boolean unsure = false;
        int before = tally.gone();
        // What came of an earlier piece without a name was counted for that one.
        next = Math.max(next, seen + 1);
        found = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                if (unsure) {
                    todo = lookWhenSettled(todo);
                    unsure = false;
                    if (!todo.isEmpty() && !run.isRepeatable(session)) {
                        tally.unknown(todo.size());
                        return Reason.UNREACHABLE;
                    }
                }
                act(todo);
                if (attempt > 1 && task.way() == Way.MOVE && tally.gone() > before) {
                    // The server may have been slow with what it was told before the connection broke.
                    int arrived = arrived(tally.gone() - before);
                    tally.gone(-arrived);
                }
                next = Math.max(next, run.trace().highest() + 1);
                refusals = 0;
                return null;
            } catch (ImapException failure) {
                unsure |= run.touched()
                        || failure instanceof ImapException.Closed
                        || (failure instanceof ImapException.ConnectionLost lost && lost.outcomeUnknown());
                if (isPassing(failure) && attempt < ATTEMPTS && sleep(pause.multipliedBy(1L << (attempt - 1)))) {
                    continue;
                }
                return giveUp(todo, unsure, failure);
            }
        }
    }

    private void act(UidSet todo) {
        if (!todo.isEmpty()) {
            long begun = System.nanoTime();
            session.select(task.mailbox(), open -> {
                run.act(open, todo, true);
                return true;
            });
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
    }

    private @Nullable Reason giveUp(UidSet todo, boolean unsure, ImapException failure) {
        Reason why = reason(failure);
        if (unsure) {
            tally.unknown(todo.size());
            return why;
        }
        UidSet still = todo;
        boolean refused = why == Reason.REFUSED || why == Reason.QUOTA;
        if (refused && run.leaves()) {
            // A refused MOVE may have moved some (RFC 6851 section 3.3).
            try {
                still = look(todo);
            } catch (ImapException _) {
                tally.unknown(todo.size());
                return why;
            }
        }
        if (!still.isEmpty()) {
            tally.left(still.size(), why);
        }
        // One piece may hold the one message that the server does not let go of.
        return why == Reason.REFUSED && ++refusals < 2 ? null : why;
    }

    private UidSet lookWhenSettled(UidSet uids) {
        UidSet still = look(uids);
        if (task.way() == Way.MOVE && run.isRepeatable(session)) {
            Duration settling =
                    longest.multipliedBy(TIMES).compareTo(SETTLING) > 0 ? longest.multipliedBy(TIMES) : SETTLING;
            long begun = System.nanoTime();
            while (!still.isEmpty()
                    && System.nanoTime() - begun < settling.toNanos()
                    && sleep(Duration.ofMillis(200))) {
                still = look(still);
            }
        }
        return still;
    }

    /** Counts what became of the messages since they were last seen, and returns those that are still there. */
    private UidSet look(UidSet uids) {
        List<Uid> still = session.examine(task.mailbox(), open -> {
            run.refuseOtherEra(open);
            return open.present(uids);
        });
        int vanished = uids.size() - still.size();
        switch (task.way()) {
            case MOVE -> {
                tally.gone(vanished - arrived(vanished));
            }
            case EXPUNGE -> tally.done(vanished);
            case STAY -> {
                tally.gone(vanished);
                tally.untraced(still.size());
            }
            case COPY -> tally.gone(vanished);
        }
        return UidSet.of(still);
    }

    /** Counts as done what lies in the target though no answer named it, and returns how many that are, {@code most} at most. */
    private int arrived(int most) {
        if (most == 0) {
            return 0;
        }
        List<Uid> all = session.examine(task.to(), open -> open.uids());
        seen = Math.max(seen, all.isEmpty() ? 0 : all.getLast().value());
        long unnamed = all.stream()
                .filter(uid -> uid.value() >= next && !run.trace().names(uid))
                .count();
        int arrived = Math.min(most, Math.max(0, (int) unnamed - found));
        found += arrived;
        tally.done(arrived);
        tally.untraced(arrived);
        return arrived;
    }

    private static boolean sleep(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isPassing(ImapException failure) {
        return failure instanceof ImapException.ConnectionLost
                || failure instanceof ImapException.Unreachable
                || failure instanceof ImapException.Busy
                || failure instanceof ImapException.TooManyConnections;
    }

    private static Reason reason(ImapException failure) {
        return switch (failure) {
            case ImapException.OverQuota _ -> Reason.QUOTA;
            case ImapException.MailboxMissing _ -> Reason.MISSING;
            case ImapException.UidValidityChanged _ -> Reason.CHANGED;
            case ImapException.Unsupported _ -> Reason.UNSUPPORTED;
            case ImapException.Refused _, ImapException.AlreadyExists _, ImapException.MessageGone _ -> Reason.REFUSED;
            case ImapException.AuthenticationFailed _,
                    ImapException.Busy _,
                    ImapException.CertificateRejected _,
                    ImapException.Closed _,
                    ImapException.ConnectionLost _,
                    ImapException.TooManyConnections _,
                    ImapException.Unreachable _ -> Reason.UNREACHABLE;
        };
    }
}
