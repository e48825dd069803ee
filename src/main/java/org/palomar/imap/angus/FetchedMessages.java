package org.palomar.imap.angus;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The items of FETCH responses by message sequence number, renumbered by every EXPUNGE that came after them, so that the numbers
 * are right as of the last response.
 */
final class FetchedMessages {

    private TreeMap<Integer, Map<String, Value>> items = new TreeMap<>();
    private TreeSet<Integer> malformed = new TreeSet<>();

    static FetchedMessages of(Answer answer) {
        FetchedMessages fetched = new FetchedMessages();
        answer.untagged().forEach(fetched::add);
        return fetched;
    }

    private void add(WireResponse response) {
        if (response.isData("EXPUNGE")) {
            expunge(response.getNumber());
        } else if (response.isData("FETCH")) {
            try {
                // A server may split one message over several responses, or add one with news of its flags.
                items.computeIfAbsent(response.getNumber(), n -> new HashMap<>())
                        .putAll(response.values().fetchItems());
            } catch (ValueReader.Malformed e) {
                malformed.add(response.getNumber());
            }
        }
    }

    private void expunge(int sequence) {
        TreeMap<Integer, Map<String, Value>> moved = new TreeMap<>(items.headMap(sequence));
        items.tailMap(sequence, false).forEach((n, value) -> moved.put(n - 1, value));
        items = moved;
        TreeSet<Integer> shifted = new TreeSet<>(malformed.headSet(sequence));
        malformed.tailSet(sequence, false).forEach(n -> shifted.add(n - 1));
        malformed = shifted;
    }

    /** Items by sequence number, ascending; only messages whose UID came. */
    NavigableMap<Integer, Map<String, Value>> known() {
        TreeMap<Integer, Map<String, Value>> known = new TreeMap<>(items);
        known.values().removeIf(value -> !value.containsKey("UID"));
        return known;
    }

    /** Messages with a response that does not follow the grammar. */
    Set<Integer> malformed() {
        return malformed;
    }
}
