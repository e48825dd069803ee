package org.palomar.filing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * What a person asks to be done with messages of one mailbox.
 *
 * @param target where to, for MOVE and COPY; without one nothing is done
 * @param back path of the page that asked, where undo leads back to
 * @param locale language of mailboxes' names in sentences
 */
public record Wish(
        MessageAction action,
        MailboxName mailbox,
        Selected selected,
        @Nullable MailboxName target,
        String back,
        Locale locale) {}
