package org.palomar.tree;

import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.SpecialUse;

/**
 * One mailbox as the tree shows it.
 *
 * @param name its own last name; a special mailbox is shown by the word for its use
 * @param use the special use in lower case, or null
 * @param depth indentation, from 0
 * @param unread -1 while unknown
 * @param total -1 while unknown
 * @param removable whether it may be renamed and deleted
 */
public record MailboxNode(
        String segment,
        String name,
        @Nullable String use,
        int depth,
        boolean selectable,
        long unread,
        long total,
        boolean current,
        boolean removable) {

    static MailboxNode of(Mailbox mailbox, int depth, boolean current) {
        MailboxStatus status = mailbox.status();
        SpecialUse use = mailbox.specialUse();
        return new MailboxNode(
                mailbox.name().toSegment(),
                mailbox.leaf(),
                use == null ? null : use.name().toLowerCase(java.util.Locale.ROOT),
                depth,
                mailbox.selectable(),
                status == null ? -1 : status.unseen(),
                status == null ? -1 : status.messages(),
                current,
                use == null && !mailbox.name().isInbox());
    }
}
