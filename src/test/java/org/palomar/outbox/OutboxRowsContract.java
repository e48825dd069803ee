package org.palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.mail.Address;
import org.palomar.mail.Credentials;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;
import tools.jackson.databind.json.JsonMapper;

/** The outbox, on any database: who works on what, and what a process leaves behind that is killed. */
abstract class OutboxRowsContract {

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final String alice = "alice-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();
    private final Credentials credentials = new Credentials(alice, "pass:word ñ");
    private final byte[] message = new byte[1_700_000];

    abstract Store store();

    abstract Sealing sealing();

    @BeforeEach
    void empty() {
        new Random(1).nextBytes(message);
        store().with(sql -> sql.sql("delete from outbox").update());
    }

    private OutboxPieces pieces() {
        return new OutboxPieces(store(), seals());
    }

    private OutboxSeals seals() {
        return new OutboxSeals(sealing(), JsonMapper.builder().build());
    }

    /** As a process has it. */
    private OutboxRows process() {
        return new OutboxRows(store(), seals(), pieces(), clock);
    }

    private OutboxRow put(OutboxRows rows, OutboxState state) throws IOException {
        Path file = Files.write(directory.resolve("message.eml"), message);
        OutboxRow row = new OutboxRow(
                alice,
                id,
                state,
                clock.instant(),
                clock.instant(),
                0,
                "",
                new Parcel(
                        alice,
                        List.of("bob@palomar.example"),
                        "<1@x>",
                        "Lunch ñ",
                        "Bob",
                        List.of(new Address("Bob", "bob@palomar.example")),
                        null,
                        "",
                        null,
                        "{}",
                        "",
                        "1@x"));
        store().inTransaction(sql -> {
            try {
                rows.insert(sql, row, credentials, file);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return row;
    }

    @Test
    void aMessageComesOutAsItWentIn() throws IOException {
        OutboxRows rows = process();
        OutboxRow row = put(rows, OutboxState.WAITING);
        Path out = directory.resolve("out");
        assertThat(pieces().write(row, out)).isTrue();
        assertThat(Files.readAllBytes(out)).isEqualTo(message);
        assertThat(rows.credentials(row)).hasValue(credentials);
        assertThat(rows.find(alice, id).orElseThrow().parcel()).isEqualTo(row.parcel());
        assertThat(rows.of("somebody else")).isEmpty();
        String stored = store().with(sql -> sql.sql("select credentials || sealed from outbox")
                .query(String.class)
                .single());
        assertThat(stored).doesNotContain("pass", "Lunch");
    }

    @Test
    void oneWorkerAtATime() throws IOException {
        OutboxRows one = process();
        OutboxRows other = process();
        OutboxRow row = put(one, OutboxState.WAITING);
        assertThat(one.claim(row)).isTrue();
        assertThat(other.claim(row)).isFalse();
        assertThat(other.due(10)).isEmpty();
        assertThat(other.sending(row)).as("not its own").isFalse();
        boolean takenBack = store().inTransaction(sql -> other.remove(sql, row));
        assertThat(takenBack).as("too late").isFalse();
        assertThat(one.sending(row)).isTrue();
    }

    @Test
    void afterAKillWhatWasOnTheWireIsUnknownAndTheRestIsDoneAgain() throws IOException {
        OutboxRows killed = process();
        OutboxRow row = put(killed, OutboxState.WAITING);
        killed.claim(row);
        clock.advance(Duration.ofMinutes(2));
        OutboxRows next = process();
        next.recover();
        assertThat(next.find(alice, id).orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        assertThat(next.claim(row)).isTrue();
        assertThat(next.sending(row)).isTrue();
        clock.advance(Duration.ofMinutes(2));
        OutboxRows third = process();
        third.recover();
        assertThat(third.find(alice, id).orElseThrow().state()).isEqualTo(OutboxState.UNKNOWN);
        assertThat(next.sending(row)).as("who comes back from the dead").isFalse();
    }

    @Test
    void whoeverIsAtWorkKeepsIt() throws IOException {
        OutboxRows slow = process();
        OutboxRow row = put(slow, OutboxState.WAITING);
        slow.claim(row);
        slow.sending(row);
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(40));
            slow.renew();
            slow.recover();
        }
        assertThat(slow.find(alice, id).orElseThrow().state()).isEqualTo(OutboxState.SENDING);
    }

    @Test
    void credentialsGoWithTheMessage() throws IOException {
        OutboxRows rows = process();
        OutboxRow row = put(rows, OutboxState.WAITING);
        rows.become(row, OutboxState.FAILED, clock.instant(), 0, "outbox.reason.later");
        assertThat(rows.credentials(row)).isEmpty();
        assertThat(pieces().write(row, directory.resolve("none"))).isFalse();
        rows.become(row, OutboxState.DONE, clock.instant(), 0, "");
        assertThat(rows.of(alice)).isEmpty();
        assertThat(rows.count(alice)).isZero();
        assertThat(rows.find(alice, id))
                .as("remembered, so that it is not sent again")
                .isPresent();
        rows.sweep(clock.instant().plusSeconds(1), clock.instant());
        assertThat(rows.find(alice, id)).isEmpty();
    }

    @Test
    void allOrNothing() {
        assertThatThrownBy(() -> store().inTransaction(sql -> {
                    sql.sql("insert into outbox_piece (person, id, place, sealed) values ('x', 'y', 0, '')")
                            .update();
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(IllegalStateException.class);
        int left = store().with(sql -> sql.sql("select count(*) from outbox_piece where person = 'x'")
                .query(Integer.class)
                .single());
        assertThat(left).isZero();
    }
}
