package org.palomar.filing;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.palomar.web.Flash;

/** A long task at work in the background, as pages see it. Safe for use by many threads. */
public final class Job {

    private final String id;
    private final Words words;
    private final String back;
    private final Errand errand;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile boolean told;
    private volatile @Nullable Flash result;
    private volatile Instant ended = Instant.MAX;

    Job(String id, Errand errand, Words words, String back) {
        this.id = id;
        this.words = words;
        this.back = back;
        this.errand = errand;
    }

    public String id() {
        return id;
    }

    /** Path of the page that asked for it. */
    public String back() {
        return back;
    }

    /** Message key of what goes on, with {@link #total} and {@link #place}. */
    public String going() {
        return errand.isBegun() ? words.going() : "job.searching";
    }

    /** Whether it is still being found out which messages it is for. */
    public boolean searching() {
        return !errand.isBegun();
    }

    /** How many of its mailboxes were searched for them. */
    public int searched() {
        return errand.asked();
    }

    /** How many mailboxes are searched. */
    public int mailboxes() {
        return errand.mailboxes();
    }

    public String place() {
        return words.place();
    }

    /** How many messages it is for, as far as is known. */
    public int total() {
        return errand.total();
    }

    /** Of how many the fate is settled. */
    public int settled() {
        return errand.tally().settled();
    }

    /** Whether it waits for others of the person to end. */
    public boolean waiting() {
        return !begun && result == null;
    }

    /** Whether it was told to stop and is about to. */
    public boolean stopping() {
        return errand.isStopped() && result == null;
    }

    /** What came of it, or null while it goes on. */
    public @Nullable Flash result() {
        return result;
    }

    /** Whether its end was told to a page that waited for it. */
    public boolean told() {
        return told;
    }

    void tell() {
        told = true;
    }

    void begin() {
        begun = true;
    }

    void stop() {
        errand.stop();
    }

    /** When it ended; far in the future while it goes on. */
    Instant ended() {
        return ended;
    }

    void end(Flash flash, Instant when) {
        result = flash;
        ended = when;
        end.countDown();
    }

    CountDownLatch end() {
        return end;
    }
}
