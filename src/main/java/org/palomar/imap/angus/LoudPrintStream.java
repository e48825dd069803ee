package org.palomar.imap.angus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Angus takes a PrintStream for a connection made elsewhere; this one does not hide that writing failed. */
final class LoudPrintStream extends PrintStream {

    private final OutputStream to;
    private volatile long writingSince;
    private boolean held;

    LoudPrintStream(OutputStream to) {
        super(to, false, StandardCharsets.UTF_8);
        this.to = to;
    }

    @Override
    public void write(int b) {
        try {
            to.write(b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        writingSince = System.nanoTime() | 1;
        try {
            to.write(buffer, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writingSince = 0;
        }
    }

    /** Whether one write has been waiting for longer; sockets have no timeout for that. */
    boolean isStuck(Duration limit) {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > limit.toNanos();
    }

    /** Collects what is written until {@link #release}, so that several commands leave together. */
    void hold() {
        held = true;
    }

    /** Sends what was held back. */
    void release() {
        if (held) {
            held = false;
            flush();
        }
    }

    @Override
    public void flush() {
        if (held) {
            return;
        }
        writingSince = System.nanoTime() | 1;
        try {
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writingSince = 0;
        }
    }
}
