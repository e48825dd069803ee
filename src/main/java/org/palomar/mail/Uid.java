package org.palomar.mail;

/**
 * The unique identifier of a message inside one mailbox and one UIDVALIDITY (RFC 9051 section 2.3.1.1).
 *
 * @param value 0 &lt; value &lt; 2^32
 */
public record Uid(long value) implements Comparable<Uid> {

    public Uid {
        if (value <= 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a UID is between 1 and 4294967295");
        }
    }

    @Override
    public int compareTo(Uid other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
