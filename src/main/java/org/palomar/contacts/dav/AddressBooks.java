package org.palomar.contacts.dav;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.palomar.contacts.dav.AddressBook.Tally;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.springframework.stereotype.Component;

/** The accounts, one for each person. Safe for use by many threads; throws {@link org.palomar.store.StoreException}. */
@Component
class AddressBooks {

    /** Between one time and the next. */
    static final Duration PAUSE = Duration.ofMinutes(15);

    private final Store store;
    private final Sealing sealing;
    private final Clock clock;

    AddressBooks(Store store, Sealing sealing, Clock clock) {
        this.store = store;
        this.sealing = sealing;
        this.clock = clock;
    }

    Optional<AddressBook> of(String person) {
        return store.with(sql -> sql.sql("select * from address_book where person = :person")
                .param("person", person)
                .query((row, _) -> read(row))
                .optional());
    }

    private static AddressBook read(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended");
        return new AddressBook(
                row.getString("person"),
                row.getString("url"),
                row.getString("username"),
                row.getString("secret"),
                row.getString("book"),
                row.getString("title"),
                row.getString("token"),
                row.getString("state"),
                ended == null ? null : ended.toInstant(),
                new Tally(row.getInt("came"), row.getInt("sent"), row.getInt("deleted"), row.getInt("collided")));
    }

    /** Takes the place of the one before. */
    void save(String person, String url, String username, String password, String book, String title) {
        String secret = sealing.seal(place(person), password);
        store.inTransaction(sql -> {
            sql.sql("delete from address_book where person = :person")
                    .param("person", person)
                    .update();
            return sql.sql(
                            "insert into address_book (person, url, username, secret, book, title, token, state, came, sent, deleted,"
                                    + " collided, due) values (:person, :url, :username, :secret, :book, :title, '', 'never', 0, 0, 0, 0, :due)")
                    .param("person", person)
                    .param("url", url)
                    .param("username", username)
                    .param("secret", secret)
                    .param("book", book)
                    .param("title", title)
                    .param("due", Timestamp.from(clock.instant().plus(PAUSE)))
                    .update();
        });
    }

    /** The password, or empty when it cannot be opened any more. */
    Optional<String> password(AddressBook book) {
        return sealing.openText(place(book.person()), book.secret());
    }

    private static String place(String person) {
        return "carddav/" + person;
    }

    void forget(String person) {
        store.with(sql -> sql.sql("delete from address_book where person = :person")
                .param("person", person)
                .update());
    }

    void token(String person, String token) {
        store.with(sql -> sql.sql("update address_book set token = :token where person = :person")
                .param("token", token.length() > 1_000 ? "" : token)
                .param("person", person)
                .update());
    }

    void ended(String person, String state, Tally tally) {
        Instant now = clock.instant();
        store.with(sql -> sql.sql(
                        "update address_book set state = :state, ended = :ended, came = :came, sent = :sent, deleted = :deleted,"
                                + " collided = :collided, due = :due where person = :person")
                .param("state", state)
                .param("ended", Timestamp.from(now))
                .param("came", tally.came())
                .param("sent", tally.sent())
                .param("deleted", tally.deleted())
                .param("collided", tally.collided())
                .param("due", Timestamp.from(now.plus(state.equals("denied") ? PAUSE.multipliedBy(24) : PAUSE)))
                .param("person", person)
                .update());
    }

    /** People whose turn it is. */
    List<String> due() {
        return store.with(sql -> sql.sql("select person from address_book where due <= :now order by due limit 100")
                .param("now", Timestamp.from(clock.instant()))
                .query(String.class)
                .list());
    }

    /** Takes the turn; false when another node of Palomar did, or it is not due. */
    boolean claim(String person) {
        Instant now = clock.instant();
        return store.with(sql -> sql.sql("update address_book set due = :later where person = :person and due <= :now")
                        .param("later", Timestamp.from(now.plus(PAUSE)))
                        .param("person", person)
                        .param("now", Timestamp.from(now))
                        .update())
                == 1;
    }
}
