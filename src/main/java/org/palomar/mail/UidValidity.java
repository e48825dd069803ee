package org.palomar.mail;

/**
 * The era in which a mailbox's UIDs hold (RFC 9051 section 2.3.1.1).
 *
 * @param value 0 &lt; value &lt; 2^32
 */
public record UidValidity(long value) {

    public UidValidity {
        if (value <= 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a UIDVALIDITY is between 1 and 4294967295");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
