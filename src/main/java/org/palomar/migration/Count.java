package org.palomar.migration;

import java.time.Instant;
import java.util.Map;
import org.palomar.migration.Entry.State;

/** The numbers of a run, right also after it was interrupted. For one thread. */
final class Count {

    private final Instant begun;
    private long total;
    private long totalOctets;
    private long copied;
    private long copiedOctets;
    private long present;
    private long skipped;
    private long verified;
    private long removed;

    Count(Instant begun) {
        this.begun = begun;
    }

    Instant begun() {
        return begun;
    }

    /** @param before what the ledger says of this run so far */
    void begin(Leg leg, Map<State, long[]> before) {
        skipped = 0;
        copied = messages(before, State.STORED) + messages(before, State.VERIFIED) + messages(before, State.REMOVED);
        copiedOctets = octets(before, State.STORED) + octets(before, State.VERIFIED) + octets(before, State.REMOVED);
        verified = messages(before, State.VERIFIED) + messages(before, State.REMOVED);
        long ours = 0;
        present = 0;
        long octets = 0;
        boolean sized = true;
        for (Item item : leg.items()) {
            Entry entry = leg.known().get(Leg.key(item));
            if (entry != null && entry.isHere()) {
                if (entry.at().isBefore(begun)) {
                    present++;
                } else {
                    ours++;
                }
            } else {
                octets += Math.max(0, item.octets());
                sized &= item.octets() >= 0;
            }
        }
        total = leg.items().size() + copied - ours;
        totalOctets = sized ? octets + copiedOctets : -1;
        removed = Math.max(removed, messages(before, State.REMOVED));
    }

    private static long messages(Map<State, long[]> counts, State state) {
        return counts.getOrDefault(state, new long[2])[0];
    }

    private static long octets(Map<State, long[]> counts, State state) {
        return counts.getOrDefault(state, new long[2])[1];
    }

    void copied(Entry entry) {
        copied++;
        copiedOctets += entry.octets();
        if (entry.state() == State.VERIFIED) {
            verified++;
        }
    }

    /** A message without a name turned out to be one that was brought before. */
    void known(Entry entry) {
        if (entry.at().isBefore(begun)) {
            present++;
        } else {
            total--;
        }
    }

    void skipped() {
        skipped++;
    }

    void removed(long messages) {
        removed += messages;
    }

    Progress now() {
        return new Progress(total, totalOctets, copied, copiedOctets, present, skipped, verified, removed);
    }
}
