package org.palomar.tree;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;

/**
 * All mailboxes of a person in the order of the page: special ones first, then the others by name, children under their
 * parents.
 */
public record MailboxTree(List<MailboxNode> special, List<MailboxNode> folders) {

    static MailboxTree of(List<Mailbox> mailboxes, @Nullable MailboxName current) {
        Comparator<Mailbox> byUse = Comparator.comparing(MailboxTree::use);
        List<MailboxNode> special = mailboxes.stream()
                .filter(mailbox -> mailbox.specialUse() != null)
                .sorted(byUse.thenComparing(Mailbox::name))
                .map(mailbox -> MailboxNode.of(mailbox, 0, mailbox.name().equals(current)))
                .toList();
        Map<MailboxName, Mailbox> byName =
                mailboxes.stream().collect(Collectors.toMap(Mailbox::name, mailbox -> mailbox, (first, _) -> first));
        List<MailboxNode> folders = mailboxes.stream()
                .filter(mailbox -> mailbox.specialUse() == null)
                .sorted(Comparator.comparing(MailboxTree::sortKey, String.CASE_INSENSITIVE_ORDER))
                .map(mailbox -> MailboxNode.of(
                        mailbox, depth(mailbox, byName), mailbox.name().equals(current)))
                .toList();
        return new MailboxTree(special, folders);
    }

    /** Every mailbox that can hold messages, as a place to move them to. */
    public List<MailboxNode> targets() {
        return java.util.stream.Stream.concat(special.stream(), folders.stream())
                .filter(MailboxNode::selectable)
                .toList();
    }

    private static SpecialUse use(Mailbox mailbox) {
        SpecialUse use = mailbox.specialUse();
        return use == null ? SpecialUse.ALL : use;
    }

    /** Sorts a child right behind its parent, whatever characters other names have: the delimiter sorts first. */
    private static String sortKey(Mailbox mailbox) {
        Character delimiter = mailbox.delimiter();
        return delimiter == null
                ? mailbox.name().value()
                : mailbox.name().value().replace(delimiter, '\u0001');
    }

    /** Counts only ancestors that are in the list of folders: a namespace prefix or INBOX indents nothing. */
    private static int depth(Mailbox mailbox, Map<MailboxName, Mailbox> byName) {
        int depth = 0;
        MailboxName parent = mailbox.name().parent(mailbox.delimiter());
        while (parent != null) {
            Mailbox above = byName.get(parent);
            if (above != null && (above.specialUse() == null || !above.name().isInbox())) {
                depth++;
            }
            parent = parent.parent(mailbox.delimiter());
        }
        return depth;
    }
}
