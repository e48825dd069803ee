package org.palomar.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.listing.Orders;
import org.palomar.listing.Previews;
import org.palomar.listing.Sort;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.threads.Conversation;
import org.palomar.threads.MailboxThreads;
import org.palomar.threads.ThreadIndex;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Paging;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/**
 * Reads one page of a mailbox's conversations, that with the newest arrival first: one round trip on a kept-open mailbox when
 * nothing changed, two more when something did. Never waits for conversations that are not known yet.
 */
@Component
class ThreadListReader {

    /** Messages of one conversation whose flags are looked at, the newest ones. */
    private static final int MOST_FLAGS = 200;

    /** Changes that may come in while a page is made. */
    private static final int MOST_CHANGES = 3;

    private final ThreadIndex index;
    private final MailboxDirectory directory;
    private final Previews previews;

    ThreadListReader(ThreadIndex index, MailboxDirectory directory, Previews previews) {
        this.index = index;
        this.directory = directory;
        this.previews = previews;
    }

    /** A page of conversations, and what its rows show of them. */
    record Page(MailboxPage page, ThreadList threads) {}

    /** @param page from 1; beyond the end gives the last page */
    Optional<Page> read(SignedIn person, MailSession session, MailboxName name, int page, Reader reader) {
        MailboxThreads known = index.known(person, name).orElse(null);
        if (known == null) {
            return Optional.empty();
        }
        return session.examine(name, open -> Optional.ofNullable(read(person, open, known, page)))
                .map(read -> page(person, session, name, read, reader));
    }

    private Page page(SignedIn person, MailSession session, MailboxName name, Read read, Reader reader) {
        Mailbox mailbox = directory.find(person, session, name).orElse(null);
        MailboxPage rows = MailboxReader.page(name, mailbox, read.rows, Sort.NEWEST, reader);
        return new Page(rows, new ThreadList(true, ThreadIndex.Progress.READY, read.conversations, read.messages));
    }

    /** Has the conversations made ready, and those of Sent, where one's own answers lie. */
    ThreadList prepare(SignedIn person, MailSession session, MailboxName name) {
        ThreadIndex.Progress progress = index.prepare(person, session, name);
        directory.list(person, session).stream()
                .filter(mailbox -> mailbox.specialUse() == SpecialUse.SENT)
                .forEach(mailbox -> index.prepare(person, session, mailbox.name()));
        return new ThreadList(true, progress, Map.of(), 0);
    }

    private record Read(MailboxReader.Read rows, Map<String, ConversationRow> conversations, int messages) {}

    private @Nullable Read read(SignedIn person, OpenMailbox open, MailboxThreads known, int page) {
        MailboxThreads threads = known;
        for (int changes = 0; ; changes++) {
            int wanted = Math.clamp(page, 1, Paging.pages(threads.count()));
            List<Conversation> shown = threads.newest((wanted - 1) * Paging.SIZE, Paging.SIZE);
            OpenMailbox.Glance glance = open.glance(threads.state(), newest(shown), others(shown));
            if (glance.news().now().equals(threads.state()) || changes == MOST_CHANGES) {
                return rows(person, open, shown, glance, wanted, threads);
            }
            MailboxThreads now =
                    index.update(person, open, threads, glance.news()).orElse(null);
            if (now == null) {
                return null;
            }
            threads = now;
        }
    }

    private static List<Uid> newest(List<Conversation> conversations) {
        return conversations.stream().map(Conversation::newest).toList();
    }

    private static Set<Uid> others(List<Conversation> conversations) {
        Set<Uid> others = new HashSet<>();
        conversations.forEach(
                each -> each.uids().stream().skip(1).limit(MOST_FLAGS).forEach(others::add));
        return others;
    }

    private Read rows(
            SignedIn person,
            OpenMailbox open,
            List<Conversation> shown,
            OpenMailbox.Glance glance,
            int page,
            MailboxThreads threads) {
        Map<Uid, Conversation> byNewest = new HashMap<>();
        Map<Uid, Integer> place = new HashMap<>();
        for (Conversation conversation : shown) {
            place.put(conversation.newest(), place.size());
            byNewest.put(conversation.newest(), conversation);
        }
        List<MessageSummary> rows = new ArrayList<>(glance.news().rows());
        rows.sort(Comparator.comparing(row -> place.getOrDefault(row.ref().uid(), 0)));
        Map<Uid, Flags> flags = new HashMap<>(glance.flags());
        rows.forEach(row -> flags.put(row.ref().uid(), row.flags()));
        Map<String, ConversationRow> conversations = rows.stream()
                .map(MessageSummary::ref)
                .collect(Collectors.toMap(
                        MessageRef::key,
                        ref -> ConversationRow.of(Objects.requireNonNull(byNewest.get(ref.uid())), ref, flags)));
        Orders.Slice slice = new Orders.Slice(rows, page, threads.count());
        return new Read(
                new MailboxReader.Read(slice, previews.of(person, open, rows)), conversations, threads.messages());
    }
}
