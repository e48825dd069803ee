package org.palomar.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.query.Criteria;

/**
 * What is still to be searched in one mailbox: windows of the messages that flags, days and size allow, from the newest backwards.
 * Text in headers is searched in larger windows and apart from text in bodies, so that what most readers mean comes at once.
 * Not safe for use by many threads.
 */
final class Sweep {

    /** Below this many messages, headers and bodies are searched in one go. */
    private static final int FEW = 300;

    final Mailbox mailbox;
    final Set<Uid> known = new HashSet<>();
    private List<Uid> candidates = List.of();
    private @Nullable UidValidity era;
    private @Nullable Pass headers;
    private @Nullable Pass last;
    private int size;
    private boolean taken;
    private boolean failed;

    Sweep(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Whether somebody is to find out, and has begun to, what there is to search. */
    boolean isTaken() {
        return taken;
    }

    void take() {
        taken = true;
    }

    /** @param indexed whether the server has an index of all words, so that one command is best */
    void begin(UidValidity validity, List<Uid> uids, Criteria criteria, boolean indexed) {
        era = validity;
        candidates = uids;
        size = uids.size();
        SearchKey quickly = criteria.inHeaders();
        if (!criteria.hasText()) {
            last = new Pass(null, 50, 50);
        } else if (indexed) {
            last = new Pass(criteria.complete(), Integer.MAX_VALUE, Integer.MAX_VALUE);
        } else {
            boolean twice = criteria.readsBodies() && quickly != null && uids.size() > FEW;
            headers = twice ? new Pass(quickly, 2_000, 100_000) : null;
            last = new Pass(criteria.complete(), criteria.readsBodies() ? 500 : 2_000, 100_000);
        }
    }

    /** Somebody else is to find out. */
    void release() {
        taken = false;
    }

    /** The next window of what is searched quickly, or null when there is none left. */
    @Nullable
    Window quick() {
        if (headers == null || last == null) {
            return thorough();
        }
        // What the thorough pass has taken up needs no other.
        headers.at = Math.min(headers.at, last.at);
        return headers.next();
    }

    /** The next window in which everything is searched, or null when there is none left. */
    @Nullable
    Window thorough() {
        return last == null ? null : last.next();
    }

    /** Whether somebody is finding out. */
    boolean isBeginning() {
        return taken && !failed && era == null;
    }

    void fail() {
        taken = true;
        failed = true;
        headers = null;
        last = null;
    }

    boolean isFailed() {
        return failed;
    }

    boolean isDone() {
        return taken && !failed && last != null && last.settled();
    }

    /** The newest message there was, or null. */
    @Nullable
    Uid newest() {
        return candidates.isEmpty() ? null : candidates.getLast();
    }

    /** How many messages flags, days and size allow, as of when they were last counted. */
    int size() {
        return size;
    }

    void recount(int now) {
        size = now;
    }

    /** Whether there is, or may be, something left to search. */
    boolean isOpen() {
        return !failed && !isDone();
    }

    @Nullable
    UidValidity era() {
        return era;
    }

    /** All mail that arrived after this has been searched; null while nobody can say. */
    @Nullable
    Instant searchedBackTo() {
        return last == null ? null : last.back;
    }

    /** One way through the messages. */
    private final class Pass {

        private final @Nullable SearchKey key;
        private final int most;
        private final List<Window> handed = new ArrayList<>();
        private final Deque<Window> returned = new ArrayDeque<>();
        private int at = candidates.size();
        private int size;
        private int done;
        private @Nullable Instant back;

        Pass(@Nullable SearchKey key, int size, int most) {
            this.key = key;
            this.size = size;
            this.most = most;
        }

        boolean settled() {
            return at == 0 && done == handed.size();
        }

        @Nullable
        Window next() {
            Window again = returned.poll();
            if (again != null || at == 0) {
                return again;
            }
            int from = Math.max(0, at - size);
            Window window = new Window(this, candidates.subList(from, at), key);
            at = from;
            handed.add(window);
            return window;
        }

        /** Windows grow or shrink until each takes about as long as a reader may wait for a cancel. */
        private void done(Window window, Duration took, @Nullable Instant oldest) {
            window.oldest = oldest;
            window.done = true;
            double factor = 400.0 / Math.max(1, took.toMillis());
            if (window.uids.size() >= size) {
                size = Math.clamp((long) (size * Math.clamp(factor, 0.25, 4)), Math.min(100, most), most);
            }
            while (done < handed.size() && handed.get(done).done) {
                back = handed.get(done).oldest == null ? back : handed.get(done).oldest;
                done++;
            }
        }
    }

    /** Some messages to be searched by one command. */
    static final class Window {

        private final Pass pass;
        private final List<Uid> uids;
        private final @Nullable SearchKey key;
        private @Nullable Instant oldest;
        private boolean done;

        private Window(Pass pass, List<Uid> uids, @Nullable SearchKey key) {
            this.pass = pass;
            this.uids = uids;
            this.key = key;
        }

        /** The messages, in ascending order. */
        List<Uid> uids() {
            return uids;
        }

        /** What to ask for, or null when all of them match. */
        @Nullable
        SearchKey key() {
            return key == null
                    ? null
                    : new SearchKey.And(List.of(new SearchKey.Uids(uids.getFirst(), uids.getLast()), key));
        }

        /** Says that it was not searched to its end. */
        void giveBack() {
            pass.returned.add(this);
        }

        /** Says that it has been searched. */
        void done(Duration took, @Nullable Instant oldestMessage) {
            pass.done(this, took, oldestMessage);
        }
    }
}
