package org.palomar.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/** The mailboxes that mail is brought to. For one thread; every method may throw {@link ImapException}. */
final class Home {

    /** So many candidates are compared one by one; of more, only those of the right size. */
    private static final int FEW = 200;

    private final MailSession session;

    Home(MailSession session) {
        this.session = session;
    }

    /**
     * How a mailbox is.
     *
     * @param era its UIDVALIDITY
     * @param next the first UID that it can give to a new message
     */
    record Standing(long era, long next) {}

    /** How a mailbox is; made when it is not there. */
    Standing standing(MailboxName mailbox) {
        try {
            return asked(mailbox);
        } catch (ImapException.MailboxMissing _) {
            try {
                session.create(mailbox, null);
            } catch (ImapException.AlreadyExists _) {
                // Somebody else was as quick.
            }
            return asked(mailbox);
        }
    }

    private Standing asked(MailboxName mailbox) {
        MailboxStatus status = session.status(mailbox);
        UidValidity era = status.uidValidity();
        return era == null
                ? session.examine(
                        mailbox, open -> new Standing(open.uidValidity().value(), Math.max(1, open.uidNext())))
                : new Standing(era.value(), Math.max(1, status.uidNext()));
    }

    /** Stores one message; where it lies, or null when the server does not say. */
    @Nullable
    MessageRef append(MailboxName mailbox, Spooled message, Flags flags, Instant arrived) throws IOException {
        try (InputStream in = message.open()) {
            return session.append(mailbox, in, message.octets(), flags, arrived);
        } catch (ImapException.Refused refused) {
            Flags usual = new Flags(flags.values().stream()
                    .filter(flag -> flag.startsWith("\\"))
                    .collect(Collectors.toSet()));
            if (usual.equals(flags)) {
                throw refused;
            }
            // Not every server takes keywords (RFC 9051 section 7.1, PERMANENTFLAGS); the message matters more.
            return append(mailbox, message, usual, arrived);
        }
    }

    /**
     * Reads messages back.
     *
     * @param era the UIDVALIDITY in which these UIDs are
     * @return digests by UID; without those that are not there
     * @throws ImapException.UidValidityChanged when the mailbox is another by now
     */
    Map<Long, String> digests(MailboxName mailbox, long era, Collection<Long> uids) {
        return session.examine(mailbox, open -> {
            if (open.uidValidity().value() != era) {
                throw new ImapException.UidValidityChanged("the mailbox was made anew");
            }
            List<Uid> wanted = uids.stream().map(Uid::new).toList();
            List<Uid> there = open.present(wanted);
            if (there.size() < wanted.size()) {
                // A connection that has had the mailbox open for long is told of what is new with the answer to the
                // first question.
                there = open.present(wanted);
            }
            Map<Long, String> digests = new LinkedHashMap<>();
            for (Uid uid : there) {
                digests.put(uid.value(), digest(open, uid));
            }
            return digests;
        });
    }

    /**
     * Looks for messages that may have been stored although nobody heard of it.
     *
     * @param lost of one mailbox
     * @param taken at which UIDs something else of the same source lies
     * @return what was found, by item
     */
    Map<String, MessageRef> find(MailboxName mailbox, List<Entry> lost, Taken taken) {
        try {
            return session.examine(mailbox, open -> {
                // Once for the connection to be told of what is new, once to learn it.
                open.uids();
                return found(open, lost, taken);
            });
        } catch (ImapException.MailboxMissing _) {
            return Map.of();
        }
    }

    /** Asks the ledger. */
    @FunctionalInterface
    interface Taken {
        Collection<Long> in(long era, long from);
    }

    private static Map<String, MessageRef> found(OpenMailbox open, List<Entry> lost, Taken taken) {
        long era = open.uidValidity().value();
        long from = lost.stream()
                .mapToLong(entry -> entry.uidValidity() == era ? entry.since() : 1)
                .min()
                .orElse(1);
        Set<Long> others = new HashSet<>(taken.in(era, from));
        Map<String, Deque<Uid>> candidates = new HashMap<>();
        for (Uid uid : candidates(open, lost, from)) {
            if (!others.contains(uid.value())) {
                try {
                    candidates
                            .computeIfAbsent(digest(open, uid), _ -> new ArrayDeque<>())
                            .add(uid);
                } catch (ImapException.MessageGone _) {
                    // Somebody removes what was brought already.
                }
            }
        }
        Map<String, MessageRef> found = new HashMap<>();
        for (Entry entry : lost) {
            Deque<Uid> same = candidates.getOrDefault(entry.digest(), new ArrayDeque<>());
            if (!same.isEmpty()) {
                found.put(entry.item(), new MessageRef(open.name(), open.uidValidity(), same.remove()));
            }
        }
        return found;
    }

    private static List<Uid> candidates(OpenMailbox open, List<Entry> lost, long from) {
        List<Uid> behind =
                open.uids().stream().filter(uid -> uid.value() >= from).toList();
        if (behind.size() <= Math.max(FEW, 2 * lost.size())) {
            return behind;
        }
        Set<Uid> sized = new HashSet<>();
        lost.stream()
                .map(Entry::octets)
                .distinct()
                .forEach(octets -> sized.addAll(open.search(new SearchKey.And(
                        List.of(new SearchKey.Larger(octets - 1), new SearchKey.Smaller(octets + 1))))));
        List<Uid> right = new ArrayList<>(behind);
        right.retainAll(sized);
        return right;
    }

    private static String digest(OpenMailbox open, Uid uid) {
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256());
        open.stream(uid, PartPath.ROOT, out);
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digests.text(out.getMessageDigest());
    }
}
