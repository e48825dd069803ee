package org.palomar.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings results up to date when somebody comes back to them: only mailboxes that have changed are asked, for what arrived, what is
 * gone, and how messages are marked now. For one thread.
 */
final class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);

    private final MailSession session;
    private final Look look;
    private final Results results;
    private final List<Begun> mailboxes;
    private final @Nullable Map<MailboxName, MailboxStatus> before;
    private final Map<MailboxName, MailboxStatus> now;
    private final Map<MailboxName, Integer> counts = new HashMap<>();

    /**
     * A mailbox that was searched, or is.
     *
     * @param newest the newest message that was there, or null
     */
    record Begun(Mailbox mailbox, UidValidity era, @Nullable Uid newest) {}

    /** @param before the counters when the results were last right, or null where nobody knows */
    Renewal(
            MailSession session,
            Look look,
            Results results,
            List<Begun> mailboxes,
            @Nullable Map<MailboxName, MailboxStatus> before,
            Map<MailboxName, MailboxStatus> now) {
        this.session = session;
        this.look = look;
        this.results = results;
        this.mailboxes = mailboxes;
        this.before = before;
        this.now = now;
    }

    /** The counters of each mailbox. */
    static Map<MailboxName, MailboxStatus> states(List<Mailbox> mailboxes) {
        Map<MailboxName, MailboxStatus> states = new HashMap<>();
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.status() != null) {
                states.put(mailbox.name(), mailbox.status());
            }
        }
        return states;
    }

    /** @return false when a mailbox was made anew or is gone, so that nothing of this holds */
    boolean run() {
        return mailboxes.stream().filter(this::isChanged).allMatch(this::renew);
    }

    /** How many messages flags, days and size allow now, in mailboxes where that was asked for. */
    Map<MailboxName, Integer> counts() {
        return counts;
    }

    private boolean isChanged(Begun begun) {
        MailboxName name = begun.mailbox().name();
        MailboxStatus then = before == null ? null : before.get(name);
        if (then != null && !then.equals(now.get(name))) {
            return true;
        }
        // Without a count of changes (RFC 7162) a flag may have changed all the same.
        return (then == null || then.highestModSeq() == 0) && !results.of(name).isEmpty();
    }

    private boolean renew(Begun begun) {
        MailboxName name = begun.mailbox().name();
        List<Uid> kept = results.of(name);
        try {
            Look.Again again =
                    session.examine(name, open -> look.again(open, begun.era(), kept, begun.newest(), begun.mailbox()));
            results.renew(name, kept, again.rows());
            if (again.candidates() >= 0) {
                counts.put(name, again.candidates());
            }
            return true;
        } catch (ImapException.UidValidityChanged | ImapException.MailboxMissing _) {
            return false;
        } catch (ImapException e) {
            log.info("results of a search stay as they were: {}", e.getMessage());
            return true;
        }
    }
}
