package org.palomar.imap.angus;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;

/**
 * Rows that a connection has read from its mailbox. Under one UID nothing of a message changes but its flags (RFC 9051 section
 * 2.3.1.1), so only those need be asked for again. At most 250 rows, about half a megabyte, gone with the selection. Sequence numbers
 * only help to guess what is known; a row is found by the UID that the server sends.
 */
final class KnownRows {

    private static final int MOST = 250;

    private final Map<Uid, MessageSummary> rows = new LinkedHashMap<>(64, 0.75f, true);
    private final TreeMap<Integer, Uid> numbers = new TreeMap<>();

    /** Takes in a row with all its items; it is the last to be forgotten. */
    void put(MessageSummary row) {
        rows.put(row.ref().uid(), row);
        numbers.put(row.sequence(), row.ref().uid());
        if (rows.size() > MOST) {
            Uid oldest = rows.keySet().iterator().next();
            rows.remove(oldest);
            numbers.values().remove(oldest);
        }
    }

    /** A row that was known, with the number and the flags it has now. */
    MessageSummary now(MessageSummary known, int sequence, Flags flags) {
        MessageSummary now = known.sequence() == sequence && known.flags().equals(flags)
                ? known
                : new MessageSummary(
                        known.ref(),
                        sequence,
                        known.envelope(),
                        flags,
                        known.arrived(),
                        known.size(),
                        known.body(),
                        known.preview());
        put(now);
        return now;
    }

    /** Those of these rows that are known. */
    Map<Uid, MessageSummary> of(Collection<Uid> uids) {
        Map<Uid, MessageSummary> found = new HashMap<>();
        for (Uid uid : uids) {
            MessageSummary row = rows.get(uid);
            if (row != null) {
                found.put(uid, row);
            }
        }
        return found;
    }

    /** Those with sequence numbers in this range that are known. */
    Map<Uid, MessageSummary> between(int low, int high) {
        return of(List.copyOf(numbers.subMap(low, true, high, true).values()));
    }

    boolean has(Uid uid) {
        return rows.containsKey(uid);
    }

    /** Whether the row with this sequence number is known, as far as one can tell. */
    boolean has(int sequence) {
        return uid(sequence) != null;
    }

    @Nullable
    Uid uid(int sequence) {
        return numbers.get(sequence);
    }

    /** Takes out one row; those behind it move up (RFC 9051 section 7.5.1). */
    void expunge(int sequence) {
        Uid gone = numbers.remove(sequence);
        if (gone != null) {
            rows.remove(gone);
        }
        Map<Integer, Uid> behind = numbers.tailMap(sequence, false);
        Map<Integer, Uid> moved = new TreeMap<>();
        behind.forEach((number, uid) -> moved.put(number - 1, uid));
        behind.clear();
        numbers.putAll(moved);
    }

    void clear() {
        rows.clear();
        numbers.clear();
    }
}
