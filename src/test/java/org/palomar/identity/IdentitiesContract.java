package org.palomar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;

/** Who somebody is to others, on any database. */
abstract class IdentitiesContract {

    private final SignedIn alice = new SignedIn("alice-" + UUID.randomUUID(), "a");
    private final SignedIn bob = new SignedIn("bob-" + UUID.randomUUID(), "b");

    abstract Store store();

    private Identities identities() {
        return new Identities(store(), new AddressProperties("palomar.example"), new SettableClock());
    }

    private static Identity work(boolean standard) {
        return new Identity(
                "", "Work@Firm.example", "Alice; drop table", "", true, "Alice\nRoofs", "<b>Alice</b>", standard);
    }

    @Test
    void theAccountIsAlwaysOne() {
        Identity only = identities().standard(alice);
        assertThat(only.address()).isEqualTo(alice.username() + "@palomar.example");
        assertThat(only.standard()).isTrue();
        assertThat(identities().of(alice)).containsExactly(only);
    }

    @Test
    void keepsChangesAndRemoves() {
        Identities identities = identities();
        assertThat(identities.keep(alice, work(false))).isTrue();
        assertThat(identities.keep(alice, work(false))).as("twice").isFalse();
        assertThat(identities.of(bob)).as("each for oneself").hasSize(1);
        List<Identity> both = identities.of(alice);
        assertThat(both)
                .extracting(Identity::address)
                .containsExactly(alice.username() + "@palomar.example", "work@firm.example");
        Identity kept = both.get(1);
        assertThat(kept.asStandard(false).at("x"))
                .isEqualTo(new Identity(
                        kept.id(), "x", "Alice; drop table", "", true, "Alice\nRoofs", "<b>Alice</b>", false));
        assertThat(identities.keep(bob, kept)).as("not bob's").isFalse();
        assertThat(identities.keep(alice, kept.asStandard(true))).isTrue();
        assertThat(identities.standard(alice).address()).isEqualTo("work@firm.example");
        identities.remove(bob, kept.id());
        assertThat(identities.of(alice)).hasSize(2);
        identities.remove(alice, kept.id());
        assertThat(identities.of(alice)).hasSize(1);
    }

    @Test
    void anAnswerGoesOutFromWhereTheMessageCame() {
        Identities identities = identities();
        identities.keep(alice, work(false));
        assertThat(identities
                        .reachedBy(alice, List.of("x@y.example", "WORK@firm.example"))
                        .address())
                .isEqualTo("work@firm.example");
        assertThat(identities
                        .reachedBy(alice, List.of("work+tiles@firm.example"))
                        .address())
                .isEqualTo("work+tiles@firm.example");
        assertThat(identities.from(alice, "work+tiles@firm.example").name()).isEqualTo("Alice; drop table");
        assertThat(identities.from(alice, "boss@firm.example").address())
                .as("not theirs")
                .isEqualTo(alice.username() + "@palomar.example");
        assertThat(identities.isOwn(alice, "work+x@firm.example")).isTrue();
        assertThat(identities.isOwn(alice, "workx@firm.example")).isFalse();
    }
}
