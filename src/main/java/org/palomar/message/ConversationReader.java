package org.palomar.message;

import java.time.Instant;
import java.util.ArrayList;
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
        Map<MessageRef, Summary> read = summaries(person, session, ref.mailbox(), letters);
        List<Exchange.Letter> there =
                letters.stream().filter(letter -> read.containsKey(letter.ref())).toList();
        if (there.isEmpty()) {
            throw new ImapException.MessageGone("nothing is left of the conversation");
        }
        Set<MessageRef> open = open(ref, there, read);
        List<Turn> turns = new ArrayList<>();
        for (Exchange.Letter letter : there) {
            turns.add(turn(person, session, ref, read.get(letter.ref()), open.contains(letter.ref()), reader));
        }
        return page(person, session, ref, exchange.complete(), everywhere, all, there, read, open, turns);
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

    private record Summary(MessageSummary message, String preview) {}

    private Map<MessageRef, Summary> summaries(
            SignedIn person, MailSession session, MailboxName here, List<Exchange.Letter> letters) {
        Map<MailboxName, List<MessageRef>> wanted = letters.stream()
                .map(Exchange.Letter::ref)
                .collect(Collectors.groupingBy(MessageRef::mailbox, LinkedHashMap::new, Collectors.toList()));
        Map<MessageRef, Summary> found = new HashMap<>();
        wanted.forEach((mailbox, refs) -> {
            try {
                session.examine(mailbox, open -> {
                    refs.forEach(open::check);
                    List<MessageSummary> rows =
                            open.summaries(refs.stream().map(MessageRef::uid).toList());
                    Map<MessageRef, String> words = new HashMap<>();
                    for (int from = 0; from < rows.size(); from += STEP) {
                        words.putAll(
                                previews.of(person, open, rows.subList(from, Math.min(rows.size(), from + STEP))));
                    }
                    rows.forEach(row ->
                            found.put(row.ref(), new Summary(row, words.getOrDefault(row.ref(), ""))));
                    return true;
                });
            } catch (ImapException.MailboxMissing | ImapException.UidValidityChanged | ImapException.Refused e) {
                if (mailbox.equals(here)) {
                    throw e;
                }
                // What was known of another mailbox holds no more: the exchange is shown without it.
            }
        });
        return found;
    }

    /** The newest, the one asked for, and what is unread. */
    private static Set<MessageRef> open(
            MessageRef asked, List<Exchange.Letter> letters, Map<MessageRef, Summary> read) {
        Set<MessageRef> open = new HashSet<>();
        open.add(letters.getLast().ref());
        letters.stream()
                .filter(letter -> letter.copies().contains(asked))
                .forEach(letter -> open.add(letter.ref()));
        for (Exchange.Letter letter : letters.reversed()) {
            if (open.size() < MOST_OPEN && !read.get(letter.ref()).message.flags().seen()) {
                open.add(letter.ref());
            }
        }
        return open;
    }

    private Turn turn(
            SignedIn person, MailSession session, MessageRef page, @Nullable Summary read, boolean open, Reader reader) {
        Summary summary = java.util.Objects.requireNonNull(read);
        MessageSummary message = summary.message;
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
                summary.preview,
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
            return messages.read(person, session, ref, PartPath.ROOT, false, reader);
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
            List<Exchange.Letter> there,
            Map<MessageRef, Summary> read,
            Set<MessageRef> open,
            List<Turn> turns) {
        SpecialUse use = directory.use(person, session, ref.mailbox());
        String url = "/mailboxes/" + ref.mailbox().toSegment() + "/conversations/" + ref.key();
        int hidden = all.size() - Math.min(all.size(), Math.max(there.size(), turns.size()));
        String subject = read.values().stream()
                .filter(summary -> summary.message.ref().equals(there.getFirst().ref()))
                .map(summary -> summary.message.envelope().subject())
                .findFirst()
                .orElse(null);
        List<Exchange.Letter> unread = there.stream()
                .filter(letter -> !java.util.Objects.requireNonNull(read.get(letter.ref()))
                        .message
                        .flags()
                        .seen())
                .toList();
        List<Uid> here = all.stream()
                .flatMap(letter -> letter.copies().stream())
                .filter(copy -> copy.mailbox().equals(ref.mailbox()))
                .map(MessageRef::uid)
                .toList();
        int rank = index.known(person, ref.mailbox())
                .map(threads -> threads.rank(ref.uid()))
                .orElse(0);
        return new ConversationPage(
                ref.key(),
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
                MessageRef.keys(ref.uidValidity(), here.reversed()),
                turns.stream().anyMatch(turn -> turn.place() == null && turn.flagged()),
                unread.stream()
                        .filter(letter -> open.contains(letter.ref()))
                        .flatMap(letter -> letter.copies().stream())
                        .map(copy -> copy.mailbox().toSegment() + "/" + copy.key())
                        .toList(),
                unread.stream().allMatch(letter -> open.contains(letter.ref())));
    }

    /** Says that these messages were seen. */
    void seen(MailSession session, List<MessageRef> refs) {
        refs.stream()
                .collect(Collectors.groupingBy(MessageRef::mailbox))
                .forEach((mailbox, there) -> session.select(mailbox, open -> {
                    there.forEach(open::check);
                    open.store(
                            there.stream().map(MessageRef::uid).toList(), FlagChange.ADD, Flags.of(Flags.SEEN));
                    return true;
                }));
    }
}
