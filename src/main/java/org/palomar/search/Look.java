package org.palomar.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.listing.MessageRow;
import org.palomar.listing.Previews;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.query.Criteria;
import org.palomar.web.Reader;

/** Looks at messages of a lent mailbox for one search: which match, and what their rows say. Keeps nothing, so a loan may be repeated. */
record Look(SignedIn person, Criteria criteria, Previews previews, Reader reader) {

    /** Rows that come in one round trip. */
    static final int ROWS = 50;

    private static final int MANY = 500;

    /** What flags, days and size leave to be searched. */
    Begun begin(OpenMailbox open) {
        return new Begun(open.uidValidity(), open.search(criteria.quick()));
    }

    /**
     * Searches one window.
     *
     * @param known what was found before
     */
    Seen search(OpenMailbox open, UidValidity era, Sweep.Window window, Set<Uid> known, Mailbox mailbox) {
        check(open, era);
        List<Uid> found = new ArrayList<>(window.key() == null ? window.uids() : open.search(window.key()));
        found.removeAll(known);
        // A range of UIDs that was gone would match the last message (RFC 9051 section 9, seq-range).
        found.removeIf(uid -> uid.compareTo(window.uids().getFirst()) < 0
                || uid.compareTo(window.uids().getLast()) > 0);
        List<Uid> newestFirst = found.reversed();
        Uid oldest = window.uids().getFirst();
        return new Seen(
                newestFirst,
                rows(open, era, newestFirst.subList(0, Math.min(ROWS, newestFirst.size())), mailbox, true),
                open.arrivals(List.of(oldest)).get(oldest));
    }

    /**
     * The rows of messages that still exist, newest first.
     *
     * @param anew whether the server's word must be checked, as for messages just found
     */
    List<Found> rows(OpenMailbox open, UidValidity era, List<Uid> uids, Mailbox mailbox, boolean anew) {
        check(open, era);
        List<MessageSummary> messages = open.summaries(uids).stream()
                .filter(message -> !anew || criteria.admit(message))
                .toList();
        Map<MessageRef, String> texts = previews.of(person, open, messages);
        boolean outgoing = mailbox.specialUse() == SpecialUse.SENT || mailbox.specialUse() == SpecialUse.DRAFTS;
        return messages.reversed().stream()
                .map(message -> {
                    MessageId id = message.envelope().messageId();
                    return new Found(
                            message.ref(),
                            message.arrived(),
                            id == null ? null : id.value(),
                            MessageRow.of(message, outgoing, texts.get(message.ref()), reader));
                })
                .toList();
    }

    /**
     * What became of messages found before, and what has arrived since then.
     *
     * @param kept found before, in ascending order
     * @param newest the newest message that was there then, or null
     */
    Again again(OpenMailbox open, UidValidity era, List<Uid> kept, @Nullable Uid newest, Mailbox mailbox) {
        check(open, era);
        long first = newest == null ? 1 : Math.min(newest.value() + 1, 0xFFFF_FFFFL);
        List<Uid> uids = new ArrayList<>(
                open.search(new SearchKey.And(List.of(SearchKey.Uids.from(new Uid(first)), criteria.complete()))));
        Set<Uid> known = Set.copyOf(kept);
        uids.removeIf(uid -> uid.value() < first || known.contains(uid));
        // One more than can be kept says that there are more.
        List<Uid> arrived = uids.subList(Math.max(0, uids.size() - Results.MOST - 1), uids.size());
        List<Found> rows = new ArrayList<>(many(open, era, arrived, mailbox, true));
        rows.addAll(many(open, era, kept, mailbox, false));
        return new Again(
                rows, criteria.hasText() ? -1 : open.search(criteria.quick()).size());
    }

    private List<Found> many(OpenMailbox open, UidValidity era, List<Uid> uids, Mailbox mailbox, boolean anew) {
        List<Found> rows = new ArrayList<>();
        for (int from = 0; from < uids.size(); from += MANY) {
            rows.addAll(rows(open, era, uids.subList(from, Math.min(uids.size(), from + MANY)), mailbox, anew));
        }
        return rows;
    }

    private static void check(OpenMailbox open, UidValidity era) {
        if (!open.uidValidity().equals(era)) {
            throw new ImapException.UidValidityChanged("the mailbox was made anew during a search");
        }
    }

    /** @param candidates how many messages flags, days and size allow now; -1 where that is not asked for */
    record Again(List<Found> rows, int candidates) {}

    /** @param uids ascending */
    record Begun(UidValidity era, List<Uid> uids) {}

    /**
     * @param uids all that were found, newest first
     * @param rows of the first of them
     * @param oldest when the oldest message of the window arrived, or null when it is gone
     */
    record Seen(List<Uid> uids, List<Found> rows, @Nullable Instant oldest) {}
}
