package org.palomar.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.MailboxWatch;
import org.palomar.imap.MailboxWatch.State;

/**
 * One person with pages open: their streams, the watch that feeds them, and what was told lately, for a page that comes a
 * little late. Safe for use by many threads; never waits.
 */
final class Presence {

    private static final int MOST_RECENT = 200;

    private final int most;
    private final Deque<EventStream> streams = new ArrayDeque<>();
    private final Set<News> gathered = new LinkedHashSet<>();
    private final Map<News, Instant> recent = new LinkedHashMap<>();
    private @Nullable MailboxWatch watch;
    private State state = State.BEGINNING;
    private Instant completeSince = Instant.MAX;
    private Instant told = Instant.EPOCH;
    private Instant left = Instant.MAX;

    /** @param most streams at once */
    Presence(int most) {
        this.most = most;
    }

    /**
     * Another page listens.
     *
     * @param since when the page was made: what happened later is told first
     */
    synchronized void join(EventStream stream, Instant since, List<News> greeting) {
        left = Instant.MAX;
        streams.addLast(stream);
        if (streams.size() > most) {
            streams.removeFirst().end();
        }
        List<News> first = new ArrayList<>(greeting);
        if (state != State.BEGINNING) {
            first.add(word(state));
        }
        if (state == State.WATCHING && completeSince.isAfter(since)) {
            first.add(News.ALL);
        } else if (state == State.WATCHING) {
            recent.forEach((news, when) -> {
                if (!when.isBefore(since)) {
                    first.add(news);
                }
            });
        }
        stream.tell(first);
    }

    synchronized void leave(EventStream stream, Instant now) {
        if (streams.remove(stream) && streams.isEmpty()) {
            left = now;
        }
    }

    /** Takes news in; true when they are the first since the last {@link #flush}. */
    synchronized boolean gather(News news, Instant now) {
        recent.remove(news);
        recent.put(news, now);
        if (recent.size() > MOST_RECENT) {
            recent.clear();
            completeSince = now.plusNanos(1);
        }
        boolean first = gathered.isEmpty();
        gathered.add(news);
        return first;
    }

    /** Tells every page what was gathered. */
    synchronized void flush(Instant now) {
        List<News> news = List.copyOf(gathered);
        gathered.clear();
        told = now;
        streams.forEach(stream -> stream.tell(news));
    }

    /** When pages were told something last. */
    synchronized Instant told() {
        return told;
    }

    synchronized void beat() {
        streams.forEach(stream -> stream.tell(List.of(News.BEAT)));
    }

    synchronized void became(State next, Instant now) {
        state = next;
        completeSince = next == State.WATCHING ? now : Instant.MAX;
        List<News> news = next == State.WATCHING ? List.of(word(next), News.ALL) : List.of(word(next));
        streams.forEach(stream -> stream.tell(news));
    }

    private static News word(State state) {
        return new News(
                "state",
                switch (state) {
                    case BEGINNING, WATCHING -> "live";
                    case AWAY -> "away";
                    case CROWDED, ENDED -> "poll";
                });
    }

    synchronized void watch(MailboxWatch by) {
        watch = by;
    }

    synchronized @Nullable MailboxWatch watch() {
        return watch;
    }

    /** Whether nobody has listened since {@code then}. */
    synchronized boolean isAbandoned(Instant then) {
        return left.isBefore(then);
    }

    /** Ends every stream and the watch. */
    void end() {
        List<EventStream> open;
        MailboxWatch by;
        synchronized (this) {
            open = List.copyOf(streams);
            streams.clear();
            by = watch;
        }
        open.forEach(EventStream::end);
        if (by != null) {
            by.close();
        }
    }
}
