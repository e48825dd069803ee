package org.palomar.contacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.palomar.store.Store;
import org.springframework.stereotype.Component;

/** Who may be meant by what somebody begins to write. Safe for use by many threads; throws as {@link ContactBook} does. */
@Component
class Suggestions {

    static final int MOST = 10;
    private static final int MOST_GROUPS = 3;
    private static final int MOST_MEMBERS = 100;

    private final Store store;
    private final ContactList contacts;

    Suggestions(Store store, ContactList contacts) {
        this.store = store;
        this.contacts = contacts;
    }

    /**
     * @param name as it is shown, or empty
     * @param address one, or all of a group as they are written in a header
     * @param group whether it is a group
     */
    public record Suggestion(String name, String address, boolean group) {}

    /** At most {@value #MOST}: groups first, then who was written to often and lately, then by name. */
    List<Suggestion> of(String person, String typed) {
        List<String> sought = Folded.sought(typed);
        if (sought.isEmpty()) {
            return List.of();
        }
        List<Suggestion> all = new ArrayList<>(groups(person, sought));
        all.addAll(people(person, sought, MOST - all.size()));
        return all;
    }

    private List<Suggestion> people(String person, List<String> sought, int most) {
        Map<String, Object> params = new HashMap<>();
        params.put("person", person);
        params.put("most", most);
        StringBuilder where = new StringBuilder();
        for (int i = 0; i < sought.size(); i++) {
            where.append(
                    " and a.contact in (select w.contact from contact_word w where w.person = :person and w.kind = 0"
                            + " and w.word >= :from" + i + " and w.word < :to" + i + ")");
            params.put("from" + i, Folded.octets(sought.get(i)));
            params.put("to" + i, Folded.end(sought.get(i)));
        }
        return store.with(sql -> sql.sql(
                        "select c.name, a.address from contact_address a join contact c on c.id = a.contact"
                                + " where a.person = :person" + where
                                + " order by a.score desc, c.sort_key, a.place limit :most")
                .params(params)
                .query((row, _) -> {
                    String name = row.getString(1);
                    String address = row.getString(2);
                    return new Suggestion(name.equalsIgnoreCase(address) ? "" : name, address, false);
                })
                .list());
    }

    private List<Suggestion> groups(String person, List<String> sought) {
        return contacts.groups(person).stream()
                .filter(group -> {
                    var words = Folded.words(group.name(), 12);
                    return sought.stream().allMatch(each -> words.stream().anyMatch(word -> word.startsWith(each)));
                })
                .limit(MOST_GROUPS)
                .map(group -> new Suggestion(group.name(), members(person, group.name()), true))
                .filter(group -> !group.address().isEmpty())
                .toList();
    }

    private String members(String person, String group) {
        return store
                .with(sql -> sql.sql("select c.name, a.address from contact_group g join contact c on c.id = g.contact"
                                + " join contact_address a on a.contact = c.id where g.person = :person and g.name = :grp"
                                + " and a.place = (select min(b.place) from contact_address b where b.contact = c.id)"
                                + " order by c.sort_key limit :most")
                        .param("person", person)
                        .param("grp", group)
                        .param("most", MOST_MEMBERS)
                        .query((row, _) -> mailbox(row.getString(1), row.getString(2)))
                        .list())
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** RFC 5322 section 3.4: a quoted name and the address. */
    static String mailbox(String name, String address) {
        return name.isEmpty() || name.equalsIgnoreCase(address)
                ? address
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + ">";
    }
}
