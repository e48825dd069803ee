package org.palomar.imap.angus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Angus takes a PrintStream for a connection made elsewhere; this one does not hide that writing failed. */
final class LoudPrintStream extends PrintStream {

    private final OutputStream to;

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
        try {
            to.write(buffer, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        try {
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
