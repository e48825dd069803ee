package org.palomar.filing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palomar.filing.Tally.Reason;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;

/** Does a {@link Task} within loans of its mailbox, and counts what the server confirmed. For one thread. */
final class TaskRun {

    private final Task task;
    private final boolean copyUid;
    private final Tally tally;
    private final Trace trace;
    private boolean touched;

    TaskRun(Task task, MailSession session) {
        this(task, session, new Tally());
    }

    /** @param tally which may count for other tasks too */
    TaskRun(Task task, MailSession session, Tally tally) {
        this.task = task;
        this.tally = tally;
        Set<String> offered = session.capabilities();
        this.copyUid = offered.contains("UIDPLUS") || offered.contains("IMAP4REV2");
        this.trace = new Trace(task);
    }

    Task task() {
        return task;
    }

    Tally tally() {
        return tally;
    }

    Trace trace() {
        return trace;
    }

    /**
     * Acts on some of the task's messages: one command where nothing is marked.
     *
     * @param verify also ask who was there, where the server's answer does not say
     */
    void act(OpenMailbox open, UidSet uids, boolean verify) {
        touched = false;
        refuseOtherEra(open);
        try {
            attempt(open, uids, verify);
        } catch (ImapException.MessageGone gone) {
            // Servers may refuse all because one was removed by another program a moment ago (RFC 5530 EXPUNGEISSUED).
            UidSet still = UidSet.of(open.present(uids));
            if (still.size() == uids.size()) {
                throw gone;
            }
            tally.gone(uids.size() - still.size());
            attempt(open, still, verify);
        }
    }

    private void attempt(OpenMailbox open, UidSet uids, boolean verify) {
        if (uids.isEmpty()) {
            return;
        }
        List<List<Uid>> changed = new ArrayList<>();
        for (Mark mark : task.marks()) {
            changed.add(mark(open, mark, uids));
            touched = true;
        }
        switch (task.way()) {
            case STAY -> {
                int there = verify ? open.present(uids).size() : uids.size();
                trace.marked(changed);
                tally.done(there);
                tally.gone(uids.size() - there);
            }
            case MOVE -> move(open, uids, changed);
            case COPY -> {
                int copies = open.copy(uids, task.to()).size();
                tally.done(copyUid ? copies : uids.size());
                tally.gone(copyUid ? uids.size() - copies : 0);
            }
            case EXPUNGE -> {
                open.expunge(uids);
                touched = true;
                int still = verify ? open.present(uids).size() : 0;
                tally.done(uids.size() - still);
                if (still > 0) {
                    tally.left(still, Reason.REFUSED);
                }
            }
        }
    }

    void refuseOtherEra(OpenMailbox open) {
        if (!open.uidValidity().equals(task.era())) {
            throw new ImapException.UidValidityChanged("the mailbox was made anew meanwhile");
        }
    }

    private static List<Uid> mark(OpenMailbox open, Mark mark, UidSet uids) {
        try {
            return open.mark(mark.of(uids), mark.change(), mark.flag());
        } catch (ImapException.Refused refused) {
            if (mark.dispensable()) {
                return List.of();
            }
            throw refused;
        }
    }

    private void move(OpenMailbox open, UidSet uids, List<List<Uid>> changed) {
        Map<Uid, MessageRef> places;
        try {
            places = open.move(uids, task.to());
        } catch (ImapException.MessageGone
                | ImapException.OverQuota
                | ImapException.MailboxMissing
                | ImapException.Refused
                | ImapException.Unsupported refusal) {
            unmark(open, changed);
            throw refusal;
        }
        touched = true;
        UidSet rest = uids.minus(places.keySet());
        int still = rest.isEmpty() ? 0 : open.present(rest).size();
        trace.moved(places, changed);
        tally.done(places.size());
        vanished(rest.size() - still);
        if (still > 0) {
            tally.left(still, Reason.REFUSED);
        }
    }

    /** Whether something may have been changed by an {@link #act} that failed. */
    boolean touched() {
        return touched;
    }

    /** Messages that are no longer there though no COPYUID names them: where the server always tells, they were gone before. */
    private void vanished(int messages) {
        if (copyUid) {
            tally.gone(messages);
        } else {
            tally.done(messages);
            tally.untraced(messages);
        }
    }

    /** Messages that stay where they are must not keep the marks of a move. */
    private void unmark(OpenMailbox open, List<List<Uid>> changed) {
        for (int i = 0; i < changed.size(); i++) {
            if (!changed.get(i).isEmpty()) {
                Mark back = task.marks().get(i).inverse(changed.get(i));
                open.mark(UidSet.of(changed.get(i)), back.change(), back.flag());
            }
        }
    }

    /** Whether doing it again to messages that are still there does nothing twice. */
    boolean isRepeatable(MailSession session) {
        Set<String> offered = session.capabilities();
        return switch (task.way()) {
            case STAY, EXPUNGE -> true;
            // A MOVE is whole for each message (RFC 6851 section 3.3); a copy and a removal in its place are not.
            case MOVE -> offered.contains("MOVE") || offered.contains("IMAP4REV2");
            case COPY -> false;
        };
    }

    boolean leaves() {
        return task.way() == Way.MOVE || task.way() == Way.EXPUNGE;
    }
}
