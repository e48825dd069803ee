package org.palomar.mail;

/**
 * Something happened in a person's mail, whoever did it. Says where, never what: whoever wants to know asks the server.
 */
public sealed interface MailboxEvent {

    /**
     * New messages lie in a mailbox.
     *
     * @param messages how many, at least 1
     */
    record MessagesArrived(MailboxName mailbox, int messages) implements MailboxEvent {
        public MessagesArrived {
            if (messages < 1) {
                throw new IllegalArgumentException("an arrival is one message or more");
            }
        }
    }

    /** Messages left a mailbox. */
    record MessagesExpunged(MailboxName mailbox) implements MailboxEvent {}

    /** Messages of a mailbox were read, flagged, answered, or the reverse of it. */
    record FlagsChanged(MailboxName mailbox) implements MailboxEvent {}

    /** Mailboxes were made, renamed, removed or subscribed to; or it is not known what changed. */
    record MailboxesChanged() implements MailboxEvent {}
}
