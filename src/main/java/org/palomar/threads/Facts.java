package org.palomar.threads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of all messages of a mailbox, as arrays, ascending by UID. Immutable; the arrays are never handed out to be
 * changed. A message takes 28 octets and 4 for each message it answers; each identifier that is mentioned takes 8, each
 * different author some 60.
 *
 * @param uids unsigned
 * @param counts how many of {@code nodes} belong to each message: its own first, where it has one, then those it answers
 * @param writers as {@link Fact#author}
 * @param nodes indexes into {@code ids}
 * @param ids hashes of Message-IDs, each once
 * @param authors indexes into {@code names}, or {@link #UNKNOWN}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Facts(
        int[] uids,
        byte[] marks,
        int[] dates,
        int[] subjects,
        long[] people,
        short[] writers,
        int[] authors,
        byte[] counts,
        int[] nodes,
        long[] ids,
        String[] names) {

    static final int UNKNOWN = -1;

    /** Further authors of a mailbox are not known by name. */
    static final int MOST_NAMES = 20_000;

    static final Facts NONE = new Facts(
            new int[0],
            new byte[0],
            new int[0],
            new int[0],
            new long[0],
            new short[0],
            new int[0],
            new byte[0],
            new int[0],
            new long[0],
            new String[0]);

    int size() {
        return uids.length;
    }

    /** Whether the author of one message is the author or a recipient of the other. */
    boolean tookPart(int author, int other) {
        short writer = writers[author];
        long bits = Fact.bits(writer);
        return writer != Fact.NOBODY && (people[other] & bits) == bits;
    }

    /** What the author of a message is called: empty for the person whose mailbox it is, null when unknown. */
    @Nullable
    String name(int index) {
        return authors[index] == UNKNOWN ? null : names[authors[index]];
    }

    /** Where the message is, or a negative number. */
    int indexOf(long uid) {
        int low = 0;
        int high = uids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(uids[middle], (int) uid);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** With these messages too; those already here are passed over. */
    Facts plus(List<Fact> more) {
        List<Fact> arrived = new ArrayList<>(more.size());
        more.stream()
                .sorted(Comparator.comparingLong(fact -> Integer.toUnsignedLong(fact.uid())))
                .forEach(fact -> {
                    boolean twice = !arrived.isEmpty() && arrived.getLast().uid() == fact.uid();
                    if (!twice && indexOf(Integer.toUnsignedLong(fact.uid())) < 0) {
                        arrived.add(fact);
                    }
                });
        return arrived.isEmpty() ? this : new Merge(this, arrived).all();
    }

    /** Whether the messages of {@code before}, which these came from by {@link #plus}, are still the first ones. */
    boolean startsWith(Facts before) {
        int last = before.size() - 1;
        return last < 0 || uids[last] == before.uids[last];
    }

    /** Empty places for so many messages. */
    static Facts room(int size, int nodes, long[] ids) {
        return new Facts(
                new int[size],
                new byte[size],
                new int[size],
                new int[size],
                new long[size],
                new short[size],
                new int[size],
                new byte[size],
                new int[nodes],
                ids,
                new String[0]);
    }

    Facts named(String[] others) {
        return new Facts(uids, marks, dates, subjects, people, writers, authors, counts, nodes, ids, others);
    }

    /** Fills a place as another one was. */
    void copy(int at, Facts from, int index) {
        copy(at, from, index, 1);
    }

    /** Fills so many places as others were. */
    void copy(int at, Facts from, int index, int count) {
        System.arraycopy(from.uids, index, uids, at, count);
        System.arraycopy(from.marks, index, marks, at, count);
        System.arraycopy(from.dates, index, dates, at, count);
        System.arraycopy(from.subjects, index, subjects, at, count);
        System.arraycopy(from.people, index, people, at, count);
        System.arraycopy(from.writers, index, writers, at, count);
        System.arraycopy(from.authors, index, authors, at, count);
        System.arraycopy(from.counts, index, counts, at, count);
    }

    /** Only the messages whose index is wanted; identifiers that nobody mentions any more are forgotten. */
    Facts only(IntPredicate wanted) {
        int size = 0;
        int kept = 0;
        int[] renamed = new int[ids.length];
        int at = 0;
        for (int i = 0; i < size(); i++) {
            if (wanted.test(i)) {
                size++;
                kept += counts[i];
                for (int n = 0; n < counts[i]; n++) {
                    renamed[nodes[at + n]] = 1;
                }
            }
            at += counts[i];
        }
        if (size == size()) {
            return this;
        }
        Facts rest = room(size, kept, ids(renamed));
        int to = 0;
        int node = 0;
        at = 0;
        for (int i = 0; i < size(); i++) {
            if (wanted.test(i)) {
                rest.copy(to++, this, i);
                for (int n = 0; n < counts[i]; n++) {
                    rest.nodes[node++] = renamed[nodes[at + n]] - 1;
                }
            }
            at += counts[i];
        }
        return rest.named(names);
    }

    /** The identifiers that are marked; the mark becomes their new place, from 1. */
    private long[] ids(int[] renamed) {
        long[] kept = new long[ids.length];
        int count = 0;
        for (int node = 0; node < ids.length; node++) {
            if (renamed[node] != 0) {
                kept[count++] = ids[node];
                renamed[node] = count;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Which messages mention one of these identifiers; the worthless ones, by node, do not count. */
    boolean[] mentioning(long[] wanted, boolean[] worthless) {
        long[] sorted = wanted.clone();
        Arrays.sort(sorted);
        boolean[] meant = new boolean[ids.length];
        for (int node = 0; node < ids.length; node++) {
            meant[node] = !worthless[node] && Arrays.binarySearch(sorted, ids[node]) >= 0;
        }
        boolean[] mentioning = new boolean[size()];
        int at = 0;
        for (int i = 0; i < size(); i++) {
            for (int n = 0; n < counts[i]; n++) {
                mentioning[i] |= meant[nodes[at++]];
            }
        }
        return mentioning;
    }

    /** The identifiers that these messages mention. */
    long[] mentionedBy(boolean[] messages) {
        BitSet mentioned = new BitSet(ids.length);
        int at = 0;
        for (int i = 0; i < size(); i++) {
            for (int n = 0; n < counts[i]; n++, at++) {
                if (messages[i]) {
                    mentioned.set(nodes[at]);
                }
            }
        }
        return mentioned.stream().mapToLong(node -> ids[node]).toArray();
    }

    /** Octets of memory, about. */
    int weight() {
        return 28 * size() + 4 * nodes.length + 8 * ids.length + 60 * names.length + 300;
    }
}
