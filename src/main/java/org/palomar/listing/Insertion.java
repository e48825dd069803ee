package org.palomar.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

/**
 * Puts new messages where they belong in an order, without ordering everything again: the server sorts them among some members
 * of the order, then among members of the stretches where they turned out to belong, until each place is known. That is two
 * rounds for one message among 200,000, and its own collation decides, whatever it is. Ties fall where they would in the whole
 * order, since any part is ordered as the whole.
 */
final class Insertion {

    /** Beyond it, ordering everything again is quicker. */
    static final int MOST = 20;

    /** How many messages a round sorts; its command line stays below 6,000 octets. */
    private static final int ROUND = 500;

    /** Each round makes every stretch at least 20 times shorter. */
    private static final int ROUNDS = 10;

    private final Uids order;
    private final Function<Collection<Uid>, Uids> sorter;
    private final Map<Uid, Stretch> stretches = new HashMap<>();

    private Insertion(Uids order, Function<Collection<Uid>, Uids> sorter) {
        this.order = order;
        this.sorter = sorter;
    }

    /** The message goes before one of the positions {@code from} to {@code to} (inclusive). */
    private record Stretch(int from, int to) {
        boolean isKnown() {
            return from == to;
        }
    }

    /**
     * @param newcomers 1 to {@value #MOST}, none of which is in the order; those that the sorter leaves out are gone
     * @param sorter orders those of some UIDs that exist
     * @return the new order, or the old one when the sorter contradicts itself
     */
    static Uids into(Uids order, Uids newcomers, Function<Collection<Uid>, Uids> sorter) {
        return new Insertion(order, sorter).insert(newcomers.list());
    }

    private Uids insert(List<Uid> newcomers) {
        newcomers.forEach(uid -> stretches.put(uid, new Stretch(0, order.size())));
        List<Uid> sorted = round();
        for (int i = 1; i < ROUNDS && !stretches.values().stream().allMatch(Stretch::isKnown); i++) {
            sorted = round();
        }
        Uids.Builder merged = new Uids.Builder(order.size() + sorted.size());
        int at = 0;
        for (Uid uid : sorted) {
            int place = stretches.getOrDefault(uid, new Stretch(0, 0)).from;
            while (at < place) {
                merged.add(order.get(at++).value());
            }
            merged.add(uid.value());
        }
        while (at < order.size()) {
            merged.add(order.get(at++).value());
        }
        return merged.build();
    }

    /** @return the newcomers that exist, in order */
    private List<Uid> round() {
        Map<Uid, Integer> pivots = pivots();
        List<Uid> asked = new ArrayList<>(pivots.keySet());
        asked.addAll(stretches.keySet());
        List<Uid> sorted = sorter.apply(asked).list();
        stretches.keySet().retainAll(Set.copyOf(sorted));
        List<Uid> newcomers = new ArrayList<>();
        int passed = 0;
        for (Uid uid : sorted) {
            Integer pivot = pivots.get(uid);
            if (pivot != null) {
                passed = Math.max(passed, pivot + 1);
            } else if (stretches.containsKey(uid)) {
                newcomers.add(uid);
                int from = passed;
                stretches.computeIfPresent(uid, (u, old) -> new Stretch(Math.clamp(from, old.from, old.to), old.to));
            }
        }
        int next = order.size();
        for (Uid uid : sorted.reversed()) {
            Integer pivot = pivots.get(uid);
            if (pivot != null) {
                next = Math.min(next, pivot);
            } else {
                int to = next;
                stretches.computeIfPresent(uid, (u, old) -> new Stretch(old.from, Math.clamp(to, old.from, old.to)));
            }
        }
        return newcomers;
    }

    /** Members of the order to sort the newcomers among, with their positions, spread over the stretches. */
    private Map<Uid, Integer> pivots() {
        List<Stretch> open = stretches.values().stream()
                .filter(stretch -> !stretch.isKnown())
                .distinct()
                .toList();
        TreeSet<Integer> positions = new TreeSet<>();
        int share = open.isEmpty() ? 0 : (ROUND - stretches.size()) / open.size();
        for (Stretch stretch : open) {
            int length = stretch.to - stretch.from;
            int count = Math.min(length, share);
            for (int i = 0; i < count; i++) {
                positions.add(stretch.from + (int) ((long) length * (2L * i + 1) / (2L * count)));
            }
        }
        Map<Uid, Integer> pivots = new HashMap<>();
        positions.forEach(position -> pivots.put(order.get(position), position));
        return pivots;
    }
}
