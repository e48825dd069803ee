package org.palomar.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Inventory;
import org.palomar.mail.Lineage;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a mailbox, newest first and a thousand messages at a time: each part is a loan of its own, so that pages are
 * never kept waiting for longer than one part takes.
 */
final class Build {

    private static final Logger log = LoggerFactory.getLogger(Build.class);

    private static final int PART = 1_000;

    /** Parts are put together by the ten: each time costs a copy of what is there. */
    private static final int TOGETHER = 10 * PART;

    /** Octets of a message in the least. */
    private static final int LEAST = 36;

    private final MailSession session;
    private final MailboxName mailbox;
    private final String username;
    private final long mostOctets;

    /** @param mostOctets beyond which a mailbox is too large to be kept */
    Build(MailSession session, MailboxName mailbox, String username, long mostOctets) {
        this.session = session;
        this.mailbox = mailbox;
        this.username = username;
        this.mostOctets = mostOctets;
    }

    /** The conversations, or null when the mailbox is too large or could not be read. */
    @Nullable
    MailboxThreads read() {
        try {
            Inventory inventory = session.examine(mailbox, open -> open.inventory());
            int size = inventory.uids().size();
            Facts facts = Facts.NONE;
            List<Fact> collected = new ArrayList<>();
            for (int to = size; to > 0 && fits(facts, size); to -= PART) {
                List<Uid> uids = inventory.uids().list(Math.max(0, to - PART), to);
                collected.addAll(part(inventory, uids));
                if (collected.size() >= TOGETHER || to <= PART) {
                    facts = facts.plus(collected);
                    collected.clear();
                }
            }
            return fits(facts, size) ? MailboxThreads.of(inventory.uidValidity(), facts) : null;
        } catch (ImapException | IllegalArgumentException e) {
            log.info("conversations of a mailbox could not be prepared: {}", e.toString());
            return null;
        }
    }

    private boolean fits(Facts facts, int size) {
        return Math.max(facts.weight(), (long) LEAST * size) < mostOctets;
    }

    private List<Fact> part(Inventory inventory, List<Uid> uids) {
        List<Lineage> lineages = session.examine(mailbox, open -> {
            if (!open.uidValidity().equals(inventory.uidValidity())) {
                throw new ImapException.UidValidityChanged("the mailbox was made anew while it was read");
            }
            return open.lineages(uids);
        });
        Set<Uid> read = lineages.stream().map(Lineage::uid).collect(Collectors.toSet());
        List<Fact> facts = new ArrayList<>(uids.size());
        lineages.forEach(lineage -> facts.add(Fact.of(lineage, username)));
        uids.stream().filter(uid -> !read.contains(uid)).forEach(uid -> facts.add(Fact.unreadable(uid)));
        return facts;
    }
}
