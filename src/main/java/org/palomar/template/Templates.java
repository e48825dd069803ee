package org.palomar.template;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.palomar.account.SignedIn;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Each person's templates, sealed. Safe for use by many threads. */
@Component
public class Templates {

    /** Templates of one person that are kept. */
    static final int MOST = 100;

    private final Store store;
    private final Sealing sealing;
    private final JsonMapper json;
    private final Clock clock;

    Templates(Store store, Sealing sealing, JsonMapper json, Clock clock) {
        this.store = store;
        this.sealing = sealing;
        this.json = json;
        this.clock = clock;
    }

    /** All of them by name; none while the store cannot be used. */
    public List<Template> of(SignedIn person) {
        try {
            return kept(person);
        } catch (StoreException _) {
            return List.of();
        }
    }

    private List<Template> kept(SignedIn person) {
        return store
                .with(sql -> sql.sql("select id, sealed from canned where person = :person")
                        .param("person", person.username())
                        .query((row, _) -> open(person, row.getString("id"), row.getString("sealed")))
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Template::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Template::id))
                .toList();
    }

    /** @throws StoreException when the store cannot be used */
    public Optional<Template> find(SignedIn person, String id) {
        return store.with(sql -> sql.sql("select sealed from canned where person = :person and id = :id")
                        .param("person", person.username())
                        .param("id", id)
                        .query(String.class)
                        .optional())
                .flatMap(text -> open(person, id, text));
    }

    private Optional<Template> open(SignedIn person, String id, String text) {
        return sealing.openText(place(person, id), text)
                .map(opened -> json.readValue(opened, Template.class).withId(id));
    }

    /**
     * Keeps one, new when it has no id.
     *
     * @return its id, or empty when there are too many or it is there no more
     * @throws StoreException when the store cannot be used
     */
    public Optional<String> keep(SignedIn person, Template template) {
        boolean fresh = template.id().isEmpty();
        String id = fresh ? UUID.randomUUID().toString() : template.id();
        String text = sealing.seal(place(person, id), json.writeValueAsString(template.withId(id)));
        if (fresh && count(person) >= MOST) {
            return Optional.empty();
        }
        int rows = store.with(sql -> sql.sql(
                        fresh
                                ? "insert into canned (person, id, changed, sealed) values (:person, :id, :now, :sealed)"
                                : "update canned set sealed = :sealed, changed = :now where person = :person and id = :id")
                .param("person", person.username())
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .param("sealed", text)
                .update());
        return rows == 1 ? Optional.of(id) : Optional.empty();
    }

    private int count(SignedIn person) {
        return store.with(sql -> sql.sql("select count(*) from canned where person = :person")
                .param("person", person.username())
                .query(Integer.class)
                .single());
    }

    /** @throws StoreException when the store cannot be used */
    void remove(SignedIn person, String id) {
        store.with(sql -> sql.sql("delete from canned where person = :person and id = :id")
                .param("person", person.username())
                .param("id", id)
                .update());
    }

    private static String place(SignedIn person, String id) {
        return "template/" + person.username() + "/" + id;
    }
}
