package org.palomar.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

class InsertionTest {

    private final Map<Uid, Integer> keys = new HashMap<>();
    private final Set<Uid> gone = new HashSet<>();
    private int rounds;

    /** As a server sorts: by key, ties by UID, what is gone left out. */
    private Uids sorted(Collection<Uid> uids) {
        return Uids.of(uids.stream()
                .filter(uid -> !gone.contains(uid))
                .sorted(Comparator.<Uid, Integer>comparing(keys::get).thenComparing(Comparator.naturalOrder()))
                .toList());
    }

    /** Few different keys, so that many are equal, and many, so that few are. */
    @ParameterizedTest
    @CsvSource({"500,1,3", "1000,3,1", "1000,20,7", "30000,1,30000", "30000,5,50", "100000,20,100000", "100000,2,1"})
    void newcomersComeWhereTheWholeOrderWouldPutThem(int messages, int newcomers, int differentKeys) {
        Random random = new Random(messages + newcomers);
        List<Uid> old = new ArrayList<>();
        List<Uid> fresh = new ArrayList<>();
        for (int i = 1; i <= messages + newcomers; i++) {
            Uid uid = new Uid(4_000_000_000L + i);
            keys.put(uid, random.nextInt(differentKeys));
            (i <= messages ? old : fresh).add(uid);
        }
        Uids order = sorted(old);
        Function<Collection<Uid>, Uids> sorter = uids -> {
            rounds++;
            assertThat(uids.size()).as("what fits into a command line").isLessThanOrEqualTo(500);
            return sorted(uids);
        };

        Uids merged = Insertion.into(order, Uids.of(fresh), sorter);

        List<Uid> all = new ArrayList<>(old);
        all.addAll(fresh);
        assertThat(merged).isEqualTo(sorted(all));
        assertThat(rounds).isLessThanOrEqualTo(5);

        // One newcomer and some of the others went meanwhile: the rest is still in order.
        gone.add(fresh.getFirst());
        gone.addAll(old.subList(0, messages / 10));
        Uids partly = Insertion.into(order, Uids.of(fresh), sorter);
        assertThat(partly.size()).isEqualTo(messages + newcomers - 1);
        assertThat(partly.without(Uids.of(gone))).isEqualTo(sorted(all));
    }
}
