package org.palomar.smtp;

import java.util.OptionalLong;

/**
 * What the submission server says of itself in its answer to EHLO (RFC 5321 section 4.1.1.1).
 *
 * @param size the largest message in octets that it takes (RFC 1870), empty where it does not say
 */
public record Offer(OptionalLong size) {

    /** Nobody asked yet, or nobody answered. */
    public static final Offer UNKNOWN = new Offer(OptionalLong.empty());
}
