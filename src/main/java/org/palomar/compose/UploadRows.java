package org.palomar.compose;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of uploaded files; their names are sealed. Throws {@link org.palomar.store.StoreException}. Safe for use by many threads. */
@Component
class UploadRows {

    private static final String ORPHANS = "select person, id from upload where"
            + " not exists (select 1 from draft where draft.person = upload.person and draft.id = upload.draft)"
            + " and not exists (select 1 from outbox where outbox.person = upload.person and outbox.id = upload.draft"
            + " and outbox.state <> 'done')";

    private final Store store;
    private final Sealing sealing;

    UploadRows(Store store, Sealing sealing) {
        this.store = store;
        this.sealing = sealing;
    }

    record Owned(String person, String id) {}

    void add(String person, Upload upload) {
        String sealed = sealing.seal(place(person, upload.id()), upload.mediaType() + "\n" + upload.name());
        store.with(sql -> sql.sql("insert into upload (person, id, draft, octets, kept, sealed)"
                        + " values (:person, :id, '', :octets, :kept, :sealed)")
                .param("person", person)
                .param("id", upload.id())
                .param("octets", upload.size())
                .param("kept", Timestamp.from(upload.kept()))
                .param("sealed", sealed)
                .update());
    }

    Optional<Upload> find(String person, String id, Path directory) {
        return store.with(sql -> sql.sql("select octets, kept, sealed from upload where person = :person and id = :id")
                        .param("person", person)
                        .param("id", id)
                        .query((row, _) -> new Row(
                                row.getLong("octets"), row.getTimestamp("kept").toInstant(), row.getString("sealed")))
                        .optional())
                .flatMap(row -> sealing.openText(place(person, id), row.sealed).map(text -> {
                    int end = text.indexOf('\n');
                    return new Upload(
                            id,
                            text.substring(end + 1),
                            text.substring(0, end),
                            row.octets,
                            row.kept,
                            directory.resolve(id));
                }));
    }

    private record Row(long octets, Instant kept, String sealed) {}

    void adopt(String person, String draft, List<String> ids) {
        if (!ids.isEmpty()) {
            store.with(sql -> sql.sql("update upload set draft = :draft where person = :person and id in (:ids)")
                    .param("draft", draft)
                    .param("person", person)
                    .param("ids", ids)
                    .update());
        }
    }

    long octets(String person) {
        return store.with(sql -> sql.sql("select coalesce(sum(octets), 0) from upload where person = :person")
                .param("person", person)
                .query(Long.class)
                .single());
    }

    /** Those of one person that belong to no letter. */
    List<Owned> orphans(String person) {
        return store.with(
                sql -> owned(sql.sql(ORPHANS + " and person = :person").param("person", person)));
    }

    /** Those that belong to no letter and came before then. */
    List<Owned> orphans(Instant before) {
        return store.with(
                sql -> owned(sql.sql(ORPHANS + " and kept < :before").param("before", Timestamp.from(before))));
    }

    private static List<Owned> owned(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> new Owned(row.getString("person"), row.getString("id")))
                .list();
    }

    void remove(Owned upload) {
        store.with(sql -> sql.sql("delete from upload where person = :person and id = :id")
                .param("person", upload.person())
                .param("id", upload.id())
                .update());
    }

    private static String place(String person, String id) {
        return "upload/" + person + "/" + id;
    }
}
