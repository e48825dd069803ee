package org.palomar.door;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses, such as {@code 10.0.0.0/8} or {@code fc00::/7} (RFC 4632). */
final class Network {

    private final byte[] first;
    private final int bits;

    private Network(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /**
     * Reads a block, or one address.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Network of(String written) {
        int slash = written.indexOf('/');
        byte[] first = InetAddress.ofLiteral(slash < 0 ? written : written.substring(0, slash))
                .getAddress();
        int bits = slash < 0 ? 8 * first.length : Integer.parseInt(written.substring(slash + 1));
        if (bits < 0 || bits > 8 * first.length) {
            throw new IllegalArgumentException("not a network: " + written);
        }
        return new Network(first, bits);
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        int whole = bits / 8;
        if (other.length != first.length || !Arrays.equals(first, 0, whole, other, 0, whole)) {
            return false;
        }
        int mask = 0xff00 >> bits % 8 & 0xff;
        return mask == 0 || (first[whole] & mask) == (other[whole] & mask);
    }
}
