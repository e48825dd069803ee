package org.palomar.live;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream to a browser. Takes news from any thread without waiting; a virtual thread writes them while there are any, so
 * that a browser that does not read holds up nobody else. Safe for use by many threads.
 */
final class EventStream {

    /** A browser this far behind is told to ask for everything. */
    private static final int MOST = 200;

    private final SseEmitter emitter;
    private final BooleanSupplier allowed;
    private final Set<News> waiting = new LinkedHashSet<>();
    private boolean writing;
    private boolean over;

    /** @param allowed asked before each write: whether the person is still signed in */
    EventStream(SseEmitter emitter, BooleanSupplier allowed) {
        this.emitter = emitter;
        this.allowed = allowed;
    }

    /** Tells all of these soon; what already waits to be told is told once. */
    synchronized void tell(List<News> news) {
        if (over) {
            return;
        }
        waiting.addAll(news);
        if (waiting.size() > MOST) {
            waiting.clear();
            waiting.add(News.ALL);
        }
        if (!writing && !waiting.isEmpty()) {
            writing = true;
            Thread.ofVirtual().name("events").start(this::write);
        }
    }

    private void write() {
        List<News> next = take();
        try {
            while (!next.isEmpty()) {
                if (!allowed.getAsBoolean()) {
                    end();
                    return;
                }
                for (News news : next) {
                    emitter.send(SseEmitter.event().name(news.name()).data(news.data()));
                }
                next = take();
            }
        } catch (IOException | RuntimeException e) {
            // The browser went away, which it does without a word.
            end();
        }
    }

    private synchronized List<News> take() {
        List<News> next = over ? List.of() : List.copyOf(waiting);
        waiting.clear();
        writing = !next.isEmpty();
        return next;
    }

    /** Closes the stream; the browser may open another. Idempotent. */
    void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        try {
            emitter.complete();
        } catch (IllegalStateException e) {
            // The connection broke a moment before, and the server has ended it.
        }
    }
}
