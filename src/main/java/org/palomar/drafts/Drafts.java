package org.palomar.drafts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageRef;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Letters in work, each person's own. Safe for use by many threads.
 *
 * <p>Everything throws {@link org.palomar.store.StoreException} when the store or its key cannot be used.
 */
@Component
public class Drafts {

    private static final String COLUMNS =
            "select id, revision, editor, turn, sealed, changed, discarded, copy, copied from draft where person = :person";

    private final Store store;
    private final Sealing sealing;
    private final Clock clock;
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);

    public Drafts(Store store, Sealing sealing, Clock clock) {
        this.store = store;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** The letter, also when it is discarded. */
    public Optional<StoredDraft> find(String person, String id) {
        return store.with(sql -> find(sql, person, id, ""));
    }

    /** The letter that takes the place of this message in the Drafts mailbox, or whose copy it is. */
    public Optional<StoredDraft> find(String person, MessageRef copy) {
        return store.with(sql -> sql
                .sql(COLUMNS + " and copy = :copy and discarded is null")
                .param("person", person)
                .param("copy", copy.address())
                .query((row, _) -> read(person, row))
                .list()
                .stream()
                .findFirst());
    }

    /** Letters whose copy in the Drafts mailbox is older than they are, or ought to be gone. */
    public List<StoredDraft> uncopied(String person) {
        return store.with(sql -> sql.sql(COLUMNS
                        + " and ((copied >= 0 and copied < revision and discarded is null)"
                        + " or (discarded is not null and copy is not null))")
                .param("person", person)
                .query((row, _) -> read(person, row))
                .list());
    }

    /**
     * Saves a letter.
     *
     * @param origin somebody else's draft that this one takes the place of, or null
     */
    public Saved save(String person, String id, Edition edition, String content, @Nullable MessageRef origin) {
        String sealed = sealing.seal(place(person, id), content);
        return locked(
                person,
                id,
                () -> store.inTransaction(sql -> {
                    StoredDraft present = find(sql, person, id, " for update").orElse(null);
                    if (present == null) {
                        if (edition.revision() > 0 || isHandedOver(sql, person, id)) {
                            return new Saved.Gone();
                        }
                        insert(sql, person, id, 1, edition, sealed, origin);
                        return new Saved.Kept(1);
                    }
                    boolean same = present.editor().equals(edition.editor());
                    if (present.discarded()) {
                        return new Saved.Gone();
                    }
                    if (present.isClash() || (!same && present.revision() != edition.revision())) {
                        return new Saved.Clash(present);
                    }
                    if (same && (edition.turn() < present.turn() || content.equals(present.content()))) {
                        return new Saved.Kept(present.revision());
                    }
                    sql.sql(
                                    "update draft set revision = revision + 1, editor = :editor, turn = :turn, sealed = :sealed,"
                                            + " changed = :now where person = :person and id = :id")
                            .param("editor", edition.editor())
                            .param("turn", edition.turn())
                            .param("sealed", sealed)
                            .param("now", now())
                            .param("person", person)
                            .param("id", id)
                            .update();
                    return new Saved.Kept(present.revision() + 1);
                }));
    }

    /** Takes the letter away within somebody's transaction, which hands it over to be sent. */
    public Saved take(JdbcClient sql, String person, String id, Edition edition) {
        StoredDraft present = find(sql, person, id, " for update").orElse(null);
        if (present != null
                && !present.editor().equals(edition.editor())
                && present.revision() != edition.revision()
                && !present.discarded()) {
            return new Saved.Clash(present);
        }
        delete(sql, person, id);
        return new Saved.Kept(present == null ? 0 : present.revision());
    }

    /**
     * Puts a letter back within somebody's transaction; its own copy is looked for anew.
     *
     * @param replaced somebody else's draft that it was made of, or null
     */
    public void giveBack(JdbcClient sql, String person, String id, String content, @Nullable MessageRef replaced) {
        delete(sql, person, id);
        insert(sql, person, id, 1, new Edition(0, "", 0), sealing.seal(place(person, id), content), replaced);
    }

    /** Begins or ends that the letter is thrown away. */
    public boolean discard(String person, String id, boolean discarded) {
        return locked(
                person,
                id,
                () -> store.with(sql -> sql.sql(
                                        "update draft set discarded = :when, changed = :now,"
                                                + " copy = case when copied < 0 then null else copy end, copied = 0 where person = :person and id = :id")
                                .param("when", discarded ? now() : null, java.sql.Types.TIMESTAMP)
                                .param("now", now())
                                .param("person", person)
                                .param("id", id)
                                .update()
                        == 1));
    }

    /** Remembers where the copy of this revision lies; false when the letter is not there any more. */
    public boolean copied(String person, String id, @Nullable MessageRef copy, long revision) {
        return store.with(
                sql -> sql.sql("update draft set copy = :copy, copied = :copied where person = :person and id = :id")
                                .param("copy", copy == null ? null : copy.address(), java.sql.Types.VARCHAR)
                                .param("copied", revision)
                                .param("person", person)
                                .param("id", id)
                                .update()
                        == 1);
    }

    /** Remembers that the copy was changed elsewhere; whoever saves next is asked. */
    public void clash(String person, String id) {
        store.with(sql -> sql.sql("update draft set copied = :clash where person = :person and id = :id")
                .param("clash", StoredDraft.CLASH)
                .param("person", person)
                .param("id", id)
                .update());
    }

    /** Forgets the letter, not its copy. */
    public void forget(String person, String id) {
        locked(person, id, () -> store.with(sql -> delete(sql, person, id)));
    }

    /**
     * Forgets what was thrown away before one time, and what lies unchanged in the Drafts mailbox since before another.
     *
     * @return how many
     */
    public int sweep(Instant discardedBefore, Instant copiedBefore) {
        return store.with(sql -> sql.sql("delete from draft where (discarded < :discarded and copy is null)"
                        + " or (discarded is null and copied = revision and changed < :copied)")
                .param("discarded", Timestamp.from(discardedBefore))
                .param("copied", Timestamp.from(copiedBefore))
                .update());
    }

    /** One thing at a time is done with a letter here; several nodes look at its revision. */
    public <T extends @Nullable Object> T locked(String person, String id, java.util.function.Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod((person + "/" + id).hashCode(), locks.length)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isHandedOver(JdbcClient sql, String person, String id) {
        return sql.sql("select count(*) from outbox where person = :person and id = :id and state <> 'failed'")
                        .param("person", person)
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Optional<StoredDraft> find(JdbcClient sql, String person, String id, String how) {
        return sql.sql(COLUMNS + " and id = :id" + how)
                .param("person", person)
                .param("id", id)
                .query((row, _) -> read(person, row))
                .optional();
    }

    private StoredDraft read(String person, ResultSet row) throws SQLException {
        String id = row.getString("id");
        String copy = row.getString("copy");
        return new StoredDraft(
                id,
                row.getLong("revision"),
                row.getString("editor"),
                row.getLong("turn"),
                sealing.openText(place(person, id), row.getString("sealed")).orElse(null),
                row.getTimestamp("changed").toInstant(),
                row.getTimestamp("discarded") != null,
                copy == null ? null : MessageRef.parse(copy),
                row.getLong("copied"));
    }

    private void insert(
            JdbcClient sql,
            String person,
            String id,
            long revision,
            Edition edition,
            String sealed,
            @Nullable MessageRef copy) {
        sql.sql("insert into draft (person, id, revision, editor, turn, sealed, changed, copy, copied)"
                        + " values (:person, :id, :revision, :editor, :turn, :sealed, :now, :copy, 0)")
                .param("person", person)
                .param("id", id)
                .param("revision", revision)
                .param("editor", edition.editor())
                .param("turn", edition.turn())
                .param("sealed", sealed)
                .param("now", now())
                .param("copy", copy == null ? null : copy.address(), java.sql.Types.VARCHAR)
                .update();
    }

    private static int delete(JdbcClient sql, String person, String id) {
        return sql.sql("delete from draft where person = :person and id = :id")
                .param("person", person)
                .param("id", id)
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static String place(String person, String id) {
        return "draft/" + person.toLowerCase(Locale.ROOT) + "/" + id;
    }
}
