package org.palomar.mail;

/** What a mailbox is for (RFC 6154), in the order in which people expect to see them. */
public enum SpecialUse {
    INBOX,
    FLAGGED,
    DRAFTS,
    SENT,
    ARCHIVE,
    JUNK,
    TRASH,
    ALL
}
