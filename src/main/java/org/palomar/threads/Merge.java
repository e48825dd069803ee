package org.palomar.threads;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** {@link Facts} and more messages put together, in the order of their UIDs. */
final class Merge {

    private final Facts before;
    private final List<Fact> arrived;
    private final long[] ids;
    private final Map<Long, Integer> nodeOf;
    private final Map<String, Integer> nameOf = new HashMap<>();

    /** @param arrived ascending by UID, none of them in {@code before} */
    Merge(Facts before, List<Fact> arrived) {
        this.before = before;
        this.arrived = arrived;
        long[] mentioned = mentioned();
        this.ids = withNew(mentioned);
        this.nodeOf = HashMap.newHashMap(mentioned.length);
        for (int node = 0; node < ids.length; node++) {
            if (Arrays.binarySearch(mentioned, ids[node]) >= 0) {
                nodeOf.put(ids[node], node);
            }
        }
        for (String name : before.names()) {
            nameOf.putIfAbsent(name, nameOf.size());
        }
    }

    Facts all() {
        int size = before.size() + arrived.size();
        int added = arrived.stream().mapToInt(Merge::nodeCount).sum();
        Facts all = Facts.room(size, before.nodes().length + added, ids);
        int next = 0;
        int from = 0;
        int to = 0;
        int at = 0;
        while (at < size) {
            int same = next < arrived.size() ? olderThan(arrived.get(next).uid(), at - next) : size - at;
            all.copy(at, before, at - next, same);
            int nodes = 0;
            for (int i = at - next; i < at - next + same; i++) {
                nodes += before.counts()[i];
            }
            System.arraycopy(before.nodes(), from, all.nodes(), to, nodes);
            from += nodes;
            to += nodes;
            at += same;
            if (next < arrived.size()) {
                to = set(all, at++, arrived.get(next++), to);
            }
        }
        String[] names = new String[nameOf.size()];
        nameOf.forEach((name, place) -> names[place] = name);
        return all.named(names);
    }

    /** How many of the messages known come before this one, from an index on. */
    private int olderThan(int uid, int index) {
        int count = 0;
        while (index + count < before.size() && Integer.compareUnsigned(before.uids()[index + count], uid) < 0) {
            count++;
        }
        return count;
    }

    private int set(Facts all, int at, Fact fact, int node) {
        all.uids()[at] = fact.uid();
        all.marks()[at] = fact.marks();
        all.dates()[at] = fact.date();
        all.subjects()[at] = fact.subject();
        all.people()[at] = fact.people();
        all.writers()[at] = fact.author();
        String name = fact.name();
        Integer known = name == null ? Integer.valueOf(Facts.UNKNOWN) : nameOf.get(name);
        if (known == null && nameOf.size() < Facts.MOST_NAMES) {
            known = nameOf.size();
            nameOf.put(name, known);
        }
        all.authors()[at] = known == null ? Facts.UNKNOWN : known;
        all.counts()[at] = (byte) nodeCount(fact);
        int next = node;
        if (fact.own() != 0) {
            all.nodes()[next++] = nodeOf.getOrDefault(fact.own(), 0);
        }
        for (long ancestor : fact.ancestors()) {
            all.nodes()[next++] = nodeOf.getOrDefault(ancestor, 0);
        }
        return next;
    }

    private static int nodeCount(Fact fact) {
        return (fact.own() == 0 ? 0 : 1) + fact.ancestors().length;
    }

    /** The identifiers known and then those that are new. */
    private long[] withNew(long[] mentioned) {
        boolean[] known = new boolean[mentioned.length];
        for (long id : before.ids()) {
            int at = Arrays.binarySearch(mentioned, id);
            if (at >= 0) {
                known[at] = true;
            }
        }
        long[] all = Arrays.copyOf(before.ids(), before.ids().length + mentioned.length);
        int to = before.ids().length;
        for (int i = 0; i < mentioned.length; i++) {
            if (!known[i]) {
                all[to++] = mentioned[i];
            }
        }
        return Arrays.copyOf(all, to);
    }

    /** Each once, sorted. */
    private long[] mentioned() {
        return arrived.stream()
                .flatMapToLong(fact -> LongStream.concat(LongStream.of(fact.own()), Arrays.stream(fact.ancestors())))
                .filter(id -> id != 0)
                .distinct()
                .sorted()
                .toArray();
    }
}
