package org.palomar.migration;

import java.util.List;
import java.util.Map;

/**
 * A part of a run after which what was verified is removed, so that a break costs little.
 *
 * @param items all that the source has now
 * @param known what is known of them, by {@link #key}
 * @param todo those to be brought now
 * @param last whether nothing is left then
 */
record Leg(List<Item> items, Map<String, Entry> known, List<Item> todo, boolean last) {

    /** Messages of a leg, at least. */
    private static final int SHORTEST = 1_000;

    static Leg of(List<Item> items, Ledger ledger, String account, boolean removes) {
        List<String> keys =
                items.stream().map(Leg::key).filter(key -> !key.isEmpty()).toList();
        Map<String, Entry> known = ledger.of(account, keys);
        List<Item> todo = items.stream()
                .filter(item -> {
                    Entry entry = known.get(key(item));
                    return entry == null || !entry.isHere();
                })
                .toList();
        // Without names they would all have to be read again.
        boolean whole = !removes || keys.size() < items.size();
        int most = whole ? todo.size() : Math.max(SHORTEST, items.size() / 10);
        boolean last = todo.size() <= most;
        return new Leg(List.copyOf(items), known, last ? todo : todo.subList(0, most), last);
    }

    /** Under which the ledger knows it, or empty where the source has no names for messages. */
    static String key(Item item) {
        return item.key().isEmpty() ? "" : Digests.of(item.key());
    }
}
