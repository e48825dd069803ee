package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes winmail.dat. */
public final class TnefBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TnefBytes octet(int value) {
        out.write(value);
        return this;
    }

    public TnefBytes four(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
        return this;
    }

    public TnefBytes raw(String octets) {
        out.writeBytes(octets.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public TnefBytes zeros(int count) {
        out.writeBytes(new byte[count]);
        return this;
    }

    public TnefBytes attribute(int level, int attribute, TnefBytes content) {
        octet(level).four(attribute).four(content.out.size());
        out.writeBytes(content.body());
        return zeros(2);
    }

    /** A property of a variable length. */
    public TnefBytes property(int type, int id, byte[] value) {
        octet(type & 0xFF)
                .octet(type >> 8)
                .octet(id & 0xFF)
                .octet(id >> 8)
                .four(1)
                .four(value.length);
        out.writeBytes(value);
        return zeros((4 - value.length % 4) % 4);
    }

    public byte[] body() {
        return out.toByteArray();
    }

    public byte[] signed() {
        TnefBytes whole = new TnefBytes().four(0x223E9F78).zeros(2);
        whole.out.writeBytes(body());
        return whole.body();
    }
}
