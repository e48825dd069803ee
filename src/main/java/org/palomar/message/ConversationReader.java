package org.palomar.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.listing.Previews;
import org.palomar.mail.Address;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.message.ConversationPage.Turn;
import org.palomar.message.MessagePage.Person;
import org.palomar.threads.Elsewhere;
import org.palomar.threads.Exchange;
import org.palomar.threads.Relatives;
import org.palomar.threads.ThreadIndex;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Paging;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Reads an exchange for its page: one round trip for each mailbox it lies in, and then the letters that stand open. */
@Component
class ConversationReader {

    /** Letters on a page, and how many more each time one asks for earlier ones. */
    static final int STEP = 100;

    private static final int MOST_SHOWN = 1_000;

    /** Letters that stand open at once; further unread ones are folded and stay unread. */
    private static final int MOST_OPEN = 8;

    private final ThreadIndex index;
    private final Relatives relatives;
    private final Elsewhere elsewhere;
    private final MessageReader messages;
    private final MailboxDirectory directory;
    private final Previews previews;

    ConversationReader(
            ThreadIndex index,
            Relatives relatives,
            Elsewhere elsewhere,
            MessageReader messages,
            MailboxDirectory directory,
            Previews previews) {
        this.index = index;
        this.relatives = relatives;
        this.elsewhere = elsewhere;
        this.messages = messages;
        this.directory = directory;
        this.previews = previews;
    }

    /**
     * Reads the exchange a message belongs to.
     *
     * @param shown how many letters at most, the newest ones
     * @param everywhere whether mailboxes that were not read yet are searched too, which may take seconds
     */
    ConversationPage read(
            SignedIn person, MailSession session, MessageRef ref, int shown, boolean everywhere, Reader reader) {
        prepare(person, session, ref.mailbox());
        Exchange exchange = relatives.of(person, session, ref);
        List<Exchange.Letter> all = everywhere ? elsewhere.more(person, session, ref, exchange) : exchange.letters();
        int most = Math.clamp(shown, STEP, MOST_SHOWN);
        List<Exchange.Letter> letters = all.subList(Math.max(0, all.size() - most), all.size());
        List<Shown> there = shown(person, session, ref.mailbox(), letters);
        if (there.isEmpty()) {
            throw new ImapException.MessageGone("nothing is left of the conversation");
        }
        Set<MessageRef> open = open(ref, there);
        List<Turn> turns = there.stream()
                .map(letter -> turn(person, session, ref, letter, open.contains(letter.ref()), reader))
                .toList();
        return page(person, session, ref, exchange.complete(), everywhere, all, there, open, turns);
    }

    /** From now on relatives are known without searching: in this mailbox, and where answers and filed messages lie. */
    private void prepare(SignedIn person, MailSession session, MailboxName here) {
        index.prepare(person, session, here);
        for (Mailbox mailbox : directory.list(person, session)) {
            if (mailbox.specialUse() == SpecialUse.SENT || mailbox.specialUse() == SpecialUse.ARCHIVE) {
                index.prepare(person, session, mailbox.name());
            }
        }
    }

    private record Shown(Exchange.Letter letter, MessageSummary message, String preview) {
        MessageRef ref() {
            return letter.ref();
        }

        boolean unread() {
            return !message.flags().seen();
        }
    }

    /** The letters that are still there, in the order given. */
    private List<Shown> shown(SignedIn person, MailSession session, MailboxName here, List<Exchange.Letter> letters) {
        Map<MessageRef, MessageSummary> rows = new HashMap<>();
        Map<MessageRef, String> words = new HashMap<>();
        letters.stream()
                .map(Exchange.Letter::ref)
                .collect(Collectors.groupingBy(MessageRef::mailbox, LinkedHashMap::new, Collectors.toList()))
                .forEach((mailbox, refs) -> {
                    try {
                        session.examine(mailbox, open -> read(person, open, refs, rows, words));
                    } catch (ImapException.MailboxMissing
                            | ImapException.UidValidityChanged
                            | ImapException.Refused e) {
                        if (mailbox.equals(here)) {
                            throw e;
                        }
                        // What was known of another mailbox holds no more: the exchange is shown without it.
                    }
                });
        List<Shown> shown = new ArrayList<>();
        for (Exchange.Letter letter : letters) {
            MessageSummary row = rows.get(letter.ref());
            if (row != null) {
                shown.add(new Shown(letter, row, words.getOrDefault(letter.ref(), "")));
            }
        }
        return shown;
    }

    private boolean read(
            SignedIn person,
            OpenMailbox open,
            List<MessageRef> refs,
            Map<MessageRef, MessageSummary> rows,
            Map<MessageRef, String> words) {
        refs.forEach(open::check);
        List<MessageSummary> found =
                open.summaries(refs.stream().map(MessageRef::uid).toList());
        for (int from = 0; from < found.size(); from += STEP) {
            words.putAll(previews.of(person, open, found.subList(from, Math.min(found.size(), from + STEP))));
        }
        found.forEach(row -> rows.put(row.ref(), row));
        return true;
    }

    /** The newest, the one asked for, and what is unread. */
    private static Set<MessageRef> open(MessageRef asked, List<Shown> letters) {
        Set<MessageRef> open = new HashSet<>();
        open.add(letters.getLast().ref());
        letters.stream().filter(each -> each.letter.copies().contains(asked)).forEach(each -> open.add(each.ref()));
        for (Shown each : letters.reversed()) {
            if (open.size() < MOST_OPEN && each.unread()) {
                open.add(each.ref());
            }
        }
        return open;
    }

    private Turn turn(SignedIn person, MailSession session, MessageRef page, Shown shown, boolean open, Reader reader) {
        MessageSummary message = shown.message;
        MessageRef ref = message.ref();
        MessagePaths paths = new MessagePaths(ref, PartPath.ROOT);
        List<Address> from = message.envelope().from();
        Address author = from.isEmpty() ? new Address(null, "") : from.getFirst();
        Instant date = message.envelope().date() == null
                ? message.arrived()
                : message.envelope().date();
        Flags flags = message.flags();
        return new Turn(
                ref.key(),
                paths.self(),
                paths.letter(),
                Person.of(author),
                author.address().equalsIgnoreCase(person.username()),
                shown.preview,
                reader.shortDate(date),
                reader.longDate(date),
                !flags.seen(),
                flags.flagged(),
                ref.mailbox().equals(page.mailbox())
                        ? null
                        : directory.shownName(person, session, ref.mailbox(), reader.locale()),
                open ? letter(person, session, ref, reader) : null);
    }

    /** The whole letter, or null when it has just gone. */
    private @Nullable MessagePage letter(SignedIn person, MailSession session, MessageRef ref, Reader reader) {
        try {
            return messages.read(person, session, new MessagePaths(ref, PartPath.ROOT), false, reader);
        } catch (ImapException.MessageGone _) {
            return null;
        }
    }

    private ConversationPage page(
            SignedIn person,
            MailSession session,
            MessageRef ref,
            boolean complete,
            boolean everywhere,
            List<Exchange.Letter> all,
            List<Shown> there,
            Set<MessageRef> open,
            List<Turn> turns) {
        SpecialUse use = directory.use(person, session, ref.mailbox());
        String url = "/mailboxes/" + ref.mailbox().toSegment() + "/conversations/" + ref.key();
        int hidden = all.size() - there.size();
        String subject = there.getFirst().message.envelope().subject();
        List<Shown> unread = there.stream().filter(Shown::unread).toList();
        List<Uid> here = all.stream()
                .flatMap(letter -> letter.copies().stream())
                .filter(copy -> copy.mailbox().equals(ref.mailbox()))
                .map(MessageRef::uid)
                .sorted(Comparator.reverseOrder())
                .toList();
        int rank = index.known(person, ref.mailbox())
                .map(threads -> threads.rank(ref.uid()))
                .orElse(0);
        return new ConversationPage(
                new MessageRef(ref.mailbox(), ref.uidValidity(), here.getFirst()).key(),
                url,
                ref.mailbox().toSegment(),
                use == null ? null : use.name().toLowerCase(Locale.ROOT),
                Paging.pageOf(rank + 1),
                subject == null ? "" : subject.strip(),
                all.size(),
                turns,
                hidden,
                hidden > 0 && there.size() < MOST_SHOWN ? url + "?letters=" + (there.size() + STEP) : null,
                everywhere || elsewhere.places(person, session, ref).isEmpty() ? null : url + "?everywhere=true",
                !complete,
                MessageRef.keys(ref.uidValidity(), here),
                turns.stream().anyMatch(turn -> turn.place() == null && turn.flagged()),
                unread.stream()
                        .filter(each -> open.contains(each.ref()))
                        .flatMap(each -> each.letter.copies().stream())
                        .map(copy -> copy.mailbox().toSegment() + "/" + copy.key())
                        .toList(),
                unread.stream().allMatch(each -> open.contains(each.ref())));
    }

    /** Says that these messages were seen. */
    void seen(MailSession session, List<MessageRef> refs) {
        refs.stream()
                .collect(Collectors.groupingBy(MessageRef::mailbox))
                .forEach((mailbox, there) -> session.select(mailbox, open -> {
                    there.forEach(open::check);
                    open.store(there.stream().map(MessageRef::uid).toList(), FlagChange.ADD, Flags.of(Flags.SEEN));
                    return true;
                }));
    }
}
