package org.palomar.door;

import java.io.IOException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/** One passage through the door; whoever waits for it can end it. Safe for use by two threads. */
final class Call {

    private final byte @Nullable [] form;
    private final Terms terms;
    private @Nullable Cancellable running;
    private boolean ended;

    Call(byte @Nullable [] form, Terms terms) {
        this.form = form;
        this.terms = terms;
    }

    byte @Nullable [] form() {
        return form;
    }

    boolean posts() {
        return form != null;
    }

    Terms terms() {
        return terms;
    }

    /** @throws IOException when nobody waits any more */
    synchronized void begin(Cancellable request) throws IOException {
        if (ended) {
            throw new IOException("too late");
        }
        running = request;
    }

    synchronized void end() {
        ended = true;
        if (running != null) {
            running.cancel();
        }
    }
}
