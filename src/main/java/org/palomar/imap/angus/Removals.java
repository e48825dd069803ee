package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

/**
 * Finds the few messages that went from a large mailbox, in two round trips and a few kilobytes on any server. A message that
 * went makes all after it move up: where the UID at a sequence number is not the one that used to be there, something went
 * before it. So some sequence numbers are looked at to find the stretches with a gap, then those stretches. Nothing moves
 * meanwhile, since no EXPUNGE may come with a FETCH (RFC 9051 section 7.5.1).
 */
final class Removals {

    /** How many sequence numbers are looked at first; their command line stays below 6,000 octets. */
    private static final int PROBES = 500;

    private final ImapConnection connection;
    private final Uids known;
    private final int left;

    /** The place from 0 in {@link #known} of the message with a sequence number, for those looked at. */
    private final TreeMap<Integer, Integer> places = new TreeMap<>();

    /**
     * @param known ascending; whatever has arrived since is beyond it
     * @param gone how many of them went, at least 1
     */
    Removals(ImapConnection connection, Uids known, int gone) {
        this.connection = connection;
        this.known = known;
        this.left = known.size() - gone;
    }

    /** What went, ascending; empty when the answers do not fit together. */
    Optional<Uids> find() {
        places.put(0, -1);
        places.put(left + 1, known.size());
        List<String> probes = new ArrayList<>();
        for (int i = 1; i <= PROBES; i++) {
            probes.add(Long.toString(Math.max(1, (long) left * i / PROBES)));
        }
        boolean fits = look(probes.stream().distinct().toList()) && look(stretches());
        Uids.Builder gone = new Uids.Builder(0);
        for (Map.Entry<Integer, Integer> place : places.entrySet()) {
            Map.Entry<Integer, Integer> next = places.higherEntry(place.getKey());
            if (next != null && gap(place, next) != 0) {
                fits &= next.getKey() == place.getKey() + 1 && gap(place, next) > 0;
                for (int i = place.getValue() + 1; fits && i < next.getValue(); i++) {
                    gone.add(known.get(i).value());
                }
            }
        }
        return fits && gone.size() == known.size() - left ? Optional.of(gone.build()) : Optional.empty();
    }

    /** How many went between two messages. */
    private static int gap(Map.Entry<Integer, Integer> place, Map.Entry<Integer, Integer> next) {
        return (next.getValue() - place.getValue()) - (next.getKey() - place.getKey());
    }

    private List<String> stretches() {
        List<String> stretches = new ArrayList<>();
        places.forEach((sequence, place) -> {
            Map.Entry<Integer, Integer> next = places.higherEntry(sequence);
            if (next != null && next.getKey() > sequence + 1 && gap(Map.entry(sequence, place), next) != 0) {
                stretches.add((sequence + 1) + ":" + (next.getKey() - 1));
            }
        });
        return stretches;
    }

    /** @return whether the answer can be believed */
    private boolean look(List<String> sequences) {
        if (sequences.isEmpty()) {
            return true;
        }
        Answer answer = connection.run(Command.read("FETCH " + String.join(",", sequences) + " (UID)"));
        boolean fits =
                answer.completion().isOK() && answer.data("EXPUNGE").findAny().isEmpty();
        for (Map.Entry<Integer, Map<String, Value>> found :
                FetchedMessages.of(answer).known().headMap(left, true).entrySet()) {
            Uid uid = SummaryItems.uid(found.getValue());
            int place = uid == null ? -1 : known.placeOf(uid);
            fits &= place >= 0;
            places.put(found.getKey(), place);
        }
        return fits;
    }
}
