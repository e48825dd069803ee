package org.palomar.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palomar.mail.MailboxName;
import org.palomar.migration.Entry.State;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.springframework.stereotype.Component;

/**
 * The idempotent receiver's memory: what became of each message of each source. That a message is about to be stored is written before it
 * is, so that after any break it is looked for instead of being stored again. Throws
 * {@link org.palomar.store.StoreException}. Safe for use by many threads.
 */
@Component
class Ledger {

    private static final int PIECE = 500;

    private final Store store;
    private final Sealing sealing;

    Ledger(Store store, Sealing sealing) {
        this.store = store;
        this.sealing = sealing;
    }

    /** Writes what is known of these messages now: all of it or nothing. */
    void write(String account, Collection<Entry> entries) {
        List<Entry> all = List.copyOf(entries);
        if (all.isEmpty()) {
            return;
        }
        store.inTransaction(sql -> {
            for (int i = 0; i < all.size(); i += PIECE) {
                List<Entry> piece = all.subList(i, Math.min(all.size(), i + PIECE));
                sql.sql("delete from migration_message where account = :account and item in (:items)")
                        .param("account", account)
                        .param("items", piece.stream().map(Entry::item).toList())
                        .update();
            }
            store.write(
                    "insert into migration_message (account, item, state, digest, octets, mailbox, uidvalidity, uid, since, at, reason,"
                            + " note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    all.stream().map(each -> row(account, each)).toList());
            return true;
        });
    }

    private Object[] row(String account, Entry entry) {
        return new Object[] {
            account,
            entry.item(),
            entry.state().word(),
            entry.digest(),
            entry.octets(),
            entry.mailbox().value(),
            entry.uidValidity(),
            entry.uid(),
            entry.since(),
            Timestamp.from(entry.at()),
            entry.reason(),
            entry.note() == null ? null : sealing.seal(place(account, entry.item()), entry.note())
        };
    }

    /** What is known of these, by item. */
    Map<String, Entry> of(String account, List<String> items) {
        Map<String, Entry> known = new HashMap<>();
        for (int i = 0; i < items.size(); i += PIECE) {
            List<String> piece = items.subList(i, Math.min(items.size(), i + PIECE));
            store.with(sql -> sql.sql("select * from migration_message where account = :account and item in (:items)")
                            .param("account", account)
                            .param("items", piece)
                            .query((row, _) -> read(account, row))
                            .list())
                    .forEach(entry -> known.put(entry.item(), entry));
        }
        return known;
    }

    /** Those in a state. */
    List<Entry> in(String account, State state, int most) {
        return store.with(sql -> sql.sql(
                        "select * from migration_message where account = :account and state = :state order by at, item limit :most")
                .param("account", account)
                .param("state", state.word())
                .param("most", most)
                .query((row, _) -> read(account, row))
                .list());
    }

    /** UIDs of a mailbox at which something of this source lies. */
    List<Long> places(String account, MailboxName mailbox, long uidValidity, long from) {
        return store.with(
                sql -> sql.sql("select uid from migration_message where account = :account and mailbox = :mailbox"
                                + " and uidvalidity = :era and uid >= :from")
                        .param("account", account)
                        .param("mailbox", mailbox.value())
                        .param("era", uidValidity)
                        .param("from", from)
                        .query(Long.class)
                        .list());
    }

    /** How many of this source, and octets of them, came here since then. */
    Map<State, long[]> since(String account, Instant then) {
        Map<State, long[]> counts = new HashMap<>();
        store.with(sql -> sql.sql("select state, count(*) as messages, sum(octets) as octets from migration_message"
                        + " where account = :account and at >= :then group by state")
                .param("account", account)
                .param("then", Timestamp.from(then))
                .query((row, _) -> counts.put(
                        State.of(row.getString("state")), new long[] {row.getLong("messages"), row.getLong("octets")}))
                .list());
        return counts;
    }

    /** Forgets these. */
    void forget(String account, List<String> items) {
        for (int i = 0; i < items.size(); i += PIECE) {
            List<String> piece = items.subList(i, Math.min(items.size(), i + PIECE));
            store.with(sql -> sql.sql("delete from migration_message where account = :account and item in (:items)")
                    .param("account", account)
                    .param("items", piece)
                    .update());
        }
    }

    /** Forgets those in a state. */
    void forget(String account, State state) {
        store.with(sql -> sql.sql("delete from migration_message where account = :account and state = :state")
                .param("account", account)
                .param("state", state.word())
                .update());
    }

    /** Forgets everything of a source: all of it is new then. */
    void forget(String account) {
        store.with(sql -> sql.sql("delete from migration_message where account = :account")
                .param("account", account)
                .update());
    }

    private Entry read(String account, ResultSet row) throws SQLException {
        String item = row.getString("item");
        String note = row.getString("note");
        return new Entry(
                item,
                State.of(row.getString("state")),
                row.getString("digest"),
                row.getLong("octets"),
                new MailboxName(row.getString("mailbox")),
                row.getLong("uidvalidity"),
                row.getLong("uid"),
                row.getLong("since"),
                row.getTimestamp("at").toInstant(),
                row.getString("reason"),
                note == null
                        ? null
                        : sealing.openText(place(account, item), note).orElse(""));
    }

    private static String place(String account, String item) {
        return "migration/note/" + account + "/" + item;
    }
}
