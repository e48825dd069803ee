package org.palomar.migration.imap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;
import org.palomar.migration.Item;

/**
 * Goes through the mailboxes of an old server. Three round trips for a mailbox, and one more for every 5,000 messages. For one thread.
 */
final class Listing {

    private static final int PIECE = 5_000;

    static final Listing NONE = new Listing();

    private final List<Item> items = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();

    /** Where in {@link #spots} a message with labels is, by what it is called. */
    private final Map<String, Integer> places = new HashMap<>();

    private final Map<Flags, Flags> known = new HashMap<>();

    /**
     * Where a message lies.
     *
     * @param uid null for a mailbox that cannot be opened, which counts as a message that cannot be read
     * @param arrived null where the server does not say
     */
    record Spot(
            MailboxName mailbox,
            @Nullable UidValidity era,
            @Nullable Uid uid,
            Flags flags,
            @Nullable Instant arrived) {}

    /** What one mailbox gave. */
    private record Found(UidValidity era, List<Uid> uids, Map<Uid, MessageSummary> rows) {}

    /** Reads everything, in the order of the routes. */
    static Listing of(MailSession session, List<Route> routes) {
        Listing listing = new Listing();
        boolean shared = routes.stream().anyMatch(route -> route.kind() != Route.Kind.OWN);
        routes.forEach(route -> listing.add(session, route, shared));
        return listing;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    Spot spot(Item item) {
        return spots.get(item.place());
    }

    List<Spot> spots() {
        return List.copyOf(spots);
    }

    private void add(MailSession session, Route route, boolean shared) {
        Mailbox from = route.from();
        if (from.status() != null && from.status().messages() == 0) {
            return;
        }
        try {
            Found found = session.examine(from.name(), Listing::read);
            add(route, found, shared);
        } catch (ImapException.MailboxMissing | ImapException.Refused failure) {
            if (Reasons.isForNow(failure)) {
                throw failure;
            }
            items.add(new Item(spots.size(), "mailbox/" + from.name().value(), -1, route.to()));
            spots.add(new Spot(from.name(), null, null, Flags.NONE, null));
        }
    }

    private static Found read(OpenMailbox open) {
        Uids all = open.inventory().uids().ascending();
        Map<Uid, MessageSummary> rows = new HashMap<>();
        List<Uid> there = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PIECE) {
            List<Uid> piece = all.list(from, Math.min(all.size(), from + PIECE));
            for (MessageSummary row : open.outlines(piece)) {
                rows.put(row.ref().uid(), row);
            }
            if (piece.stream().allMatch(rows::containsKey)) {
                there.addAll(piece);
                continue;
            }
            // What the server stumbles over is still to be brought; what was removed meanwhile is not.
            Set<Uid> left = new HashSet<>(open.present(
                    piece.stream().filter(uid -> !rows.containsKey(uid)).toList()));
            there.addAll(piece.stream()
                    .filter(uid -> rows.containsKey(uid) || left.contains(uid))
                    .toList());
        }
        return new Found(open.uidValidity(), there, rows);
    }

    private void add(Route route, Found found, boolean shared) {
        Map<String, Integer> alike = new HashMap<>();
        for (Uid uid : found.uids()) {
            MessageSummary row = found.rows().get(uid);
            if (row != null && row.flags().deleted()) {
                continue;
            }
            String name = row == null
                    ? Likeness.of(route.from().name(), found.era(), uid)
                    : numbered(Likeness.of(row), alike);
            Integer place = shared ? places.get(name) : null;
            if (place != null && route.kind() != Route.Kind.OWN) {
                if (route.kind() == Route.Kind.STARS) {
                    star(place);
                }
                continue;
            }
            if (shared) {
                places.putIfAbsent(name, spots.size());
            }
            String key =
                    route.kind() == Route.Kind.OWN ? Likeness.in(route.from().name(), name) : name;
            items.add(new Item(spots.size(), key, row == null ? -1 : row.size(), route.to()));
            spots.add(new Spot(
                    route.from().name(),
                    found.era(),
                    uid,
                    row == null ? Flags.NONE : brought(row.flags()),
                    row == null || row.arrived().equals(Instant.EPOCH) ? null : row.arrived()));
        }
    }

    private static String numbered(String name, Map<String, Integer> alike) {
        int number = alike.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + "/" + number;
    }

    private void star(int place) {
        Spot spot = spots.get(place);
        if (!spot.flags().flagged()) {
            Set<String> more = new HashSet<>(spot.flags().values());
            more.add(Flags.FLAGGED);
            spots.set(
                    place, new Spot(spot.mailbox(), spot.era(), spot.uid(), brought(new Flags(more)), spot.arrived()));
        }
    }

    /** Keywords, and what every server knows (RFC 9051 section 2.3.2); many messages share theirs. */
    private Flags brought(Flags flags) {
        return known.computeIfAbsent(
                flags,
                _ -> new Flags(flags.values().stream()
                        .filter(flag -> !flag.startsWith("\\") || Likeness.STANDARD.has(flag))
                        .collect(Collectors.toSet())));
    }
}
