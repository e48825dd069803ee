package org.palomar.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads mailboxes on virtual threads: for each person one at a time, in the order asked for; for all a few at once. */
final class ThreadBuilds {

    private static final Logger log = LoggerFactory.getLogger(ThreadBuilds.class);

    /** Further mailboxes of one person are not waited for; a page that shows one will ask again. */
    private static final int MOST_WAITING = 20;

    private final Map<String, Deque<Job>> waiting = new HashMap<>();
    private final Semaphore places;

    ThreadBuilds(int atOnce) {
        places = new Semaphore(atOnce, true);
    }

    private record Job(MailboxName mailbox, Runnable work) {}

    /** Starts the work, or queues it; nothing when the mailbox is being read or waits already. */
    void start(String username, MailboxName mailbox, Runnable work) {
        synchronized (waiting) {
            Deque<Job> queue = waiting.get(username);
            boolean idle = queue == null;
            if (queue == null) {
                queue = new ArrayDeque<>();
                waiting.put(username, queue);
            }
            if (queue.size() < MOST_WAITING && queue.stream().noneMatch(job -> job.mailbox.equals(mailbox))) {
                queue.add(new Job(mailbox, work));
            }
            if (idle) {
                Thread.ofVirtual().name("threads").start(() -> run(username));
            }
        }
    }

    private void run(String username) {
        for (Job job = next(username, false); job != null; job = next(username, true)) {
            places.acquireUninterruptibly();
            try {
                job.work.run();
            } catch (RuntimeException e) {
                log.warn("conversations could not be prepared", e);
            } finally {
                places.release();
            }
        }
    }

    /** The first job stays in the queue while it is done, so that nobody starts it again. */
    private @Nullable Job next(String username, boolean done) {
        synchronized (waiting) {
            Deque<Job> queue = waiting.get(username);
            if (queue != null && done) {
                queue.poll();
            }
            Job job = queue == null ? null : queue.peek();
            if (job == null) {
                waiting.remove(username);
            }
            return job;
        }
    }
}
