package org.palomar.filing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.filing.Undos.Undo;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.UidSet;
import org.palomar.mail.UidValidity;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Flash;
import org.springframework.stereotype.Component;

/**
 * Does what people ask for with messages and says what was done. Up to {@value LongRun#PIECE} messages are done at once, in one
 * command where that is possible; more become a job that goes on in the background. Safe for use by many threads.
 */
@Component
public class Filing {

    private final MailboxDirectory directory;
    private final Undos undos;
    private final Jobs jobs;

    Filing(MailboxDirectory directory, Undos undos, Jobs jobs) {
        this.directory = directory;
        this.undos = undos;
        this.jobs = jobs;
    }

    /**
     * Acts; says only what the server confirmed.
     *
     * @return what was done, a warning where nothing was, or null when a job goes on with it
     * @throws ImapException when the server refused a small act; nothing was done
     */
    public @Nullable Flash perform(SignedIn person, MailSession session, Wish wish) {
        Plan plan = plan(person, session, wish);
        if (plan.fault != null) {
            return Flash.warn(plan.fault);
        }
        String name = directory.shownName(person, session, wish.mailbox(), wish.locale());
        return start(person, session, wish.mailbox(), wish.selected(), plan, name, wish.back());
    }

    /**
     * Empties a mailbox: Trash and Junk for good, any other into Trash.
     *
     * @return as {@link #perform}
     */
    public @Nullable Flash empty(
            SignedIn person, MailSession session, MailboxName mailbox, String back, Locale locale) {
        SpecialUse use = directory.use(person, session, mailbox);
        boolean forGood = use == SpecialUse.TRASH || use == SpecialUse.JUNK;
        String name = directory.shownName(person, session, mailbox, locale);
        Plan plan = forGood
                ? new Plan(List.of(), Way.EXPUNGE, null, new Words("job.empty", "flash.mailbox.emptied", name))
                : new Plan(
                        List.of(),
                        Way.MOVE,
                        directory.special(person, session, SpecialUse.TRASH),
                        new Words("job.empty", "flash.mailbox.trashed", name));
        return start(person, session, mailbox, Selected.everything(), plan, name, back);
    }

    /** What came of undoing, and the path of the page to go back to. */
    record Undone(@Nullable Flash flash, String back) {}

    /** Takes back what was done under this id, once. */
    Undone undo(SignedIn person, MailSession session, String id) {
        Optional<Undo> found = undos.take(person, id);
        if (found.isEmpty()) {
            return new Undone(Flash.warn("flash.undo.late"), "/");
        }
        Undo undo = found.get();
        TaskRun run = new TaskRun(undo.task(), session);
        if (undo.task().uids().size() > LongRun.PIECE) {
            return new Undone(
                    jobs.start(person, session, run, undo.words(), undo.back(), tally -> told(undo, tally)),
                    undo.back());
        }
        boolean settled = false;
        try {
            session.select(undo.task().mailbox(), open -> {
                run.act(open, undo.task().uids(), true);
                return true;
            });
            settled = true;
        } finally {
            if (!settled) {
                undos.keep(person, id, undo);
            }
        }
        directory.changing(person);
        return new Undone(told(undo, run.tally()), undo.back());
    }

    private static Flash told(Undo undo, Tally tally) {
        Flash flash = undo.words().about(tally);
        return undo.untraced() == 0 ? flash : flash.and("flash.undo.untraced", undo.untraced());
    }

    /** What an action comes to. */
    private record Plan(
            List<Mark> marks,
            Way way,
            @Nullable MailboxName target,
            Words words,
            @Nullable String fault) {

        Plan(List<Mark> marks, Way way, @Nullable MailboxName target, Words words) {
            this(marks, way, target, words, null);
        }

        Plan(String fault) {
            this(List.of(), Way.STAY, null, new Words("", "", ""), fault);
        }
    }

    private Plan plan(SignedIn person, MailSession session, Wish wish) {
        return switch (wish.action()) {
            case READ -> mark(Mark.add(Flags.SEEN), new Words("job.read", "flash.read", ""));
            case UNREAD -> mark(Mark.remove(Flags.SEEN), new Words("job.unread", "flash.unread", ""));
            case FLAG -> mark(Mark.add(Flags.FLAGGED), new Words("job.flag", "flash.flagged", ""));
            case UNFLAG -> mark(Mark.remove(Flags.FLAGGED), new Words("job.unflag", "flash.unflagged", ""));
            case ARCHIVE ->
                move(
                        wish,
                        List.of(),
                        directory.special(person, session, SpecialUse.ARCHIVE),
                        new Words("job.archive", "flash.archived", ""));
            case DELETE ->
                move(
                        wish,
                        List.of(),
                        directory.special(person, session, SpecialUse.TRASH),
                        new Words("job.delete", "flash.deleted", ""));
            // Keywords teach the server's filter; a server without keywords is no reason to keep the message where it
            // is.
            case JUNK ->
                move(
                        wish,
                        List.of(
                                Mark.remove(Flags.NOT_JUNK).ifItCan(),
                                Mark.add(Flags.JUNK).ifItCan()),
                        directory.special(person, session, SpecialUse.JUNK),
                        new Words("job.junk", "flash.junk", ""));
            case NOTJUNK ->
                move(
                        wish,
                        List.of(
                                Mark.remove(Flags.JUNK).ifItCan(),
                                Mark.add(Flags.NOT_JUNK).ifItCan()),
                        MailboxName.INBOX,
                        new Words("job.notjunk", "flash.notjunk", ""));
            case EXPUNGE -> new Plan(List.of(), Way.EXPUNGE, null, new Words("job.expunge", "flash.expunged", ""));
            case MOVE, COPY -> {
                MailboxName target = wish.target();
                if (target == null) {
                    yield new Plan("flash.no-target");
                }
                String place = directory.shownName(person, session, target, wish.locale());
                yield wish.action() == MessageAction.MOVE
                        ? move(wish, List.of(), target, new Words("job.move", "flash.moved", place))
                        : new Plan(List.of(), Way.COPY, target, new Words("job.copy", "flash.copied", place));
            }
        };
    }

    private static Plan mark(Mark mark, Words words) {
        return new Plan(List.of(mark), Way.STAY, null, words);
    }

    private static Plan move(Wish wish, List<Mark> marks, MailboxName target, Words words) {
        return target.equals(wish.mailbox()) ? new Plan("flash.there") : new Plan(marks, Way.MOVE, target, words);
    }

    /** @param name what the person calls the mailbox */
    private @Nullable Flash start(
            SignedIn person,
            MailSession session,
            MailboxName mailbox,
            Selected selected,
            Plan plan,
            String name,
            String back) {
        if (selected.most() <= LongRun.PIECE) {
            TaskRun run = session.select(mailbox, open -> {
                TaskRun small = new TaskRun(task(open.uidValidity(), mailbox, selected.in(open), plan), session);
                small.act(open, small.task().uids(), false);
                return small;
            });
            return told(person, run, plan.words, name, back);
        }
        Task task = session.examine(mailbox, open -> task(open.uidValidity(), mailbox, selected.in(open), plan));
        TaskRun run = new TaskRun(task, session);
        if (task.uids().size() <= LongRun.PIECE) {
            session.select(mailbox, open -> {
                run.act(open, task.uids(), true);
                return true;
            });
            return told(person, run, plan.words, name, back);
        }
        return jobs.start(person, session, run, plan.words, back, _ -> told(person, run, plan.words, name, back));
    }

    private static Task task(UidValidity era, MailboxName mailbox, UidSet uids, Plan plan) {
        return new Task(mailbox, era, uids, plan.marks, plan.way, plan.target);
    }

    /** @param place what the person calls the mailbox it was done in */
    private Flash told(SignedIn person, TaskRun run, Words words, String place, String back) {
        directory.changing(person);
        Flash flash = words.about(run.tally());
        Task inverse = run.trace().inverse();
        if (inverse == null) {
            return flash;
        }
        Words undone = inverse.way() == Way.MOVE
                ? new Words("job.undo", "flash.undone.moved", "flash.undo.gone", place)
                : new Words("job.undo", "flash.undone.marked", "flash.undo.gone", place);
        return flash.withUndo(undos.keep(person, new Undo(inverse, run.tally().untraced(), undone, back)));
    }
}
