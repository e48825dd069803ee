package org.palomar.search;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.MailboxName;

/** Who of a search's workers has which mailbox, so that a cancel can end what the server does. Safe for use by many threads. */
final class Loans {

    /** How long a command may go on after a cancel. */
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final MailSession session;
    private final Map<Thread, OpenMailbox> loans = new ConcurrentHashMap<>();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    Loans(MailSession session) {
        this.session = session;
    }

    void begin() {
        workers.add(Thread.currentThread());
    }

    void end() {
        workers.remove(Thread.currentThread());
    }

    /**
     * Borrows a mailbox for the current worker.
     *
     * @throws CancellationException when it is over before a command was sent
     */
    <T> T lend(MailboxName name, BooleanSupplier over, MailSession.MailboxWork<T> work) {
        Thread me = Thread.currentThread();
        try {
            return session.examine(name, open -> {
                loans.put(me, open);
                if (over.getAsBoolean()) {
                    throw new CancellationException();
                }
                return work.with(open);
            });
        } finally {
            loans.remove(me);
        }
    }

    /** Closes the connections of those who are still at work in a moment. */
    void endSoon() {
        List<Thread> left = List.copyOf(workers);
        if (!left.isEmpty()) {
            Thread.ofVirtual().name("search-cancel").start(() -> left.forEach(this::end));
        }
    }

    private void end(Thread worker) {
        try {
            OpenMailbox loan = worker.join(MOMENT) ? null : loans.get(worker);
            if (loan != null) {
                loan.abandon();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
