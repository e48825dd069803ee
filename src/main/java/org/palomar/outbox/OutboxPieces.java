package org.palomar.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.palomar.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The message of a row, written once, in pieces beside it: it comes and goes in the same transactions, and every node has it. Constant
 * memory. Safe for use by many threads.
 */
@Component
class OutboxPieces {

    private static final int OCTETS = 500_000;
    private static final String ONE = " where person = :person and id = :id";

    private final Store store;
    private final OutboxSeals seals;

    OutboxPieces(Store store, OutboxSeals seals) {
        this.store = store;
        this.seals = seals;
    }

    void insert(JdbcClient sql, OutboxRow row, Path message) throws IOException {
        try (InputStream in = Files.newInputStream(message)) {
            int place = 0;
            for (byte[] piece = in.readNBytes(OCTETS); piece.length > 0; piece = in.readNBytes(OCTETS)) {
                sql.sql("insert into outbox_piece (person, id, place, sealed) values (:person, :id, :place, :sealed)")
                        .param("person", row.person())
                        .param("id", row.id())
                        .param("place", place)
                        .param("sealed", seals.seal(row, place, piece))
                        .update();
                place++;
            }
        }
    }

    /** Writes the message to a file; false when it is not there, or was sealed with another key. */
    boolean write(OutboxRow row, Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int place = 0; ; place++) {
                int at = place;
                Optional<String> text =
                        store.with(sql -> sql.sql("select sealed from outbox_piece" + ONE + " and place = :place")
                                .param("person", row.person())
                                .param("id", row.id())
                                .param("place", at)
                                .query(String.class)
                                .optional());
                if (text.isEmpty()) {
                    return place > 0;
                }
                Optional<byte[]> piece = seals.piece(row, place, text.get());
                if (piece.isEmpty()) {
                    return false;
                }
                out.write(piece.get());
            }
        }
    }

    void delete(JdbcClient sql, OutboxRow row) {
        sql.sql("delete from outbox_piece" + ONE)
                .param("person", row.person())
                .param("id", row.id())
                .update();
    }
}
