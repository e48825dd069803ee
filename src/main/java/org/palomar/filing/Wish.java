package org.palomar.filing;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * What a person asks to be done with messages.
 *
 * @param selected the messages by their mailboxes, which are asked in this order
 * @param target where to, for MOVE and COPY; without one nothing is done
 * @param back path of the page that asked, where undo leads back to
 * @param locale language of mailboxes' names in sentences
 */
public record Wish(
        MessageAction action,
        Map<MailboxName, Selected> selected,
        @Nullable MailboxName target,
        String back,
        Locale locale) {}
