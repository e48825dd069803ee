package org.palomar.threads;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a few messages that came behind all others into conversations that are known. Gives what grouping everything gives, for a
 * small part of the time; where a newcomer can change how others belong together, nothing.
 */
final class Growth {

    /** For more messages at once it is not worth it. */
    private static final int MOST = 50;

    private final Facts facts;
    private final int from;
    private final int[] older;
    private final boolean[] worthless;

    /** A message that mentions the identifier, by node. */
    private final Map<Integer, Integer> mentioning = new HashMap<>();

    private final Set<Integer> superseded = new HashSet<>();

    private Growth(Conversations before, Facts facts, boolean[] worthless) {
        this.facts = facts;
        this.from = before.size();
        this.older = before.older(facts.size());
        this.worthless = worthless;
    }

    /**
     * The conversations of {@code now}, which begins with the messages of {@code before}.
     *
     * @return null when everything has to be grouped anew
     */
    static @Nullable Conversations of(Conversations before, Facts now) {
        int from = before.size();
        if (from == 0 || now.size() - from > MOST || isAnsweredBySubject(now, from)) {
            return null;
        }
        Growth growth = new Growth(before, now, Conversations.ambiguous(now));
        return growth.look() ? growth.grown(before) : null;
    }

    /** Whether a newcomer has the subject of an answer without references: it may be what that answers, or be one. */
    private static boolean isAnsweredBySubject(Facts facts, int from) {
        Set<Integer> subjects = new HashSet<>();
        for (int i = from; i < facts.size(); i++) {
            subjects.add(facts.subjects()[i]);
        }
        for (int i = 0; i < facts.size(); i++) {
            if ((facts.marks()[i] & Fact.ORPHAN) != 0 && subjects.contains(facts.subjects()[i])) {
                return true;
            }
        }
        return false;
    }

    /** Finds who mentions what the newcomers mention; false when one of them makes an identifier worthless. */
    private boolean look() {
        BitSet wanted = new BitSet(facts.ids().length);
        int at = nodesBefore();
        int old = at;
        for (int i = from; i < facts.size(); i++) {
            if ((facts.marks()[i] & Fact.OWN) != 0 && worthless[facts.nodes()[at]]) {
                return false;
            }
            for (int n = 0; n < facts.counts()[i]; n++) {
                wanted.set(facts.nodes()[at++]);
            }
        }
        int node = 0;
        for (int i = 0; node < old; i++) {
            for (int n = 0; n < facts.counts()[i]; n++, node++) {
                if (wanted.get(facts.nodes()[node])) {
                    mentioning.putIfAbsent(facts.nodes()[node], i);
                }
            }
        }
        return true;
    }

    private int nodesBefore() {
        int newer = 0;
        for (int i = from; i < facts.size(); i++) {
            newer += facts.counts()[i];
        }
        return facts.nodes().length - newer;
    }

    private Conversations grown(Conversations before) {
        int at = nodesBefore();
        for (int i = from; i < facts.size(); i++) {
            Set<Integer> heads = new HashSet<>();
            for (int n = 0; n < facts.counts()[i]; n++) {
                int node = facts.nodes()[at++];
                Integer other = worthless[node] ? null : mentioning.put(node, i);
                if (other != null && other != i) {
                    heads.add(Conversations.headOf(older, other));
                }
            }
            join(i, heads);
            superseded.addAll(heads);
        }
        int[] heads = IntStream.concat(
                        IntStream.range(from, facts.size()).map(i -> from + facts.size() - 1 - i), before.heads())
                .filter(head -> !superseded.contains(head))
                .toArray();
        return new Conversations(heads, older);
    }

    /** The newcomer leads everybody in these conversations. */
    private void join(int newest, Set<Integer> heads) {
        int[] members = heads.stream()
                .flatMapToInt(head -> Arrays.stream(Conversations.members(older, head)))
                .sorted()
                .toArray();
        int newer = newest;
        for (int i = members.length - 1; i >= 0; i--) {
            older[newer] = members[i];
            newer = members[i];
        }
        older[newer] = newest;
    }
}
