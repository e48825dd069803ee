package org.palomar.mail;

/**
 * What tells one set of messages in a mailbox from another, on any server. UIDs only grow (RFC 9051 section 2.3.1.1): a message
 * that came has a higher one than all before, and one that went is missing in the number. So two equal states are the very same
 * messages; their flags may differ.
 *
 * @param messages how many there are
 * @param highestUid of the last of them, or 0 when there is none
 */
public record MailboxState(UidValidity uidValidity, int messages, long highestUid) {}
