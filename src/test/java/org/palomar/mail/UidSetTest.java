package org.palomar.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UidSetTest {

    private static List<Uid> uids(long... values) {
        List<Uid> uids = new ArrayList<>();
        for (long value : values) {
            uids.add(new Uid(value));
        }
        return uids;
    }

    @Test
    void isWrittenAsRanges() {
        assertThat(UidSet.of(uids(7, 3, 2, 1, 7, 9))).hasToString("1:3,7,9");
        assertThat(UidSet.of(uids(4_294_967_295L, 4_294_967_294L))).hasToString("4294967294:4294967295");
        assertThat(UidSet.NONE).hasToString("").isEmpty();
    }

    @Test
    void isCutInOrderIntoPiecesThatHoldEachOnce() {
        UidSet set = UidSet.of(uids(1, 2, 3, 4, 5, 8, 10, 11, 12));
        List<UidSet> pieces = set.cut(4);
        assertThat(pieces).map(UidSet::toString).containsExactly("1:4", "5,8,10:11", "12");
        assertThat(UidSet.NONE.cut(4)).isEmpty();
    }

    @Test
    void behavesAsASet() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Set<Uid> a = some(random);
            Set<Uid> b = some(random);
            UidSet set = UidSet.of(a);
            assertThat(set).containsExactlyElementsOf(a).hasSize(a.size()).isEqualTo(a);
            Set<Uid> both = new TreeSet<>(a);
            both.retainAll(b);
            assertThat(set.and(UidSet.of(b))).containsExactlyElementsOf(both);
            Set<Uid> rest = new TreeSet<>(a);
            rest.removeAll(b);
            assertThat(set.minus(b)).containsExactlyElementsOf(rest);
            assertThat(set.upTo(new Uid(30))).allMatch(uid -> uid.value() <= 30);
            for (long value = 1; value < 70; value++) {
                assertThat(set.contains(new Uid(value))).isEqualTo(a.contains(new Uid(value)));
            }
        }
    }

    private static Set<Uid> some(Random random) {
        Set<Uid> uids = new TreeSet<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            uids.add(new Uid(1 + random.nextInt(60)));
        }
        return uids;
    }
}
