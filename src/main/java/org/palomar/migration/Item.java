package org.palomar.migration;

import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/**
 * A message where it comes from.
 *
 * @param place of it in the present connection, from 0
 * @param key what it is called there for ever, or empty where the server has no names for messages
 * @param octets about, or -1
 * @param to the mailbox here, or null for that of the plan
 */
public record Item(
        int place, String key, long octets, @Nullable MailboxName to) {}
