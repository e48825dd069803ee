package org.palomar.mail;

import org.jspecify.annotations.Nullable;

/**
 * The counters of a mailbox (RFC 9051 section 6.3.11).
 *
 * @param highestModSeq RFC 7162, unsigned 63 bit; 0 where the server has none
 */
public record MailboxStatus(
        long messages, long unseen, @Nullable UidValidity uidValidity, long uidNext, long highestModSeq) {}
