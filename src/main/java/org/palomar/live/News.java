package org.palomar.live;

import org.palomar.mail.MailboxEvent;

/**
 * One thing a page is told.
 *
 * @param name of the server-sent event
 * @param data the mailbox's segment, a word, or nothing
 */
record News(String name, String data) {

    /** It is not known what happened meanwhile: everything on the screen is asked for again. */
    static final News ALL = new News("all", "");

    /** The stream lives. */
    static final News BEAT = new News("beat", "");

    static News of(MailboxEvent event) {
        return switch (event) {
            case MailboxEvent.MessagesArrived arrived ->
                new News("arrived", arrived.mailbox().toSegment());
            case MailboxEvent.MessagesExpunged expunged ->
                new News("expunged", expunged.mailbox().toSegment());
            case MailboxEvent.FlagsChanged flags ->
                new News("flags", flags.mailbox().toSegment());
            case MailboxEvent.MailboxesChanged _ -> new News("mailboxes", "");
        };
    }
}
