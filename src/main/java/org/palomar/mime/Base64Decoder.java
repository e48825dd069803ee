package org.palomar.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Skips what is not base64, and starts anew after padding, as concatenated encodings need. */
final class Base64Decoder extends Decoding.Buffered {

    /** The six bits of each octet; negative where it is not of the alphabet. */
    private static final int[] VALUES = new int[256];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(VALUES, -1);
        for (int value = 0; value < alphabet.length(); value++) {
            VALUES[alphabet.charAt(value)] = value;
        }
    }

    private int bits;
    private int count;

    Base64Decoder(OutputStream to, int buffer) {
        super(to, buffer);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int end = from + length;
        for (int at = from; at < end; ) {
            at = count == 0 ? groups(octets, at, end) : at;
            if (at < end) {
                write(octets[at++]);
            }
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
        int value = VALUES[octet & 0xFF];
        if (value >= 0) {
            bits = bits << 6 | value;
            if (++count == 4) {
                emitThree(bits);
                count = 0;
            }
        } else if ((octet & 0xFF) == '=') {
            end();
        }
    }

    @Override
    void end() throws IOException {
        if (count == 2) {
            emit(bits >> 4);
        } else if (count == 3) {
            emit(bits >> 10);
            emit(bits >> 2);
        }
        count = 0;
    }
}
