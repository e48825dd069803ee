package org.palomar.mail;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * UIDs in some order, four octets each: 300,000 take 1.2 MB where a list of {@link Uid} takes 7. Immutable and safe for use by
 * many threads.
 */
public final class Uids {

    public static final Uids NONE = new Uids(new int[0]);

    /** Puts unsigned numbers into the order of signed ones, and back. */
    private static final int SIGN = Integer.MIN_VALUE;

    private final int[] values;

    private Uids(int[] values) {
        this.values = values;
    }

    /** In the order of the collection. */
    public static Uids of(Collection<Uid> uids) {
        return new Uids(uids.stream().mapToInt(uid -> (int) uid.value()).toArray());
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /** @param position from 0 */
    public Uid get(int position) {
        return new Uid(Integer.toUnsignedLong(values[position]));
    }

    /** The greatest of them in one pass, or 0 for none. */
    public long highest() {
        int highest = 0;
        for (int value : values) {
            highest = Integer.compareUnsigned(value, highest) > 0 ? value : highest;
        }
        return Integer.toUnsignedLong(highest);
    }

    /** Where the UID lies, from 0, or -1; looks at each. */
    public int indexOf(Uid uid) {
        int wanted = (int) uid.value();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Where the UID lies in an ascending one, from 0, or -1; looks at few. */
    public int placeOf(Uid uid) {
        return search(values, (int) uid.value());
    }

    /** From position {@code from} (inclusive) to {@code to} (exclusive), as single ones. */
    public List<Uid> list(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::get).toList();
    }

    public List<Uid> list() {
        return list(0, size());
    }

    /** The same, lowest first. */
    public Uids ascending() {
        int[] sorted = new int[values.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values[i] ^ SIGN;
        }
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= SIGN;
        }
        return new Uids(sorted);
    }

    /** These and then {@code others}. */
    public Uids and(Uids others) {
        if (others.isEmpty()) {
            return this;
        }
        int[] all = Arrays.copyOf(values, values.length + others.values.length);
        System.arraycopy(others.values, 0, all, values.length, others.values.length);
        return new Uids(all);
    }

    /** These but not {@code others}, in the order they have. */
    public Uids without(Uids others) {
        return filtered(others, false);
    }

    /** Those that are among {@code others} too, in the order they have. */
    public Uids within(Uids others) {
        return filtered(others, true);
    }

    private Uids filtered(Uids others, boolean kept) {
        if (others.isEmpty()) {
            return kept ? NONE : this;
        }
        int[] ascending = others.ascending().values;
        Builder builder = new Builder(size());
        for (int value : values) {
            if (search(ascending, value) >= 0 == kept) {
                builder.append(value);
            }
        }
        return builder.size == size() ? this : builder.build();
    }

    private static int search(int[] ascending, int value) {
        int low = 0;
        int high = ascending.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(ascending[middle], value);
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Uids uids && Arrays.equals(values, uids.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** How many, and the first few. */
    @Override
    public String toString() {
        return size() + " UIDs " + list(0, Math.min(size(), 10));
    }

    /** Collects UIDs; for one thread. */
    public static final class Builder {

        private int[] values;
        private int size;

        /** @param expected how many are likely to come */
        public Builder(int expected) {
            values = new int[Math.max(8, expected)];
        }

        /** @throws IllegalArgumentException for a number that is no UID */
        public Builder add(long uid) {
            if (uid <= 0 || uid > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("a UID is between 1 and 4294967295");
            }
            append((int) uid);
            return this;
        }

        public int size() {
            return size;
        }

        private void append(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1) + 8);
            }
            values[size++] = value;
        }

        public Uids build() {
            return new Uids(size == values.length ? values.clone() : Arrays.copyOf(values, size));
        }
    }
}
