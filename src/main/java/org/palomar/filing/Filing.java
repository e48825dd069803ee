package org.palomar.filing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.filing.Errand.Question;
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
 * Does what people ask for with messages and says what was done. Up to {@value LongRun#PIECE} messages of one mailbox are done at
 * once, in one command where that is possible; more, those of several mailboxes, and what must be searched for become a job that
 * goes on in the background. Safe for use by many threads.
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
        Map<MailboxName, Selected> meant = wish.selected();
        if (!meant.isEmpty() && plan.way == Way.MOVE && meant.keySet().stream().allMatch(plan::leadsTo)) {
            return Flash.warn("flash.there");
        }
        if (meant.size() == 1) {
            Map.Entry<MailboxName, Selected> only = meant.entrySet().iterator().next();
            if (!only.getValue().isSearched()) {
                String name = directory.shownName(person, session, only.getKey(), wish.locale());
                return start(person, session, only.getKey(), only.getValue(), plan, name, wish.back());
            }
        }
        List<Question> questions = meant.entrySet().stream()
                .map(each -> new Question(
                        each.getKey(),
                        open -> task(
                                open.uidValidity(), open.name(), each.getValue().in(open), plan)))
                .toList();
        // Asked for now: when the errand is over the person may have signed out.
        Map<MailboxName, String> names = new HashMap<>();
        meant.keySet().forEach(each -> names.put(each, directory.shownName(person, session, each, wish.locale())));
        return begin(person, session, Errand.asking(session, questions), plan.words, wish.back(), names);
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
        if (undo.tasks().size() > 1 || undo.messages() > LongRun.PIECE) {
            Errand errand = Errand.of(session, undo.tasks());
            return new Undone(
                    jobs.start(person, session, errand, undo.words(), undo.back(), () -> {
                        directory.changing(person);
                        return told(undo, errand.tally());
                    }),
                    undo.back());
        }
        Task task = undo.tasks().getFirst();
        TaskRun run = new TaskRun(task, session);
        boolean settled = false;
        try {
            session.select(task.mailbox(), open -> {
                run.act(open, task.uids(), true);
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

        boolean leadsTo(MailboxName mailbox) {
            return mailbox.equals(target);
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
                        List.of(),
                        directory.special(person, session, SpecialUse.ARCHIVE),
                        new Words("job.archive", "flash.archived", ""));
            case DELETE ->
                move(
                        List.of(),
                        directory.special(person, session, SpecialUse.TRASH),
                        new Words("job.delete", "flash.deleted", ""));
            // Keywords teach the server's filter; a server without keywords is no reason to keep the message where it
            // is.
            case JUNK ->
                move(
                        List.of(
                                Mark.remove(Flags.NOT_JUNK).ifItCan(),
                                Mark.add(Flags.JUNK).ifItCan()),
                        directory.special(person, session, SpecialUse.JUNK),
                        new Words("job.junk", "flash.junk", ""));
            case NOTJUNK ->
                move(
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
                        ? move(List.of(), target, new Words("job.move", "flash.moved", place))
                        : new Plan(List.of(), Way.COPY, target, new Words("job.copy", "flash.copied", place));
            }
        };
    }

    private static Plan mark(Mark mark, Words words) {
        return new Plan(List.of(mark), Way.STAY, null, words);
    }

    private static Plan move(List<Mark> marks, MailboxName target, Words words) {
        return new Plan(marks, Way.MOVE, target, words);
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
        Errand errand = Errand.of(session, List.of(task));
        return jobs.start(
                person,
                session,
                errand,
                plan.words,
                back,
                () -> told(person, errand.tally(), errand.inverse(), plan.words, name, back));
    }

    /** @param names what the person calls the mailboxes */
    private @Nullable Flash begin(
            SignedIn person,
            MailSession session,
            Errand errand,
            Words words,
            String back,
            Map<MailboxName, String> names) {
        return jobs.start(person, session, errand, words, back, () -> {
            if (!errand.isBegun()) {
                return Flash.warn("flash.jobs.unbegun");
            }
            List<Task> inverse = errand.inverse();
            MailboxName home = inverse.size() == 1 ? inverse.getFirst().target() : null;
            String place = home == null ? "" : names.getOrDefault(home, home.value());
            Flash flash = told(person, errand.tally(), inverse, words, place, back);
            for (MailboxName mailbox : errand.unasked()) {
                flash = flash.warning("flash.rest.unasked", names.getOrDefault(mailbox, mailbox.value()));
            }
            return flash;
        });
    }

    private static Task task(UidValidity era, MailboxName mailbox, UidSet uids, Plan plan) {
        return new Task(mailbox, era, uids, plan.marks, plan.way, plan.target);
    }

    private Flash told(SignedIn person, TaskRun run, Words words, String place, String back) {
        Task inverse = run.trace().inverse();
        return told(person, run.tally(), inverse == null ? List.of() : List.of(inverse), words, place, back);
    }

    /**
     * @param inverse what takes it back
     * @param place what the person calls the mailbox it was done in; several have no name
     */
    private Flash told(SignedIn person, Tally tally, List<Task> inverse, Words words, String place, String back) {
        directory.changing(person);
        Flash flash = words.about(tally);
        if (inverse.isEmpty()) {
            return flash;
        }
        boolean moved = inverse.getFirst().way() == Way.MOVE;
        String done = !moved ? "flash.undone.marked" : inverse.size() > 1 ? "flash.undone.home" : "flash.undone.moved";
        Words undone = new Words("job.undo", done, "flash.undo.gone", place);
        return flash.withUndo(undos.keep(person, new Undo(inverse, tally.untraced(), undone, back)));
    }
}
