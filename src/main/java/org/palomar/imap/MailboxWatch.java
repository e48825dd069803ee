package org.palomar.imap;

import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxName;

/**
 * Watches one person's mail on a connection of its own, beside those that are lent: with NOTIFY (RFC 5465) every mailbox, else
 * with IDLE (RFC 2177) the one that is looked at and INBOX now and then, else both now and then. Reconnects by itself until
 * the session is closed or the server refuses the password. Safe for use by many threads.
 */
public interface MailboxWatch extends AutoCloseable {

    /** The mailbox to watch most closely from now on, such as the one on the screen. Does not wait for the server. */
    void look(MailboxName mailbox);

    State state();

    /** Ends the watch; nothing is told any more when this returns, but for what is being told. Idempotent, does not wait. */
    @Override
    void close();

    /** How the watch is doing. */
    enum State {
        /** The first connection is on its way. */
        BEGINNING,
        /** From now on everything is told. What happened before is not known: whoever shows something asks again. */
        WATCHING,
        /** The server does not answer; it is tried again. */
        AWAY,
        /** The server has no connection left for a watch; it is tried again. */
        CROWDED,
        /** The server refuses the password: nothing more will come. */
        ENDED
    }

    /** Is told on the thread of the watch, or on that of who changed something through the same session; must return soon. */
    interface Listener {

        void happened(MailboxEvent event);

        void became(State state);
    }
}
