package org.palomar.imap.angus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.palomar.imap.MailboxWatch;
import org.palomar.mail.MailboxName;

/** The watches of one session. */
final class Watches {

    private final Lookout lookout;
    private final Supplier<ImapConnection> dial;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Watches(Lookout lookout, Supplier<ImapConnection> dial) {
        this.lookout = lookout;
        this.dial = dial;
    }

    MailboxWatch open(MailboxName mailbox, MailboxWatch.Listener listener) {
        Watch watch = lookout.open(dial, mailbox, listener, open::remove);
        open.add(watch);
        if (closed) {
            watch.close();
        }
        return watch;
    }

    /** This session changed something in the mailbox. */
    void touched(MailboxName mailbox) {
        open.forEach(watch -> watch.touched(mailbox));
    }

    void close() {
        closed = true;
        open.forEach(Watch::close);
    }
}
