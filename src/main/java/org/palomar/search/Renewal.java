package org.palomar.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * gone, and how messages are marked now.
 */
record Renewal(MailSession session, Look look, Results results) {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);

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
    boolean run(List<Sweep> sweeps, Map<MailboxName, MailboxStatus> before, Map<MailboxName, MailboxStatus> now) {
        for (Sweep sweep : sweeps) {
            MailboxName name = sweep.mailbox.name();
            UidValidity era = sweep.era();
            if (era != null && !Objects.equals(before.get(name), now.get(name)) && !renew(sweep, era)) {
                return false;
            }
        }
        return true;
    }

    private boolean renew(Sweep sweep, UidValidity era) {
        MailboxName name = sweep.mailbox.name();
        List<Uid> kept = results.of(name);
        try {
            results.replace(
                    name, session.examine(name, open -> look.again(open, era, kept, sweep.newest(), sweep.mailbox)));
            return true;
        } catch (ImapException.UidValidityChanged | ImapException.MailboxMissing _) {
            return false;
        } catch (ImapException e) {
            log.info("results of a search stay as they were: {}", e.getMessage());
            return true;
        }
    }
}
