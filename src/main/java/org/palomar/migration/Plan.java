package org.palomar.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * From where and how mail is brought home. It is sealed in its row.
 *
 * @param server the old one, or null for a file
 * @param target full name of the mailbox here; of an IMAP server the one under which everything is hung, or INBOX to put it
 *     together with what is here
 * @param leave days that verified messages stay on the old server: 0 to move, -1 to copy
 * @param read whether messages that do not say so themselves are marked as read
 * @param every minutes between one time and the next, or 0 for once
 * @param mailboxes which ones of an IMAP server and where to, all where empty
 * @param upload the file beside the store, or null for a server
 * @param title what the person sees: an address, or the name of the file
 */
public record Plan(
        @Nullable Server server,
        String target,
        int leave,
        boolean read,
        int every,
        List<Pair> mailboxes,
        @Nullable String upload,
        String title) {

    public static final int FOREVER = -1;

    public Plan {
        mailboxes = List.copyOf(mailboxes);
        if (leave < FOREVER || leave > 3_650 || every < 0 || every > 10_080) {
            throw new IllegalArgumentException("out of bounds");
        }
    }

    /** One mailbox there and here. */
    public record Pair(String from, String to) {}

    /** All of a server into the same places here, once. */
    static Plan everything(Server server) {
        return new Plan(server, MailboxName.INBOX.value(), FOREVER, false, 0, List.of(), null, server.username());
    }

    boolean collects() {
        return every > 0;
    }

    boolean removes() {
        return leave >= 0;
    }
}
