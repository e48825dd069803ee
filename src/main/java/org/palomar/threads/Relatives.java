package org.palomar.threads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Lineage;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.threads.MailboxThreads.Mention;
import org.palomar.threads.MailboxThreads.Mentions;
import org.palomar.tree.MailboxDirectory;
import org.springframework.stereotype.Component;

/** Finds what belongs to a message in all mailboxes whose conversations are known. Safe for use by many threads. */
@Component
public class Relatives {

    /** How often what was found in one mailbox is looked for in the others again. */
    private static final int ROUNDS = 4;

    /** Of larger exchanges only the newest letters are told of. */
    private static final int MOST_LETTERS = 2_000;

    private static final Set<SpecialUse> PRIVATE = EnumSet.of(SpecialUse.JUNK, SpecialUse.TRASH, SpecialUse.DRAFTS);

    private final ThreadIndex index;
    private final MailboxDirectory directory;

    Relatives(ThreadIndex index, MailboxDirectory directory) {
        this.index = index;
        this.directory = directory;
    }

    /**
     * The exchange a message belongs to, as it is now. Trash, junk and drafts are left out, except the mailbox asked about; of
     * copies the one there is preferred, and the one in the mailbox that holds everything comes last.
     *
     * @throws ImapException.MessageGone when the message is not there any more
     */
    public Exchange of(SignedIn person, MailSession session, MessageRef ref) {
        Map<MailboxName, MailboxThreads> known = known(person, session, ref.mailbox(), true);
        Start start = session.examine(ref.mailbox(), open -> start(person, open, ref));
        known.remove(ref.mailbox());
        if (start.threads != null) {
            known.put(ref.mailbox(), start.threads);
        }
        Map<MailboxName, Mentions> found = closure(known, start.mentions.ids());
        found.putIfAbsent(ref.mailbox(), start.mentions);
        return new Exchange(letters(person, session, ref, known, found), start.threads != null);
    }

    /** How many letters the exchange has as far as is known without asking the server; 0 when nothing is. */
    public int count(SignedIn person, MailSession session, MessageRef ref) {
        MailboxThreads here = index.known(person, ref.mailbox()).orElse(null);
        if (here == null || !here.state().uidValidity().equals(ref.uidValidity())) {
            return 0;
        }
        Map<MailboxName, MailboxThreads> known = known(person, session, ref.mailbox(), false);
        Map<MailboxName, Mentions> found =
                closure(known, here.mentions(ref.uid()).ids());
        return letters(person, session, ref, known, found).size();
    }

    private record Start(@Nullable MailboxThreads threads, Mentions mentions) {}

    private Start start(SignedIn person, OpenMailbox open, MessageRef ref) {
        open.check(ref);
        MailboxThreads threads = index.refresh(person, open).orElse(null);
        Mentions mentions = threads == null ? null : threads.mentions(ref.uid());
        if (mentions != null && !mentions.messages().isEmpty()) {
            return new Start(threads, mentions);
        }
        List<Lineage> lineages = open.lineages(List.of(ref.uid()));
        if (lineages.isEmpty()) {
            throw new ImapException.MessageGone("no message " + ref.uid());
        }
        Fact fact = Fact.of(lineages.getFirst(), person.username());
        return new Start(
                threads,
                MailboxThreads.of(ref.uidValidity(), Facts.NONE.plus(List.of(fact)))
                        .all());
    }

    /** @param fresh whether those that may have changed are looked after first */
    private Map<MailboxName, MailboxThreads> known(
            SignedIn person, MailSession session, MailboxName here, boolean fresh) {
        Map<MailboxName, MailboxThreads> all = index.known(person);
        Map<MailboxName, MailboxThreads> known = new HashMap<>();
        for (Mailbox mailbox : directory.list(person, session)) {
            MailboxThreads threads = all.get(mailbox.name());
            boolean wanted = mailbox.name().equals(here) || !PRIVATE.contains(mailbox.specialUse());
            if (threads != null && wanted) {
                boolean ask = fresh && !mailbox.name().equals(here) && mayDiffer(mailbox, threads.state());
                MailboxThreads now = ask ? refreshed(person, session, mailbox.name()) : threads;
                if (now != null) {
                    known.put(mailbox.name(), now);
                }
            }
        }
        return known;
    }

    /** Sent is looked after each time, since what one has just written matters most; others by the last counters. */
    private static boolean mayDiffer(Mailbox mailbox, MailboxState state) {
        MailboxStatus status = mailbox.status();
        return mailbox.specialUse() == SpecialUse.SENT
                || status == null
                || status.messages() != state.messages()
                || status.uidNext() > state.highestUid() + 1;
    }

    private @Nullable MailboxThreads refreshed(SignedIn person, MailSession session, MailboxName mailbox) {
        try {
            return session.examine(mailbox, open -> index.refresh(person, open)).orElse(null);
        } catch (ImapException.MailboxMissing | ImapException.Refused _) {
            return null;
        }
    }

    private static Map<MailboxName, Mentions> closure(Map<MailboxName, MailboxThreads> known, long[] start) {
        long[] ids = start;
        Map<MailboxName, Mentions> found = new HashMap<>();
        for (int round = 0; round < ROUNDS && ids.length > 0; round++) {
            long[] looked = ids;
            found.clear();
            known.forEach((mailbox, threads) -> found.put(mailbox, threads.mentions(looked)));
            found.values().removeIf(mentions -> mentions.messages().isEmpty());
            ids = LongStream.concat(
                            Arrays.stream(looked),
                            found.values().stream().flatMapToLong(mentions -> Arrays.stream(mentions.ids())))
                    .distinct()
                    .toArray();
            if (ids.length == looked.length) {
                break;
            }
        }
        return found;
    }

    private record Copy(MessageRef ref, Mention mention, int rank) {}

    private List<Exchange.Letter> letters(
            SignedIn person,
            MailSession session,
            MessageRef ref,
            Map<MailboxName, MailboxThreads> known,
            Map<MailboxName, Mentions> found) {
        List<Copy> copies = new ArrayList<>();
        found.forEach((mailbox, mentions) -> {
            MailboxThreads threads = known.get(mailbox);
            var era = threads == null ? ref.uidValidity() : threads.state().uidValidity();
            int rank = mailbox.equals(ref.mailbox())
                    ? 0
                    : directory.use(person, session, mailbox) == SpecialUse.ALL ? 2 : 1;
            for (Mention mention : mentions.messages()) {
                copies.add(new Copy(new MessageRef(mailbox, era, mention.uid()), mention, rank));
            }
        });
        // Within a mailbox the copy asked about stands for the others.
        copies.sort(Comparator.comparingInt(Copy::rank)
                .thenComparing(copy -> !copy.ref.equals(ref))
                .thenComparing(copy -> copy.ref.mailbox())
                .thenComparing(copy -> copy.ref.uid()));
        Map<Object, List<Copy>> letters = new LinkedHashMap<>();
        for (Copy copy : copies) {
            Object key = copy.mention.letter() == 0 ? copy.ref : (Object) copy.mention.letter();
            letters.computeIfAbsent(key, _ -> new ArrayList<>()).add(copy);
        }
        List<List<Copy>> sorted = letters.values().stream()
                .sorted(Comparator.comparingLong(
                                (List<Copy> each) -> each.getFirst().mention.date())
                        .thenComparing(each -> each.getFirst().ref.uid()))
                .toList();
        return sorted.subList(Math.max(0, sorted.size() - MOST_LETTERS), sorted.size()).stream()
                .map(each -> new Exchange.Letter(
                        each.getFirst().ref, each.stream().map(Copy::ref).toList()))
                .toList();
    }
}
