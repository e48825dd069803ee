package org.palomar.live;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.MailboxEvents;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.MailboxWatch;
import org.palomar.imap.MailboxWatch.State;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxName;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The pages that people have open. A person's mail is watched while one is, and for a while after. Safe for use by many threads.
 */
@Component
class Pages implements SmartLifecycle {

    private final Watching watching;
    private final MailSessions sessions;
    private final LiveProperties properties;
    private final Clock clock;
    private final Map<String, Presence> present = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService timer;

    Pages(Watching watching, MailSessions sessions, LiveProperties properties, Clock clock) {
        this.watching = watching;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A page begins to listen.
     *
     * @param mailbox the one on its screen
     * @param age how long ago the page was made
     */
    SseEmitter open(SignedIn person, MailSession session, HttpSession http, MailboxName mailbox, Duration age) {
        SseEmitter emitter = new SseEmitter(properties.longest().toMillis());
        EventStream stream = new EventStream(emitter, () -> sessions.isOpen(person) && isValid(http));
        if (!isRunning()) {
            stream.end();
            return emitter;
        }
        Presence presence = present.computeIfAbsent(person.key(), _ -> new Presence(properties.streams()));
        emitter.onCompletion(() -> presence.leave(stream, clock.instant()));
        emitter.onTimeout(stream::end);
        emitter.onError(_ -> stream.end());
        watch(presence, person, session, mailbox);
        News hello = new News("hello", String.valueOf(properties.beat().toMillis()));
        presence.join(stream, clock.instant().minus(age), List.of(hello));
        if (!isRunning() || !sessions.isOpen(person)) {
            ended(new MailSessions.Ended(person.key()));
        }
        return emitter;
    }

    private void watch(Presence presence, SignedIn person, MailSession session, MailboxName mailbox) {
        synchronized (presence) {
            MailboxWatch watch = presence.watch();
            if (watch != null && watch.state() != State.ENDED) {
                watch.look(mailbox);
                return;
            }
            try {
                presence.watch(
                        watching.watch(person, session, mailbox, state -> presence.became(state, clock.instant())));
            } catch (ImapException.TooManyConnections e) {
                presence.became(State.CROWDED, clock.instant());
            }
        }
    }

    /** The person looks at another mailbox now. */
    void look(SignedIn person, MailboxName mailbox) {
        Presence presence = present.get(person.key());
        MailboxWatch watch = presence == null ? null : presence.watch();
        if (watch != null) {
            watch.look(mailbox);
        }
    }

    /** At once when nothing was told lately; else together with what else happens until then. */
    @ServiceActivator(inputChannel = MailboxEvents.CHANNEL)
    void happened(MailboxEvent event, @Header(MailboxEvents.PERSON) String key) {
        Presence presence = present.get(key);
        if (presence == null) {
            return;
        }
        Instant now = clock.instant();
        if (presence.gather(News.of(event), now)) {
            Duration wait = Duration.between(now, presence.told().plus(properties.gather()));
            ScheduledExecutorService later = timer;
            if (wait.isPositive() && later != null) {
                var _ = later.schedule(() -> presence.flush(clock.instant()), wait.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                presence.flush(now);
            }
        }
    }

    private void beat() {
        Instant then = clock.instant().minus(properties.linger());
        present.forEach((key, presence) -> {
            presence.beat();
            if (presence.isAbandoned(then)) {
                ended(new MailSessions.Ended(key));
            }
        });
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        Presence presence = present.remove(event.key());
        if (presence != null) {
            presence.end();
        }
    }

    private static boolean isValid(HttpSession session) {
        try {
            return session.getCreationTime() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("events-timer").factory());
        long pause = properties.beat().toMillis();
        var _ = fresh.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        timer = fresh;
    }

    /** Before anything else stops: the web server would wait for open streams. */
    @Override
    public void stop() {
        ScheduledExecutorService last = timer;
        timer = null;
        if (last != null) {
            last.shutdownNow();
        }
        present.keySet().forEach(key -> ended(new MailSessions.Ended(key)));
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** How many people's mail is watched. */
    int watched() {
        return present.size();
    }
}
