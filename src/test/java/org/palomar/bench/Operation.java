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
    private long least;
    private int most = Integer.MAX_VALUE;
    private Work before = _ -> {};
    private Work after = _ -> {};
    private Step<RawImap> floor;
    private Step<PalomarPages> palomar;

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
        shown = mailbox;
        return this;
    }

    /** The smallest right answer. */
    Operation gives(long atLeast) {
        least = atLeast;
        return this;
    }

    /** For what takes long: no more samples than this. */
    Operation times(int atMost) {
        most = atMost;
        return this;
    }

    Operation before(Work work) {
        before = work;
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

    String key() {
        return key;
    }

    String name() {
        return name;
    }

    int samples(int wanted) {
        return Math.min(wanted, most);
    }

    /** Does it once on the floor or on Palomar; the client's meter then tells of nothing else. */
    void run(Contestant client, int sample) throws IOException {
        run(client, sample, () -> {});
    }

    /** @param begins called when everything is prepared */
    void run(Contestant client, int sample, Runnable begins) throws IOException {
        before.run(sample);
        if (!shown.isEmpty()) {
            client.show(shown);
        }
        client.meter().reset();
        begins.run();
        long result =
                client instanceof RawImap imap ? floor.on(imap, sample) : palomar.on((PalomarPages) client, sample);
        if (result < least) {
            throw new IllegalStateException(name + ": " + result + " where " + least + " are right");
        }
        after.run(sample);
    }
}
