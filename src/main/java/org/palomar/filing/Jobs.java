package org.palomar.filing;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The long tasks of each person: two at work, others wait their turn. A task goes on to its end when the person signs out
 * meanwhile; a shutdown ends it between two pieces, and what it did until then is done. Safe for use by many threads.
 */
@Component
public class Jobs {

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    private static final int AT_WORK = 2;

    /** Unfinished and finished ones that a person can have here. */
    private static final int MOST = 20;

    /** How long the answer to the form waits: what is done by then needs no progress bar. */
    private static final Duration AT_ONCE = Duration.ofMillis(800);

    /** How long what came of a job stays on the pages, unless it is put away. */
    private static final Duration SHOWN = Duration.ofMinutes(10);

    private final MailSessions sessions;
    private final Clock clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    Jobs(MailSessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** One person's jobs. */
    private static final class Lane {
        private final Semaphore room = new Semaphore(AT_WORK, true);
        private final List<Job> jobs = new CopyOnWriteArrayList<>();
    }

    /**
     * Begins an errand.
     *
     * @param report says what came of it, once it is over
     * @return that, when it was over almost at once; null when the job goes on
     */
    @Nullable
    Flash start(SignedIn person, MailSession session, Errand errand, Words words, String back, Supplier<Flash> report) {
        Lane lane = lanes.computeIfAbsent(person.key(), _ -> new Lane());
        tidy(lane);
        if (lane.jobs.size() >= MOST) {
            return Flash.warn("flash.jobs.many");
        }
        Job job = new Job(Undos.randomId(), errand, words, back);
        lane.jobs.add(job);
        MailSessions.Use use = sessions.use(session);
        Thread.ofVirtual().name("job-" + words.going()).start(() -> {
            try (use) {
                work(lane, job, errand, report);
            }
        });
        try {
            if (job.end().await(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)) {
                lane.jobs.remove(job);
                return job.result();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void work(Lane lane, Job job, Errand errand, Supplier<Flash> report) {
        boolean told = false;
        lane.room.acquireUninterruptibly();
        try {
            job.begin();
            errand.toTheEnd(Duration.ofSeconds(1));
            Flash result = report.get();
            log.debug("{}: {} of {} done", job.going(), errand.tally().done(), job.total());
            job.end(result, clock.instant());
            told = true;
        } finally {
            lane.room.release();
            if (!told) {
                job.end(Flash.danger("error.500.text"), clock.instant());
            }
        }
    }

    /** The person's jobs that go on or ended a short while ago, oldest first. */
    public List<Job> of(SignedIn person) {
        Lane lane = lanes.get(person.key());
        if (lane == null) {
            return List.of();
        }
        tidy(lane);
        return new ArrayList<>(lane.jobs);
    }

    private void tidy(Lane lane) {
        lane.jobs.removeIf(job -> job.ended().isBefore(clock.instant().minus(SHOWN)));
    }

    /** @throws NotFoundException when this person has no such job */
    Job find(SignedIn person, String id) {
        return of(person).stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("flash.jobs.over"));
    }

    /** What came of a job was taken back: its card need not go on offering that. */
    void undone(SignedIn person, String undo) {
        Lane lane = lanes.get(person.key());
        if (lane != null) {
            lane.jobs.removeIf(job -> {
                Flash result = job.result();
                return result != null && result.undo().equals(undo);
            });
        }
    }

    /** Shows what came of it no more; one that goes on stays. */
    void putAway(SignedIn person, Job job) {
        Lane lane = lanes.get(person.key());
        if (lane != null && job.result() != null) {
            lane.jobs.remove(job);
        }
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        lanes.remove(event.key());
    }
}
