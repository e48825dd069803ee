package org.palomar.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Skips what is not base64, and starts anew after padding, as concatenated encodings need. */
final class Base64Decoder extends Decoding.Buffered {

    private static final Base64.Decoder STRICT = Base64.getDecoder();

    /** The six bits of each octet; negative where it is not of the alphabet. */
    private static final int[] VALUES = new int[256];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(VALUES, -1);
        for (int value = 0; value < alphabet.length(); value++) {
            VALUES[alphabet.charAt(value)] = value;
        }
    }

    /** Octets decoded in one go; few enough that the JVM soon finds it worth while to compile it. */
    private static final int PACK = 8 * 1024;

    private final byte[] packed;
    private final byte[] unpacked;
    private int filled;
    private int lineLength = 76;
    private int bits;
    private int count;

    Base64Decoder(OutputStream to, int buffer) {
        super(to, buffer);
        packed = new byte[Math.min(buffer / 4 * 4, PACK)];
        unpacked = new byte[packed.length / 4 * 3];
    }

    /** Packs lines without their ends, since what is only base64 is decoded many times faster in one go. */
    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int end = from + length;
        for (int at = from; at < end; ) {
            int to = lineEnd(octets, at, end);
            pack(octets, at, to);
            for (at = to; at < end && isLineEnd(octets[at]); ) {
                at++;
            }
        }
    }

    /** Most lines are as long as the one before. */
    private int lineEnd(byte[] octets, int from, int end) {
        int at = from + lineLength;
        if (at < end && isLineEnd(octets[at]) && !isLineEnd(octets[at - 1])) {
            return at;
        }
        for (at = from; at < end && !isLineEnd(octets[at]); ) {
            at++;
        }
        lineLength = at < end && at > from ? at - from : lineLength;
        return at;
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\r' || octet == '\n';
    }

    private void pack(byte[] octets, int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            if (count != 0) {
                // A group was left open: nothing is packed until it is whole.
                decode(octets[at++]);
                continue;
            }
            int some = Math.min(to - at, packed.length - filled);
            System.arraycopy(octets, at, packed, filled, some);
            filled += some;
            at += some;
            if (filled == packed.length) {
                unpack();
            }
        }
    }

    private void unpack() throws IOException {
        int all = filled;
        filled = 0;
        int at = all == packed.length ? strictly() : 0;
        while (at < all) {
            at = count == 0 ? groups(packed, at, all) : at;
            if (at < all) {
                decode(packed[at++]);
            }
        }
    }

    /** Decodes the whole pack or, where anything in it is not in order, nothing of it. */
    private int strictly() throws IOException {
        try {
            emit(unpacked, STRICT.decode(packed, unpacked));
            return packed.length;
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    /** Four octets at a time as far as nothing but base64 stands there; where that ends. */
    private int groups(byte[] octets, int from, int end) throws IOException {
        int at = from;
        for (; at + 4 <= end; at += 4) {
            int group = VALUES[octets[at] & 0xFF] << 18
                    | VALUES[octets[at + 1] & 0xFF] << 12
                    | VALUES[octets[at + 2] & 0xFF] << 6
                    | VALUES[octets[at + 3] & 0xFF];
            if (group < 0) {
                return at;
            }
            emitThree(group);
        }
        return at;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    private void decode(int octet) throws IOException {
        int value = VALUES[octet & 0xFF];
        if (value >= 0) {
            bits = bits << 6 | value;
            if (++count == 4) {
                emitThree(bits);
                count = 0;
            }
        } else if ((octet & 0xFF) == '=') {
            pad();
        }
    }

    @Override
    void end() throws IOException {
        unpack();
        pad();
    }

    @Override
    public void flush() throws IOException {
        unpack();
        super.flush();
    }

    private void pad() throws IOException {
        if (count == 2) {
            emit(bits >> 4);
        } else if (count == 3) {
            emit(bits >> 10);
            emit(bits >> 2);
        }
        count = 0;
    }
}
