package org.palomar.settings;

import org.palomar.store.Store;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One word for each name and person. Throws {@link org.palomar.store.StoreException}. Safe for use by many threads. */
record Choices(Store store) {

    /** What was chosen, or the empty text. */
    String get(String person, String name) {
        return store.with(sql -> sql.sql("select chosen from setting where person = :person and name = :name")
                .param("person", person)
                .param("name", name)
                .query(String.class)
                .optional()
                .orElse(""));
    }

    void set(String person, String name, String chosen) {
        store.with(sql -> {
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
            return chosen;
        });
    }

    private static int update(JdbcClient sql, String person, String name, String chosen) {
        return sql.sql("update setting set chosen = :chosen where person = :person and name = :name")
                .param("chosen", chosen)
                .param("person", person)
                .param("name", name)
                .update();
    }
}
