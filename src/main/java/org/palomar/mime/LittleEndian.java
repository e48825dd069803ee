package org.palomar.mime;

import java.util.Arrays;

/** Octets read from front to back, least significant first; reading past the end says so and never goes there. */
final class LittleEndian {

    private final byte[] octets;
    private final int end;
    private int at;

    LittleEndian(byte[] octets) {
        this(octets, 0, octets.length);
    }

    private LittleEndian(byte[] octets, int from, int end) {
        this.octets = octets;
        this.at = from;
        this.end = end;
    }

    /** The octets end before what they promise. */
    static final class EndsEarly extends Exception {
        private static final long serialVersionUID = 1L;

        EndsEarly() {
            super("data ends early", null, false, false);
        }
    }

    boolean has(int count) {
        return count >= 0 && end - at >= count;
    }

    int octet() throws EndsEarly {
        need(1);
        return octets[at++] & 0xFF;
    }

    int two() throws EndsEarly {
        return octet() | octet() << 8;
    }

    int four() throws EndsEarly {
        return two() | two() << 16;
    }

    byte[] take(int count) throws EndsEarly {
        need(count);
        at += count;
        return Arrays.copyOfRange(octets, at - count, at);
    }

    void skip(int count) throws EndsEarly {
        need(count);
        at += count;
    }

    /** The next octets as a sequence of their own. */
    LittleEndian part(int count) throws EndsEarly {
        need(count);
        at += count;
        return new LittleEndian(octets, at - count, at);
    }

    private void need(int count) throws EndsEarly {
        if (!has(count)) {
            throw new EndsEarly();
        }
    }
}
