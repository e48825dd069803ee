package org.palomar.filing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.MailboxName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one press asks for, in one mailbox or several. All of them are asked which messages are meant before anything is done, so
 * that what goes from one to another is not met there again. One thread does it; any may look at it and stop it.
 */
final class Errand {

    private static final Logger log = LoggerFactory.getLogger(Errand.class);

    private final MailSession session;
    private final List<Question> questions;
    private final Tally tally = new Tally();
    private final List<TaskRun> runs = new ArrayList<>();
    private final List<MailboxName> unasked = new ArrayList<>();
    private int asked;
    private boolean begun;
    private boolean stopped;
    private @Nullable OpenMailbox loan;

    /**
     * Asks a mailbox which of its messages are meant.
     *
     * @param task made with the mailbox on loan for reading
     */
    record Question(MailboxName mailbox, Function<OpenMailbox, Task> task) {}

    private Errand(MailSession session, List<Question> questions) {
        this.session = session;
        this.questions = List.copyOf(questions);
    }

    static Errand asking(MailSession session, List<Question> questions) {
        return new Errand(session, questions);
    }

    /** Messages that are known already. */
    static Errand of(MailSession session, List<Task> tasks) {
        Errand errand = new Errand(session, List.of());
        tasks.forEach(errand::take);
        errand.begun = true;
        return errand;
    }

    /**
     * Returns when every message's fate is settled; throws no {@link ImapException}.
     *
     * @param pause before the second attempt to reach the server
     */
    void toTheEnd(Duration pause) {
        for (Question question : questions) {
            if (!isStopped()) {
                ask(question);
            }
        }
        if (begin()) {
            for (TaskRun run : runs) {
                new LongRun(run, session, this::isStopped, pause).toTheEnd();
            }
        }
    }

    private void ask(Question question) {
        try {
            Task task = session.examine(question.mailbox(), open -> {
                hold(open);
                return question.task().apply(open);
            });
            take(task);
        } catch (CancellationException _) {
            // It was stopped: nothing is done.
        } catch (ImapException e) {
            failed(question.mailbox(), e);
        } finally {
            synchronized (this) {
                loan = null;
                asked++;
            }
        }
    }

    private synchronized void failed(MailboxName mailbox, ImapException failure) {
        if (!stopped) {
            log.info("not asked: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            unasked.add(mailbox);
        }
    }

    private synchronized void hold(OpenMailbox open) {
        if (stopped) {
            throw new CancellationException();
        }
        loan = open;
    }

    private synchronized void take(Task task) {
        if (task.isDone()) {
            tally.there(task.uids().size());
        } else {
            runs.add(new TaskRun(task, session, tally));
        }
    }

    private synchronized boolean begin() {
        begun |= !stopped;
        return begun;
    }

    /** Between two pieces; while a mailbox is still being asked, at once, by closing the connection. */
    synchronized void stop() {
        stopped = true;
        if (loan != null) {
            loan.abandon();
        }
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Whether it is known which messages are meant. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** How many of its mailboxes were asked. */
    synchronized int asked() {
        return asked;
    }

    int mailboxes() {
        return questions.size();
    }

    /** How many messages it is for, as far as is known. */
    synchronized int total() {
        return tally.there()
                + runs.stream().mapToInt(run -> run.task().uids().size()).sum();
    }

    Tally tally() {
        return tally;
    }

    /** Mailboxes that did not say which messages are meant: nothing is done there. */
    synchronized List<MailboxName> unasked() {
        return List.copyOf(unasked);
    }

    /** The tasks that take back what was done. */
    synchronized List<Task> inverse() {
        return runs.stream()
                .map(run -> run.trace().inverse())
                .filter(Objects::nonNull)
                .toList();
    }
}
