package org.palomar.migration.imap;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;

/**
 * How mailboxes lie on the server that mail is brought to.
 *
 * @param delimiter between levels, or null where all names are flat
 * @param prefix of the person's own mailboxes with its delimiter, mostly empty
 * @param uses the special mailboxes that there are
 */
record Here(@Nullable Character delimiter, String prefix, Map<SpecialUse, MailboxName> uses) {

    private static final MailboxName PROBE = new MailboxName("x");

    /** Two round trips. */
    static Here of(MailSession session) {
        List<Mailbox> mailboxes = session.mailboxes(false);
        Map<SpecialUse, MailboxName> uses = new EnumMap<>(SpecialUse.class);
        Character delimiter = null;
        for (Mailbox mailbox : mailboxes) {
            delimiter = delimiter == null ? mailbox.delimiter() : delimiter;
            SpecialUse use = mailbox.specialUse();
            if (use != null) {
                uses.putIfAbsent(use, mailbox.name());
            }
        }
        uses.put(SpecialUse.INBOX, MailboxName.INBOX);
        return new Here(delimiter, prefix(session), uses);
    }

    /** What a server puts before the names of the person's own mailboxes (RFC 2342). */
    static String prefix(MailSession session) {
        String name = session.topLevel(PROBE).value();
        return name.substring(0, name.length() - PROBE.value().length());
    }

    /** Levels under a mailbox; without a delimiter they are told apart by a dash. */
    MailboxName under(MailboxName parent, List<String> levels) {
        String joint = joint();
        return levels.isEmpty()
                ? parent
                : new MailboxName(Names.within(parent.value() + joint + String.join(joint, levels)));
    }

    MailboxName atTop(List<String> levels) {
        return new MailboxName(Names.within(prefix + String.join(joint(), levels)));
    }

    private String joint() {
        return delimiter == null ? "-" : delimiter.toString();
    }
}
