package org.palomar.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Credentials;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Migrations in the store. Whoever works on one holds a lease, so that several nodes bring nothing twice. Throws
 * {@link org.palomar.store.StoreException}. Safe for use by many threads.
 */
@Component
class MigrationRows {

    /** Believed of a worker that has not been heard of; it renews its leases long before. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final String ONE = " where person = :person and id = :id";
    private static final String FREE = " and (lease is null or lease < :now or (worker <> :worker and :alone))";

    private final Store store;
    private final Sealing sealing;
    private final JsonMapper json;
    private final Clock clock;
    private final String worker = UUID.randomUUID().toString();

    MigrationRows(Store store, Sealing sealing, JsonMapper json, Clock clock) {
        this.store = store;
        this.sealing = sealing;
        this.json = json;
        this.clock = clock;
    }

    boolean isUsable() {
        return sealing.isUsable() && store.isUsable();
    }

    /** Begins as soon as somebody has time for it. */
    Migration begin(String person, Kind kind, Plan plan, Credentials credentials) {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        store.with(sql -> sql.sql("insert into migration (person, id, kind, state, made, due, attempts, reason, sealed,"
                        + " credentials, total, total_octets, copied, copied_octets, present, skipped, verified, removed)"
                        + " values (:person, :id, :kind, 'waiting', :now, :now, 0, '', :sealed, :credentials,"
                        + " 0, -1, 0, 0, 0, 0, 0, 0)")
                .param("person", person)
                .param("id", id)
                .param("kind", kind.word())
                .param("now", Timestamp.from(now))
                .param("sealed", sealing.seal(place("plan", person, id), json.writeValueAsString(plan)))
                .param("credentials", sealed(person, id, credentials))
                .update());
        return new Migration(
                person, id, kind, MigrationState.WAITING, now, now, 0, "", plan, null, null, Progress.NONE);
    }

    Optional<Migration> find(String person, String id) {
        return store.with(sql -> one(sql.sql("select * from migration" + ONE), person, id)
                .query((row, _) -> read(row))
                .optional());
    }

    /** What a person's page shows, newest first. */
    List<Migration> of(String person) {
        return store.with(sql -> sql.sql("select * from migration where person = :person order by made desc, id")
                .param("person", person)
                .query((row, _) -> read(row))
                .list());
    }

    /** Those whose turn it is, longest waiting first; also what a process that is gone was at. */
    List<Migration> due(int most) {
        return store.with(sql -> sql.sql("select * from migration where state in ('waiting', 'running') and due <= :now"
                        + FREE + " order by due limit :most")
                .param("now", now())
                .param("worker", worker)
                .param("alone", !store.isShared())
                .param("most", most)
                .query((row, _) -> read(row))
                .list());
    }

    /** Takes a row to work on; false when somebody else did, or it is not wanted any more. */
    boolean claim(Migration row) {
        boolean anew = row.state() == MigrationState.WAITING && row.ended() != null;
        return store.with(sql -> one(
                                sql.sql(
                                        "update migration set state = 'running', worker = :worker, lease = :lease, ended = null"
                                                + (anew || row.begun() == null ? ", begun = :now" : "") + ONE
                                                + " and state in ('waiting', 'running')" + FREE),
                                row.person(),
                                row.id())
                        .param("worker", worker)
                        .param("lease", Timestamp.from(clock.instant().plus(LEASE)))
                        .param("now", now())
                        .param("alone", !store.isShared())
                        .update())
                == 1;
    }

    /** Says that this process is still at work. */
    void renew() {
        store.with(sql -> sql.sql(
                        "update migration set lease = :lease where worker = :worker and lease > :now and state = 'running'")
                .param("now", now())
                .param("lease", Timestamp.from(clock.instant().plus(LEASE)))
                .param("worker", worker)
                .update());
    }

    /** Says how far it is; false when it is to go no further. */
    boolean progress(Migration row, Progress progress) {
        return store.with(sql -> counted(
                                sql.sql("update migration set " + COUNTS + ONE
                                        + " and state = 'running' and worker = :worker"),
                                row,
                                progress)
                        .param("worker", worker)
                        .update())
                == 1;
    }

    private static final String COUNTS = "total = :total, total_octets = :octets, copied = :copied,"
            + " copied_octets = :copiedOctets, present = :present, skipped = :skipped, verified = :verified, removed = :removed";

    private static StatementSpec counted(StatementSpec statement, Migration row, Progress progress) {
        return one(statement, row.person(), row.id())
                .param("total", progress.total())
                .param("octets", progress.totalOctets())
                .param("copied", progress.copied())
                .param("copiedOctets", progress.copiedOctets())
                .param("present", progress.present())
                .param("skipped", progress.skipped())
                .param("verified", progress.verified())
                .param("removed", progress.removed());
    }

    /**
     * Ends the work on a row that is still ours; what the person decided meanwhile stands.
     *
     * @param over whether a run came to its end, or is only interrupted
     */
    void become(Migration row, MigrationState state, Instant due, int attempts, String reason, boolean over) {
        store.with(sql -> one(
                        sql.sql(
                                "update migration set state = :state, due = :due, attempts = :attempts, reason = :reason,"
                                        + " worker = null, lease = null" + (over ? ", ended = :now" : "")
                                        + (state == MigrationState.WAITING ? "" : ", credentials = null") + ONE
                                        + " and state = 'running' and worker = :worker"),
                        row.person(),
                        row.id())
                .param("state", state.word())
                .param("due", Timestamp.from(due))
                .param("attempts", attempts)
                .param("reason", reason)
                .param("now", now())
                .param("worker", worker)
                .update());
    }

    /** The person holds it up, or ends it; whoever is at work on it notices. False when it is over already. */
    boolean stop(String person, String id, MigrationState state) {
        return store.with(sql -> one(
                                sql.sql(
                                        "update migration set state = :state, reason = '', ended = :now, credentials = null,"
                                                + " worker = null, lease = null" + ONE
                                                + " and state in ('waiting', 'running', 'paused')"),
                                person,
                                id)
                        .param("state", state.word())
                        .param("now", now())
                        .update())
                == 1;
    }

    /** Goes on now, with the credentials of today; false when somebody is at work on it, or it is over. */
    boolean resume(Migration row, Credentials credentials) {
        boolean going = row.state() == MigrationState.PAUSED && row.begun() != null;
        return store.with(sql -> one(
                                sql.sql("update migration set state = 'waiting', due = :now, attempts = 0, reason = '',"
                                        + " credentials = :credentials" + (going ? ", ended = null" : "") + ONE
                                        + " and state in ('waiting', 'paused')"),
                                row.person(),
                                row.id())
                        .param("now", now())
                        .param("credentials", sealed(row.person(), row.id(), credentials))
                        .update())
                == 1;
    }

    /** Puts another plan in the place of the one before. */
    void plan(Migration row, Plan plan) {
        store.with(sql -> one(sql.sql("update migration set sealed = :sealed" + ONE), row.person(), row.id())
                .param("sealed", sealing.seal(place("plan", row.person(), row.id()), json.writeValueAsString(plan)))
                .update());
    }

    /** Forgets it, and nothing that was brought; false while it is at work. */
    boolean forget(String person, String id) {
        return store.with(sql -> one(sql.sql("delete from migration" + ONE + " and state <> 'running'"), person, id)
                        .update())
                == 1;
    }

    Optional<Credentials> credentials(Migration row) {
        return store.with(sql -> one(
                                sql.sql("select credentials from migration" + ONE + " and credentials is not null"),
                                row.person(),
                                row.id())
                        .query(String.class)
                        .optional())
                .flatMap(text -> sealing.openText(place("credentials", row.person(), row.id()), text))
                .map(written -> written.split("\n", 2))
                .map(parts -> new Credentials(parts[0], parts[1]));
    }

    private String sealed(String person, String id, Credentials credentials) {
        return sealing.seal(place("credentials", person, id), credentials.username() + "\n" + credentials.password());
    }

    private static String place(String what, String person, String id) {
        return "migration/" + what + "/" + person + "/" + id;
    }

    private static StatementSpec one(StatementSpec statement, String person, String id) {
        return statement.param("person", person).param("id", id);
    }

    private Migration read(ResultSet row) throws SQLException {
        String person = row.getString("person");
        String id = row.getString("id");
        return new Migration(
                person,
                id,
                Kind.of(row.getString("kind")),
                MigrationState.of(row.getString("state")),
                row.getTimestamp("made").toInstant(),
                row.getTimestamp("due").toInstant(),
                row.getInt("attempts"),
                row.getString("reason"),
                sealing.openText(place("plan", person, id), row.getString("sealed"))
                        .map(text -> json.readValue(text, Plan.class))
                        .orElse(null),
                instant(row.getTimestamp("begun")),
                instant(row.getTimestamp("ended")),
                new Progress(
                        row.getLong("total"),
                        row.getLong("total_octets"),
                        row.getLong("copied"),
                        row.getLong("copied_octets"),
                        row.getLong("present"),
                        row.getLong("skipped"),
                        row.getLong("verified"),
                        row.getLong("removed")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
