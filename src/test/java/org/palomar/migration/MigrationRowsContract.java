package org.palomar.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.migration.Entry.State;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;
import tools.jackson.databind.json.JsonMapper;

/** Migrations and their ledger, on any database. */
abstract class MigrationRowsContract {

    private final String alice = "alice-" + UUID.randomUUID();
    private final Credentials credentials = new Credentials(alice, "here");
    private final SettableClock clock = new SettableClock();

    abstract Store store();

    abstract Sealing sealing();

    /** Another process. */
    private MigrationRows rows() {
        return new MigrationRows(store(), sealing(), new JsonMapper(), clock);
    }

    private static Plan plan(int every) {
        Server server = new Server("pop.old.example", 995, Security.TLS, "bob@old.example", "there");
        return new Plan(server, "INBOX", 0, true, every, List.of(), null, "bob@old.example");
    }

    @Test
    void oneOfTwoGetsIt() {
        MigrationRows one = rows();
        Migration row = one.begin(alice, Kind.POP3, plan(0), credentials);
        assertThat(one.find(alice, row.id()).orElseThrow().plan()).isEqualTo(plan(0));
        assertThat(one.find("bob", row.id())).isEmpty();
        assertThat(one.credentials(row)).contains(credentials);
        assertThat(one.claim(row)).isTrue();
        assertThat(one.claim(row)).as("twice").isFalse();
        assertThat(one.progress(row, new Progress(10, 100, 3, 30, 1, 1, 3, 2))).isTrue();
        Migration running = one.find(alice, row.id()).orElseThrow();
        assertThat(running.state()).isEqualTo(MigrationState.RUNNING);
        assertThat(running.begun()).isEqualTo(clock.instant());
        assertThat(running.progress().settled()).isEqualTo(5);
        one.become(row, MigrationState.DONE, clock.instant(), 0, "", true);
        assertThat(one.find(alice, row.id()).orElseThrow().state()).isEqualTo(MigrationState.DONE);
        assertThat(one.credentials(row)).as("gone with it").isEmpty();
    }

    @Test
    void whatAGoneProcessWasAtIsTakenOver() {
        MigrationRows gone = rows();
        Migration row = gone.begin(alice, Kind.POP3, plan(0), credentials);
        gone.claim(row);
        Migration running = gone.find(alice, row.id()).orElseThrow();
        MigrationRows next = rows();
        clock.advance(MigrationRows.LEASE.plusSeconds(1));
        assertThat(next.due(100)).extracting(Migration::id).contains(row.id());
        assertThat(next.claim(running)).isTrue();
        assertThat(next.find(alice, row.id()).orElseThrow().begun())
                .as("the same run goes on")
                .isEqualTo(running.begun());
        assertThat(gone.progress(running, Progress.NONE)).as("not his any more").isFalse();
    }

    @Test
    void whatThePersonDecidesStands() {
        MigrationRows rows = rows();
        Migration row = rows.begin(alice, Kind.POP3, plan(0), credentials);
        rows.claim(row);
        assertThat(rows.stop("bob", row.id(), MigrationState.CANCELLED)).isFalse();
        assertThat(rows.stop(alice, row.id(), MigrationState.PAUSED)).isTrue();
        assertThat(rows.progress(row, Progress.NONE)).isFalse();
        rows.become(row, MigrationState.DONE, clock.instant(), 0, "", true);
        Migration paused = rows.find(alice, row.id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(rows.resume(paused, credentials)).isTrue();
        assertThat(rows.due(100)).extracting(Migration::id).contains(row.id());
        assertThat(rows.forget(alice, row.id())).isTrue();
        assertThat(rows.find(alice, row.id())).isEmpty();
    }

    @Test
    void whatIsCollectedComesAgainAsANewRun() {
        MigrationRows rows = rows();
        Migration row = rows.begin(alice, Kind.POP3, plan(60), credentials);
        rows.claim(row);
        Instant later = clock.instant().plus(Duration.ofHours(1));
        rows.become(row, MigrationState.WAITING, later, 0, "", true);
        assertThat(rows.due(1_000)).extracting(Migration::id).doesNotContain(row.id());
        clock.advance(Duration.ofHours(2));
        Migration due = rows.find(alice, row.id()).orElseThrow();
        assertThat(rows.claim(due)).isTrue();
        assertThat(rows.find(alice, row.id()).orElseThrow().begun()).isEqualTo(clock.instant());
        assertThat(rows.credentials(due)).contains(credentials);
    }

    @Test
    void theLedgerRemembersByAccount() {
        Ledger ledger = new Ledger(store(), sealing());
        String account = Digests.of(alice);
        List<Entry> some = IntStream.range(0, 1_200)
                .mapToObj(n -> new Entry(
                        Digests.of("item" + n),
                        n == 7 ? State.SKIPPED : State.INTENDED,
                        Digests.of("octets" + n),
                        10,
                        new MailboxName("Old/\u00e4"),
                        5,
                        n,
                        1,
                        clock.instant(),
                        n == 7 ? "migration.skip.refused" : "",
                        n == 7 ? "Bob \u2014 Lunch" : null))
                .toList();
        ledger.write(account, some);
        ledger.write(
                account,
                some.subList(0, 600).stream()
                        .map(each -> each.at(State.VERIFIED, 5, each.uid()))
                        .toList());
        assertThat(ledger.of(account, List.of(Digests.of("item3"), Digests.of("item9999"))))
                .hasSize(1)
                .containsValue(some.get(3).at(State.VERIFIED, 5, 3));
        assertThat(ledger.in(account, State.INTENDED, 10_000)).hasSize(600);
        assertThat(ledger.places(account, new MailboxName("Old/\u00e4"), 5, 1_190))
                .hasSize(10);
        assertThat(ledger.since(account, clock.instant()).get(State.VERIFIED)).containsExactly(600, 6_000);
        assertThat(ledger.in(Digests.of("another"), State.INTENDED, 10)).isEmpty();
        ledger.forget(account, State.INTENDED);
        ledger.forget(account, List.of(Digests.of("item3")));
        assertThat(ledger.since(account, Instant.EPOCH).get(State.VERIFIED)[0]).isEqualTo(599);
        ledger.forget(account);
        assertThat(ledger.since(account, Instant.EPOCH)).isEmpty();
    }
}
