package org.palomar.mail;

/**
 * All messages of a mailbox at one moment; four octets each.
 *
 * @param uids ascending
 */
public record Inventory(UidValidity uidValidity, Uids uids) {

    public MailboxState state() {
        return new MailboxState(
                uidValidity,
                uids.size(),
                uids.isEmpty() ? 0 : uids.get(uids.size() - 1).value());
    }
}
