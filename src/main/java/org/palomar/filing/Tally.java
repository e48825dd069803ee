package org.palomar.filing;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many messages of an errand met which fate, as far as it has come. Written by one thread, read by any. */
final class Tally {

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger there = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger untraced = new AtomicInteger();
    private volatile @Nullable Reason reason;

    /** Why messages were left as they are. */
    enum Reason {
        STOPPED,
        QUOTA,
        REFUSED,
        MISSING,
        UNREACHABLE,
        UNSUPPORTED,
        CHANGED
    }

    /** The server confirmed it. */
    void done(int messages) {
        done.addAndGet(messages);
    }

    /** They lie where they were to go. */
    void there(int messages) {
        there.addAndGet(messages);
    }

    /** They were no longer there. */
    void gone(int messages) {
        gone.addAndGet(messages);
    }

    /** They are as they were. */
    void left(int messages, Reason why) {
        left.addAndGet(messages);
        reason = why;
    }

    /** The connection broke and nobody can tell. */
    void unknown(int messages) {
        unknown.addAndGet(messages);
    }

    /** They are done, but undo cannot find them, or cannot know how they were. */
    void untraced(int messages) {
        untraced.addAndGet(messages);
    }

    int done() {
        return done.get();
    }

    int there() {
        return there.get();
    }

    int gone() {
        return gone.get();
    }

    int left() {
        return left.get();
    }

    int unknown() {
        return unknown.get();
    }

    int untraced() {
        return untraced.get();
    }

    /** Of how many messages the fate is settled. */
    int settled() {
        return done() + there() + gone() + left() + unknown();
    }

    @Nullable
    Reason reason() {
        return reason;
    }

    /** Whether everything that was still there was done. */
    boolean isWhole() {
        return left() == 0 && unknown() == 0;
    }
}
