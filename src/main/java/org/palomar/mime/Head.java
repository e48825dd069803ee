package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the first octets written to it and lets the rest pass. */
public final class Head extends OutputStream {

    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** @param limit octets to keep */
    public Head(int limit) {
        this.limit = limit;
    }

    /** The octets kept so far. */
    public byte[] octets() {
        return kept.toByteArray();
    }

    @Override
    public void write(int octet) {
        if (kept.size() < limit) {
            kept.write(octet);
        }
    }

    @Override
    public void write(byte[] octets, int from, int count) {
        kept.write(octets, from, Math.clamp((long) limit - kept.size(), 0, count));
    }
}
