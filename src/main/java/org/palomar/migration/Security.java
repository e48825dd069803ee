package org.palomar.migration;

/** How the connection to an old server is protected. */
public enum Security {
    /** TLS from the first octet: 995 for POP3, 993 for IMAP (RFC 8314). */
    TLS,
    /** STLS (RFC 2595) or STARTTLS, without which nothing goes on: 110 and 143. */
    STARTTLS,
    /** Not at all; only in networks that the operator opened. */
    PLAIN
}
