package org.palomar.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * How a search stands.
 *
 * @param running whether it is at work
 * @param stopped whether it was stopped before everything was searched
 * @param full whether it ended because nobody reads more
 * @param found how many messages match, as far as is known
 * @param counted whether no more than that match
 * @param searched mailboxes that are searched to the end
 * @param back all mail after this was searched; null where there are several mailboxes or nobody knows
 * @param failed mailboxes that could not be searched
 */
record Progress(
        boolean running,
        boolean stopped,
        boolean full,
        int found,
        boolean counted,
        int searched,
        int mailboxes,
        @Nullable Instant back,
        List<MailboxName> failed) {}
