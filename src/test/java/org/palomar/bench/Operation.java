package org.palomar.bench;

import java.io.IOException;

/** One thing people do, on each of the systems. A step's result is compared with what is right. */
final class Operation {

    /** @param <C> who does it */
    @FunctionalInterface
    interface Step<C> {
        /** @param sample a number that is new each time */
        long on(C client, int sample) throws IOException;
    }

    /** Untimed work around a sample. */
    @FunctionalInterface
    interface Work {
        void run(int sample) throws IOException;
    }

    private final String key;
    private final String name;
    private String shown = "";
    private View view = View.ARRIVAL;
    private long least;
    private int most = Integer.MAX_VALUE;
    private Work before = _ -> {};
    private Work meanwhile = _ -> {};
    private Work after = _ -> {};
    private Step<RawImap> floor;
    private Step<PalomarPages> palomar;
    private Step<RoundcubePages> roundcube;

    private Operation(String key, String name) {
        this.key = key;
        this.name = name;
    }

    /** @param key for {@code --only}: the part before the dot names a family */
    static Operation of(String key, String name) {
        return new Operation(key, name);
    }

    /** The mailbox that is on the screen when it begins. */
    Operation in(String mailbox) {
        return in(mailbox, View.ARRIVAL);
    }

    Operation in(String mailbox, View as) {
        shown = mailbox;
        view = as;
        return this;
    }

    /** The smallest right answer. */
    Operation gives(long atLeast) {
        least = atLeast;
        return this;
    }

    /** For what takes long: no more samples than this, and few rounds before them. */
    Operation times(int atMost) {
        most = atMost;
        return this;
    }

    /** Work before the mailbox comes on the screen. */
    Operation before(Work work) {
        before = work;
        return this;
    }

    /** Work while the mailbox stands on the screen, which nobody there knows of. */
    Operation meanwhile(Work work) {
        meanwhile = work;
        return this;
    }

    /** Looks whether it happened, and cleans up. */
    Operation after(Work work) {
        after = work;
        return this;
    }

    Operation floor(Step<RawImap> step) {
        floor = step;
        return this;
    }

    Operation palomar(Step<PalomarPages> step) {
        palomar = step;
        return this;
    }

    /** Optional: Roundcube cannot do everything. */
    Operation roundcube(Step<RoundcubePages> step) {
        roundcube = step;
        return this;
    }

    String key() {
        return key;
    }

    String name() {
        return name;
    }

    int samples(int wanted) {
        return Math.min(wanted, most);
    }

    boolean isLong() {
        return most < Integer.MAX_VALUE;
    }

    /** Whether there is a step for this client's system. */
    boolean isFor(Contestant client) {
        return !(client instanceof RoundcubePages) || roundcube != null;
    }

    /**
     * Does it once; the client's meter then tells of nothing else.
     *
     * @return milliseconds
     */
    double run(Contestant client, int sample) throws IOException {
        return run(client, sample, () -> {});
    }

    /** @param begins called when everything is prepared */
    double run(Contestant client, int sample, Runnable begins) throws IOException {
        before.run(sample);
        if (!shown.isEmpty()) {
            client.show(shown, view);
        }
        meanwhile.run(sample);
        client.meter().reset();
        begins.run();
        long result = switch (client) {
            case RawImap imap -> floor.on(imap, sample);
            case PalomarPages web -> palomar.on(web, sample);
            case RoundcubePages web -> roundcube.on(web, sample);
        };
        double millis = client.meter().millis();
        if (result < least) {
            throw new IllegalStateException(name + ": " + result + " where " + least + " are right");
        }
        after.run(sample);
        return millis;
    }
}
