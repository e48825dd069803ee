package org.palomar.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.palomar.mail.Credentials;
import org.palomar.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The outbox in the store. Whoever works on a row holds a lease, so that several nodes send nothing twice. Throws
 * {@link org.palomar.store.StoreException}. Safe for use by many threads.
 */
@Component
class OutboxRows {

    /** Believed of a worker that has not been heard of; it renews its leases long before. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final String COLUMNS =
            "select person, id, state, due, made, attempts, reason, sealed from outbox where ";
    private static final String ONE = " where person = :person and id = :id";
    private static final String FREE = " and (lease is null or lease < :now)";

    private final Store store;
    private final OutboxSeals seals;
    private final OutboxPieces pieces;
    private final Clock clock;
    private final String worker = UUID.randomUUID().toString();

    OutboxRows(Store store, OutboxSeals seals, OutboxPieces pieces, Clock clock) {
        this.store = store;
        this.seals = seals;
        this.pieces = pieces;
        this.clock = clock;
    }

    Store store() {
        return store;
    }

    boolean isUsable() {
        return seals.isUsable() && store.isUsable();
    }

    void insert(JdbcClient sql, OutboxRow row, Credentials credentials, Path message) throws IOException {
        sql.sql("insert into outbox (person, id, state, due, made, attempts, reason, sealed, credentials)"
                        + " values (:person, :id, :state, :due, :now, 0, '', :sealed, :credentials)")
                .param("person", row.person())
                .param("id", row.id())
                .param("state", row.state().word())
                .param("due", Timestamp.from(row.due()))
                .param("now", now())
                .param("sealed", seals.seal(row, Objects.requireNonNull(row.parcel())))
                .param("credentials", seals.seal(row, credentials))
                .update();
        pieces.insert(sql, row, message);
    }

    Optional<OutboxRow> find(String person, String id) {
        return store.with(sql -> find(sql, person, id));
    }

    Optional<OutboxRow> find(JdbcClient sql, String person, String id) {
        return sql.sql(COLUMNS + "person = :person and id = :id")
                .param("person", person)
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** What a person's page shows, oldest first. */
    List<OutboxRow> of(String person) {
        return store.with(sql -> sql.sql(COLUMNS + "person = :person and state <> 'done' order by made, id")
                .param("person", person)
                .query((row, _) -> read(row))
                .list());
    }

    int count(String person) {
        return store.with(sql -> sql.sql("select count(*) from outbox where person = :person and state <> 'done'")
                .param("person", person)
                .query(Integer.class)
                .single());
    }

    /** Rows with something to be done now, by nobody yet. */
    List<OutboxRow> due(int most) {
        return store.with(sql -> sql.sql(COLUMNS + "due <= :now and state not in ('sending', 'failed', 'done')" + FREE
                        + " order by due limit :most")
                .param("now", now())
                .param("most", most)
                .query((row, _) -> read(row))
                .list());
    }

    /** When the next row is due, or empty. */
    Optional<Instant> next() {
        return store.with(sql -> sql.sql("select min(due) from outbox where state not in ('sending', 'failed', 'done')")
                        .query(Timestamp.class)
                        .optional())
                .map(Timestamp::toInstant);
    }

    /** Takes a row to work on; false when somebody else did, or it is not as it was. */
    boolean claim(OutboxRow row) {
        return store.with(sql -> one(
                                sql.sql("update outbox set worker = :worker, lease = :lease" + ONE
                                        + " and state = :state and due <= :now" + FREE),
                                row)
                        .param("worker", worker)
                        .param("lease", Timestamp.from(clock.instant().plus(LEASE)))
                        .param("state", row.state().word())
                        .param("now", now())
                        .update()
                == 1);
    }

    /** Says that this process is still at work. */
    void renew() {
        store.with(sql -> sql.sql("update outbox set lease = :lease where worker = :worker and lease > :now")
                .param("now", now())
                .param("lease", Timestamp.from(clock.instant().plus(LEASE)))
                .param("worker", worker)
                .update());
    }

    /** From here on nobody sends it again by themselves. False when the row is not ours any more. */
    boolean sending(OutboxRow row) {
        return store.inTransaction(sql -> one(
                                sql.sql("update outbox set state = 'sending', lease = :lease" + ONE
                                        + " and worker = :worker and lease is not null"),
                                row)
                        .param("lease", Timestamp.from(clock.instant().plus(LEASE)))
                        .param("worker", worker)
                        .update()
                == 1);
    }

    /** The server has it: never again is it submitted. The row stays ours until its copy is filed. */
    void accepted(OutboxRow row) {
        store.inTransaction(sql -> one(
                        sql.sql("update outbox set state = 'sent', due = :now, attempts = 0, reason = ''" + ONE), row)
                .param("now", now())
                .update());
    }

    /** Lets go of a row that something unforeseen happened to. */
    void release(OutboxRow row) {
        store.with(sql -> one(
                        sql.sql("update outbox set lease = :past, due = :later" + ONE
                                + " and worker = :worker and lease is not null"),
                        row)
                .param("past", Timestamp.from(Instant.EPOCH))
                .param("later", Timestamp.from(clock.instant().plusSeconds(10)))
                .param("worker", worker)
                .update());
    }

    /** Ends the work on a row. */
    void become(OutboxRow row, OutboxState state, Instant due, int attempts, String reason) {
        store.with(sql -> become(sql, row, state, due, attempts, reason));
    }

    int become(JdbcClient sql, OutboxRow row, OutboxState state, Instant due, int attempts, String reason) {
        boolean over = state == OutboxState.FAILED || state == OutboxState.DONE || reason.equals(Outbox.UNREPORTED);
        if (over) {
            pieces.delete(sql, row);
        }
        return one(
                        sql.sql("update outbox set state = :state, due = :due, attempts = :attempts, reason = :reason,"
                                + " worker = null, lease = null"
                                + (over ? ", credentials = null" : "")
                                + (state == OutboxState.DONE ? ", sealed = ''" : "") + ONE),
                        row)
                .param("state", state.word())
                .param("due", Timestamp.from(due))
                .param("attempts", attempts)
                .param("reason", reason)
                .update();
    }

    void detail(JdbcClient sql, OutboxRow row, Parcel parcel) {
        one(sql.sql("update outbox set sealed = :sealed" + ONE), row)
                .param("sealed", seals.seal(row, parcel))
                .update();
    }

    void credentials(OutboxRow row, Credentials credentials) {
        store.with(sql -> one(sql.sql("update outbox set credentials = :credentials" + ONE), row)
                .param("credentials", seals.seal(row, credentials))
                .update());
    }

    Optional<Credentials> credentials(OutboxRow row) {
        return store.with(sql -> one(
                                sql.sql("select credentials from outbox" + ONE + " and credentials is not null"), row)
                        .query(String.class)
                        .optional())
                .flatMap(text -> seals.credentials(row, text));
    }

    /** Takes a row out, if nobody is at work on it. */
    boolean remove(JdbcClient sql, OutboxRow row) {
        boolean removed = one(sql.sql("delete from outbox" + ONE + " and state = :state" + FREE), row)
                        .param("state", row.state().word())
                        .param("now", now())
                        .update()
                == 1;
        if (removed) {
            pieces.delete(sql, row);
        }
        return removed;
    }

    /** Hastens or decides a row on which nobody is at work. */
    boolean decide(OutboxRow row, OutboxState state) {
        return store.with(sql -> one(
                                sql.sql("update outbox set state = :next, due = :now, attempts = 0, reason = ''" + ONE
                                        + " and state = :state" + FREE),
                                row)
                        .param("next", state.word())
                        .param("state", row.state().word())
                        .param("now", now())
                        .update()
                == 1);
    }

    /** What processes that are gone were at: nobody knows of messages that were on the wire; everything else is done again. */
    void recover() {
        String gone = "lease is not null and (lease < :now or (worker <> :worker and :alone))";
        store.inTransaction(sql -> recovered(sql.sql("update outbox set state = 'unknown', due = :now, attempts = 0,"
                        + " reason = 'outbox.reason.unknown', worker = null, lease = null where state = 'sending' and "
                        + gone))
                + recovered(sql.sql("update outbox set worker = null, lease = null where " + gone)));
    }

    private int recovered(JdbcClient.StatementSpec statement) {
        return statement
                .param("now", now())
                .param("worker", worker)
                .param("alone", !store.isShared())
                .update();
    }

    /** Forgets what is done since long, and failures and missing reports that nobody looks at. */
    void sweep(Instant done, Instant failed) {
        store.with(sql -> sql.sql(
                        "delete from outbox where (state = 'done' and due < :done) or (state = 'failed' and due < :failed)"
                                + " or (state = 'sent' and reason = :unreported and made < :failed)")
                .param("unreported", Outbox.UNREPORTED)
                .param("done", Timestamp.from(done))
                .param("failed", Timestamp.from(failed))
                .update());
    }

    private static JdbcClient.StatementSpec one(JdbcClient.StatementSpec statement, OutboxRow row) {
        return statement.param("person", row.person()).param("id", row.id());
    }

    private OutboxRow read(ResultSet row) throws SQLException {
        String person = row.getString("person");
        String id = row.getString("id");
        String parcel = row.getString("sealed");
        return new OutboxRow(
                person,
                id,
                OutboxState.of(row.getString("state")),
                row.getTimestamp("due").toInstant(),
                row.getTimestamp("made").toInstant(),
                row.getInt("attempts"),
                row.getString("reason"),
                parcel.isEmpty() ? null : seals.parcel(person, id, parcel).orElse(null));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
