package org.palomar.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.Difference;
import org.palomar.imap.OpenMailbox.News;
import org.palomar.mail.Inventory;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Mailboxes ordered by something else than arrival, kept for each signed-in person. Whether an order still holds is asked in the
 * round trip that reads the rows, so a second page, a return and the other direction cost one; when it does not, what went is
 * taken out and what came put in its place. One order serves both directions and takes 4 octets a message: 1.2 MB for 300,000
 * messages. All together take at most 64 MB, then those used longest ago are made anew. Safe for use by many threads.
 */
@Component
public class Orders {

    private static final int OCTETS = 64 * 1024 * 1024;

    private final Cache<Key, Order> known = Caffeine.newBuilder()
            .maximumWeight(OCTETS)
            .weigher((Key _, Order order) -> 300 + 4 * order.uids.size())
            .build();

    /**
     * One page.
     *
     * @param page from 1; beyond the end gives the last page
     * @param size rows on a page, 1 to 500
     */
    public Slice page(SignedIn person, OpenMailbox open, SortKey by, boolean descending, int page, int size) {
        Key key = new Key(person.key(), open.name(), by);
        Order order = known.getIfPresent(key);
        if (order == null || !order.uidValidity.equals(open.uidValidity())) {
            Order made = keep(key, make(open, by));
            return made.slice(page, size, descending, open.summaries(made.uids(page, size, descending)));
        }
        News news = open.news(order.state(), order.uids(page, size, descending));
        if (news.now().equals(order.state())) {
            return order.slice(page, size, descending, news.rows());
        }
        Order now = keep(key, follow(open, by, order, news));
        List<MessageSummary> rows = new ArrayList<>(news.rows());
        List<Uid> missing = new ArrayList<>(now.uids(page, size, descending));
        missing.removeAll(rows.stream().map(row -> row.ref().uid()).toList());
        rows.addAll(open.summaries(missing));
        return now.slice(page, size, descending, rows);
    }

    /** Where a message lies in the order, or null when it does not. */
    public @Nullable Place place(SignedIn person, OpenMailbox open, SortKey by, boolean descending, Uid uid) {
        Key key = new Key(person.key(), open.name(), by);
        Order order = known.getIfPresent(key);
        if (order == null || !order.uidValidity.equals(open.uidValidity())) {
            return keep(key, make(open, by)).place(uid, descending);
        }
        News news = open.news(order.state(), List.of());
        return (news.now().equals(order.state()) ? order : keep(key, follow(open, by, order, news)))
                .place(uid, descending);
    }

    private Order keep(Key key, Order order) {
        known.put(key, order);
        return order;
    }

    private static Order make(OpenMailbox open, SortKey by) {
        return new Order(open.uidValidity(), open.sorted(by));
    }

    private static Order follow(OpenMailbox open, SortKey by, Order order, News news) {
        Uids arrived = news.arrived();
        Uids left = order.uids;
        if (news.removed()) {
            Difference difference = open.since(new Inventory(order.uidValidity, left.ascending()), news);
            arrived = difference.arrived();
            left = left.without(difference.gone());
        }
        if (arrived.isEmpty() && !left.isEmpty()) {
            return new Order(order.uidValidity, left);
        }
        return arrived.size() > Insertion.MOST
                        || left.size() < 500
                        || !open.uidValidity().equals(order.uidValidity)
                ? make(open, by)
                : new Order(order.uidValidity, Insertion.into(left, arrived, uids -> open.sorted(by, uids)));
    }

    @EventListener
    void forget(MailSessions.Ended ended) {
        known.asMap().keySet().removeIf(key -> key.person.equals(ended.key()));
    }

    /**
     * One page of an order.
     *
     * @param page from 1
     * @param total messages in the mailbox
     */
    public record Slice(List<MessageSummary> messages, int page, int total) {}

    /**
     * A place in an order.
     *
     * @param position from 1
     * @param before the message before it, or null
     * @param after the message behind it, or null
     */
    public record Place(
            int position,
            int total,
            @Nullable Uid before,
            @Nullable Uid after) {}

    private record Key(String person, MailboxName mailbox, SortKey by) {}

    /** @param uids ascending by the key */
    private record Order(UidValidity uidValidity, Uids uids, MailboxState state) {

        Order(UidValidity uidValidity, Uids uids) {
            this(uidValidity, uids, new MailboxState(uidValidity, uids.size(), uids.highest()));
        }

        private int clamped(int page, int size) {
            return Math.clamp(page, 1, Math.max(1, (uids.size() + size - 1) / size));
        }

        List<Uid> uids(int page, int size, boolean descending) {
            int from = (clamped(page, size) - 1) * size;
            int to = Math.min(uids.size(), from + size);
            return descending ? uids.list(uids.size() - to, uids.size() - from).reversed() : uids.list(from, to);
        }

        Slice slice(int page, int size, boolean descending, List<MessageSummary> rows) {
            Map<Uid, MessageSummary> byUid = new HashMap<>();
            rows.forEach(row -> byUid.put(row.ref().uid(), row));
            List<MessageSummary> ordered = new ArrayList<>();
            for (Uid uid : uids(page, size, descending)) {
                MessageSummary row = byUid.get(uid);
                if (row != null) {
                    ordered.add(row);
                }
            }
            return new Slice(Collections.unmodifiableList(ordered), clamped(page, size), uids.size());
        }

        @Nullable
        Place place(Uid uid, boolean descending) {
            int at = uids.indexOf(uid);
            if (at < 0) {
                return null;
            }
            Uid lower = at > 0 ? uids.get(at - 1) : null;
            Uid higher = at < uids.size() - 1 ? uids.get(at + 1) : null;
            return descending
                    ? new Place(uids.size() - at, uids.size(), higher, lower)
                    : new Place(at + 1, uids.size(), lower, higher);
        }
    }
}
