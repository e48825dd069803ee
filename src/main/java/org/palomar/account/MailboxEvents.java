package org.palomar.account;

/**
 * Where {@link org.palomar.mail.MailboxEvent}s travel: on a publish-subscribe channel, from the watches to whoever shows or
 * tells them. Subscribers run on the thread of the watch, one after the other, and must return soon.
 */
public final class MailboxEvents {

    /** Name of the channel. */
    public static final String CHANNEL = "mailboxEvents";

    /** Header with {@link SignedIn#key()} of the person whose mail it is. */
    public static final String PERSON = "person";

    private MailboxEvents() {}
}
