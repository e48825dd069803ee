package org.palomar.threads;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of a mailbox's messages belong together: Jamie Zawinski's method (RFC 5256 REFERENCES) reduced to what a list
 * needs. Two messages belong together when one names the other, or both name a third, whether that one is there or not. That
 * is a union of sets, so neither the order of arrival nor a cycle nor a chain of any length matters, and adding messages
 * later gives what grouping all of them gives. Linear in messages and references. Immutable; 8 octets a message.
 *
 * <p>An identifier that messages of different subjects claim as their own says nothing and joins nobody. A message that is
 * an answer by its subject alone joins the nearest earlier one of the same subject, of the {@value #DAYS} days before,
 * whose author it goes to or comes from and in which its own author took part.
 */
final class Conversations {

    /** How many days an answer without references may come after what it answers. */
    static final int DAYS = 60;

    private static final long WINDOW = DAYS * 86_400L;

    /** How many earlier messages of the same subject are looked at. */
    private static final int MOST_STEPS = 200;

    private static final int NONE = -1;

    /** Indexes of the newest message of each conversation, the newest conversation first. */
    private final int[] heads;

    /** The next older message of the same conversation; the oldest one leads back to the newest. */
    private final int[] older;

    Conversations(int[] heads, int[] older) {
        this.heads = heads;
        this.older = older;
    }

    static Conversations of(Facts facts) {
        int[] joined = new int[facts.size()];
        Arrays.setAll(joined, i -> i);
        byReferences(facts, joined);
        bySubject(facts, joined);
        return chained(joined);
    }

    private static void byReferences(Facts facts, int[] joined) {
        boolean[] worthless = ambiguous(facts);
        int[] first = new int[facts.ids().length];
        Arrays.fill(first, NONE);
        int at = 0;
        for (int i = 0; i < facts.size(); i++) {
            for (int n = 0; n < facts.counts()[i]; n++, at++) {
                int node = facts.nodes()[at];
                if (first[node] == NONE) {
                    first[node] = i;
                } else if (!worthless[node]) {
                    join(joined, first[node], i);
                }
            }
        }
    }

    /** Identifiers that several messages of different subjects claim as their own. */
    static boolean[] ambiguous(Facts facts) {
        int[] owner = new int[facts.ids().length];
        Arrays.fill(owner, NONE);
        boolean[] ambiguous = new boolean[facts.ids().length];
        int at = 0;
        for (int i = 0; i < facts.size(); i++) {
            if ((facts.marks()[i] & Fact.OWN) != 0) {
                int node = facts.nodes()[at];
                ambiguous[node] |= owner[node] != NONE && facts.subjects()[owner[node]] != facts.subjects()[i];
                owner[node] = i;
            }
            at += facts.counts()[i];
        }
        return ambiguous;
    }

    private static void bySubject(Facts facts, int[] joined) {
        int[] orphaned = orphanedSubjects(facts);
        if (orphaned.length == 0) {
            return;
        }
        Integer[] candidates = IntStream.range(0, facts.size())
                .filter(i -> facts.dates()[i] != 0 && Arrays.binarySearch(orphaned, facts.subjects()[i]) >= 0)
                .boxed()
                .sorted((a, b) -> order(facts, a, b))
                .toArray(Integer[]::new);
        for (int c = 0; c < candidates.length; c++) {
            if ((facts.marks()[candidates[c]] & Fact.ORPHAN) != 0) {
                int parent = parent(facts, candidates, c);
                if (parent != NONE) {
                    join(joined, parent, candidates[c]);
                }
            }
        }
    }

    private static int[] orphanedSubjects(Facts facts) {
        int[] subjects = new int[facts.size()];
        int count = 0;
        for (int i = 0; i < facts.size(); i++) {
            if ((facts.marks()[i] & Fact.ORPHAN) != 0 && facts.subjects()[i] != 0 && facts.dates()[i] != 0) {
                subjects[count++] = facts.subjects()[i];
            }
        }
        int[] found = Arrays.copyOf(subjects, count);
        Arrays.sort(found);
        return found;
    }

    /** By subject, then by date; equal ones by what they are, never by when they came. */
    private static int order(Facts facts, int a, int b) {
        int order = Integer.compare(facts.subjects()[a], facts.subjects()[b]);
        order = order != 0 ? order : Integer.compareUnsigned(facts.dates()[a], facts.dates()[b]);
        order = order != 0 ? order : Long.compare(facts.people()[a], facts.people()[b]);
        return order != 0 ? order : Short.compare(facts.writers()[a], facts.writers()[b]);
    }

    private static int parent(Facts facts, Integer[] candidates, int at) {
        int answer = candidates[at];
        long date = Integer.toUnsignedLong(facts.dates()[answer]);
        for (int c = at - 1; c >= Math.max(0, at - MOST_STEPS); c--) {
            int earlier = candidates[c];
            if (facts.subjects()[earlier] != facts.subjects()[answer]
                    || date - Integer.toUnsignedLong(facts.dates()[earlier]) > WINDOW) {
                return NONE;
            }
            if (facts.tookPart(earlier, answer) && facts.tookPart(answer, earlier)) {
                return earlier;
            }
        }
        return NONE;
    }

    private static void join(int[] joined, int a, int b) {
        int x = root(joined, a);
        int y = root(joined, b);
        // The newer one is the root, so that chains point upwards whatever is joined first.
        joined[Math.min(x, y)] = Math.max(x, y);
    }

    private static int root(int[] joined, int of) {
        int at = of;
        while (joined[at] != at) {
            joined[at] = joined[joined[at]];
            at = joined[at];
        }
        return at;
    }

    private static Conversations chained(int[] joined) {
        int size = joined.length;
        int[] heads = new int[size];
        int[] older = new int[size];
        int[] oldest = new int[size];
        int count = 0;
        for (int i = size - 1; i >= 0; i--) {
            int head = root(joined, i);
            if (head == i) {
                heads[count++] = i;
            } else {
                older[oldest[head]] = i;
            }
            oldest[head] = i;
            older[i] = head;
        }
        return new Conversations(Arrays.copyOf(heads, count), older);
    }

    int count() {
        return heads.length;
    }

    /** How many messages there are. */
    int size() {
        return older.length;
    }

    /** The newest messages of all conversations, the newest first. */
    IntStream heads() {
        return Arrays.stream(heads);
    }

    /** What leads from each message to the next older one, with room for so many messages. */
    int[] older(int size) {
        return Arrays.copyOf(older, size);
    }

    /** The newest message of a conversation, counted from the newest one, 0. */
    int head(int rank) {
        return heads[rank];
    }

    /** How many conversations are newer than that of this message. */
    int rank(int anyone) {
        int head = headOf(older, anyone);
        int low = 0;
        int high = heads.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heads[middle] > head) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static int headOf(int[] older, int anyone) {
        int at = anyone;
        while (older[at] < at) {
            at = older[at];
        }
        return older[at];
    }

    /** Where one message of a conversation is marked, all of them are. */
    boolean[] whole(boolean[] some) {
        boolean[] all = some.clone();
        for (int i = 0; i < some.length; i++) {
            if (some[i]) {
                for (int at = older[i]; at != i && !some[at]; at = older[at]) {
                    all[at] = true;
                }
            }
        }
        return all;
    }

    /** All messages of the conversation, the newest first. */
    int[] members(int anyone) {
        return members(older, anyone);
    }

    static int[] members(int[] older, int anyone) {
        int head = headOf(older, anyone);
        int[] members = new int[8];
        int count = 0;
        int at = head;
        do {
            members = count == members.length ? Arrays.copyOf(members, count * 2) : members;
            members[count++] = at;
            at = older[at];
        } while (at != head);
        return Arrays.copyOf(members, count);
    }

    /** Octets of memory, about. */
    int weight() {
        return 4 * (heads.length + older.length) + 100;
    }
}
