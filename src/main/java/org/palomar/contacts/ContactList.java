package org.palomar.contacts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palomar.store.Store;
import org.palomar.web.Paging;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contacts in order, page by page. Safe for use by many threads; throws as {@link ContactBook} does. */
@Component
class ContactList {

    private static final int MOST_LETTERS = 60;

    private final Store store;

    ContactList(Store store) {
        this.store = store;
    }

    /**
     * Which contacts are wanted.
     *
     * @param sought beginnings of words, as typed
     * @param group of those in it, or empty
     * @param collected of those collected only
     */
    public record Filter(String sought, String group, boolean collected) {

        static final Filter ALL = new Filter("", "", false);

        public boolean isAll() {
            return sought.isBlank() && group.isEmpty() && !collected;
        }
    }

    /**
     * @param address the first, or empty
     * @param initial the letter it stands under
     */
    public record Row(
            String id,
            String name,
            String address,
            String organisation,
            String initial,
            boolean photo,
            boolean collected) {}

    /** @param page from 1, one that there is */
    public record Found(List<Row> rows, int total, int page) {

        public int pages() {
            return Paging.pages(total);
        }
    }

    /** @param page on which its first contact stands */
    public record Letter(String initial, int page) {}

    public record Group(String name, int size) {}

    Found page(String person, Filter filter, int page) {
        return store.with(sql -> {
            Map<String, Object> params = new HashMap<>();
            String where = where(person, filter, params);
            int total = sql.sql("select count(*) from contact c where " + where)
                    .params(params)
                    .query(Integer.class)
                    .single();
            int shown = Math.max(1, Math.min(page, Paging.pages(total)));
            params.put("size", Paging.SIZE);
            params.put("skip", (shown - 1) * Paging.SIZE);
            List<Row> rows = sql.sql(
                            "select c.id, c.name, c.organisation, c.initial, c.photo, c.collected from contact c where "
                                    + where + " order by c.sort_key, c.id limit :size offset :skip")
                    .params(params)
                    .query((row, _) -> new Row(
                            row.getString(1),
                            row.getString(2),
                            "",
                            row.getString(3),
                            row.getString(4),
                            row.getBoolean(5),
                            row.getBoolean(6)))
                    .list();
            return new Found(addressed(sql, rows), total, shown);
        });
    }

    private static List<Row> addressed(JdbcClient sql, List<Row> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<String, String> first = new HashMap<>();
        sql.sql("select contact, address from contact_address where contact in (:ids) order by contact, place")
                .param("ids", rows.stream().map(Row::id).toList())
                .query((row, _) -> first.putIfAbsent(row.getString(1), row.getString(2)))
                .list();
        return rows.stream()
                .map(row -> new Row(
                        row.id,
                        row.name,
                        first.getOrDefault(row.id, ""),
                        row.organisation,
                        row.initial,
                        row.photo,
                        row.collected))
                .toList();
    }

    /** Ids of all that are wanted, in order, at most {@code most}. */
    List<String> ids(String person, Filter filter, int most) {
        Map<String, Object> params = new HashMap<>();
        String where = where(person, filter, params);
        params.put("most", most);
        return store.with(
                sql -> sql.sql("select c.id from contact c where " + where + " order by c.sort_key, c.id limit :most")
                        .params(params)
                        .query(String.class)
                        .list());
    }

    private static String where(String person, Filter filter, Map<String, Object> params) {
        StringBuilder where = new StringBuilder("c.person = :person");
        params.put("person", person);
        if (filter.collected) {
            where.append(" and c.collected");
        }
        if (!filter.group.isEmpty()) {
            where.append(
                    " and c.id in (select g.contact from contact_group g where g.person = :person and g.name = :grp)");
            params.put("grp", filter.group);
        }
        List<String> sought = Folded.sought(filter.sought);
        for (int i = 0; i < sought.size(); i++) {
            where.append(
                    " and c.id in (select w.contact from contact_word w where w.person = :person and w.word >= :from"
                            + i + " and w.word < :to" + i + ")");
            params.put("from" + i, Folded.octets(sought.get(i)));
            params.put("to" + i, Folded.end(sought.get(i)));
        }
        if (sought.isEmpty() && !filter.sought.isBlank()) {
            where.append(" and 1 = 0");
        }
        return where.toString();
    }

    List<Letter> letters(String person) {
        List<Group> sizes = new ArrayList<>(store.with(
                sql -> sql.sql("select initial, count(*) from contact where person = :person group by initial")
                        .param("person", person)
                        .query((row, _) -> new Group(row.getString(1), row.getInt(2)))
                        .list()));
        // Contacts stand in the order of these octets, so their letters do.
        sizes.sort((one, other) -> Arrays.compareUnsigned(Folded.sortKey(one.name()), Folded.sortKey(other.name())));
        List<Letter> letters = new ArrayList<>();
        int before = 0;
        for (Group letter : sizes) {
            letters.add(new Letter(letter.name(), Paging.pageOf(before + 1)));
            before += letter.size();
        }
        return letters.subList(0, Math.min(letters.size(), MOST_LETTERS));
    }

    List<Group> groups(String person) {
        return store.with(sql -> sql.sql(
                        "select name, count(*) from contact_group where person = :person group by name order by lower(name), name limit 500")
                .param("person", person)
                .query((row, _) -> new Group(row.getString(1), row.getInt(2)))
                .list());
    }

    int collected(String person) {
        return store.with(sql -> sql.sql("select count(*) from contact where person = :person and collected")
                .param("person", person)
                .query(Integer.class)
                .single());
    }
}
