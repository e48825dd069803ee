package org.palomar.settings;

import java.util.Map;
import java.util.stream.Collectors;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How a person likes to write. Safe for use by many threads. */
@Component
public class WritingHabits {

    private static final String FORMAT = "write.format";
    private static final String PLACE = "write.place";

    private final Store store;

    WritingHabits(Store store) {
        this.store = store;
    }

    /**
     * What was chosen.
     *
     * @param plain whether an empty editor is one for plain text
     * @param below whether an answer stands below what it answers
     */
    public record Habits(boolean plain, boolean below) {

        static final Habits USUAL = new Habits(false, false);
    }

    /** What the person chose; the usual when that cannot be asked for. */
    public Habits of(String person) {
        try {
            return chosen(person);
        } catch (StoreException _) {
            return Habits.USUAL;
        }
    }

    /** @throws StoreException when the store cannot be used */
    Habits chosen(String person) {
        Map<String, String> chosen = store.with(sql -> sql
                .sql("select name, chosen from setting where person = :person and name in (:format, :place)")
                .param("person", person)
                .param("format", FORMAT)
                .param("place", PLACE)
                .query((row, _) -> Map.entry(row.getString("name"), row.getString("chosen")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return new Habits("plain".equals(chosen.get(FORMAT)), "below".equals(chosen.get(PLACE)));
    }

    /** @throws StoreException when the store cannot be used */
    void choose(String person, Habits habits) {
        store.with(sql -> {
            put(sql, person, FORMAT, habits.plain() ? "plain" : "rich");
            put(sql, person, PLACE, habits.below() ? "below" : "above");
            return habits;
        });
    }

    private static void put(JdbcClient sql, String person, String name, String chosen) {
        if (update(sql, person, name, chosen) == 0) {
            try {
                sql.sql("insert into setting (person, name, chosen) values (:person, :name, :chosen)")
                        .param("person", person)
                        .param("name", name)
                        .param("chosen", chosen)
                        .update();
            } catch (DuplicateKeyException _) {
                update(sql, person, name, chosen);
            }
        }
    }

    private static int update(JdbcClient sql, String person, String name, String chosen) {
        return sql.sql("update setting set chosen = :chosen where person = :person and name = :name")
                .param("person", person)
                .param("name", name)
                .param("chosen", chosen)
                .update();
    }
}
