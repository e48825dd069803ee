package org.palomar.mail;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * UIDs of one mailbox and one era, ascending, kept as ranges: all of a large mailbox takes a few octets. Immutable; written
 * as RFC 9051 section 4.1.1 writes a set, such as {@code 1:3,7}.
 */
public final class UidSet extends AbstractSet<Uid> {

    public static final UidSet NONE = new UidSet(new long[0], new long[0]);

    private final long[] first;
    private final long[] last;
    private final int size;

    private UidSet(long[] first, long[] last) {
        this.first = first;
        this.last = last;
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += last[i] - first[i] + 1;
        }
        this.size = Math.toIntExact(sum);
    }

    public static UidSet of(Collection<Uid> uids) {
        return uids instanceof UidSet set
                ? set
                : of(uids.stream().mapToLong(Uid::value).sorted().distinct().toArray());
    }

    private static UidSet of(long[] ascending) {
        long[] first = new long[ascending.length];
        long[] last = new long[ascending.length];
        int n = 0;
        for (long uid : ascending) {
            if (n > 0 && last[n - 1] == uid - 1) {
                last[n - 1] = uid;
            } else {
                first[n] = uid;
                last[n++] = uid;
            }
        }
        return n == 0 ? NONE : new UidSet(Arrays.copyOf(first, n), Arrays.copyOf(last, n));
    }

    /** Into sets of at most {@code most} UIDs, in order. */
    public List<UidSet> cut(int most) {
        List<UidSet> pieces = new ArrayList<>();
        long[] all = values().toArray();
        for (int from = 0; from < all.length; from += most) {
            pieces.add(of(Arrays.copyOfRange(all, from, Math.min(all.length, from + most))));
        }
        return pieces;
    }

    /** Those of this set that are in the other too. */
    public UidSet and(UidSet other) {
        return of(values().filter(other::holds).toArray());
    }

    /** Those of this set that are not in the other. */
    public UidSet minus(Collection<Uid> other) {
        UidSet without = of(other);
        return of(values().filter(uid -> !without.holds(uid)).toArray());
    }

    /** Those up to and with this one. */
    public UidSet upTo(Uid most) {
        return of(values().takeWhile(uid -> uid <= most.value()).toArray());
    }

    /** How many ranges it takes: a measure of the memory, 16 octets each. */
    public int ranges() {
        return first.length;
    }

    private LongStream values() {
        return LongStream.range(0, first.length).flatMap(i -> LongStream.rangeClosed(first[(int) i], last[(int) i]));
    }

    private boolean holds(long uid) {
        int at = Arrays.binarySearch(first, uid);
        return at >= 0 || (at < -1 && uid <= last[-at - 2]);
    }

    @Override
    public boolean contains(Object other) {
        return other instanceof Uid uid && holds(uid.value());
    }

    @Override
    public Iterator<Uid> iterator() {
        return values().mapToObj(Uid::new).iterator();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet set
                ? Arrays.equals(first, set.first) && Arrays.equals(last, set.last)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < first.length; i++) {
            text.append(i == 0 ? "" : ",").append(first[i]);
            if (last[i] > first[i]) {
                text.append(':').append(last[i]);
            }
        }
        return text.toString();
    }
}
