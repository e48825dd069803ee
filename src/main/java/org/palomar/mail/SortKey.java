package org.palomar.mail;

/** What messages are ordered by (RFC 5256 section 3) when not by UID; equal ones are ordered by UID. */
public enum SortKey {
    /** The Date header as a moment; INTERNALDATE where there is none. */
    DATE,
    /** The first author, by name where there is one, else by address (RFC 5957). */
    FROM,
    /** The first recipient, likewise. */
    TO,
    /** The subject without prefixes of answering. */
    SUBJECT,
    /** RFC822.SIZE. */
    SIZE
}
