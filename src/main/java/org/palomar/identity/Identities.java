package org.palomar.identity;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.palomar.account.SignedIn;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Each person's identities. The address of the account is always one of them, also when the store cannot be used. Safe for use by
 * many threads.
 */
@Component
public class Identities {

    /** Identities of one person that are kept. */
    static final int MOST = 50;

    private static final String COLUMNS =
            "id, address, name, reply_to, copy_to_self, signature_text, signature_html, standard";

    private final Store store;
    private final AddressProperties properties;
    private final Clock clock;

    Identities(Store store, AddressProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** All of them, the standard one first; never empty. */
    public List<Identity> of(SignedIn person) {
        try {
            return with(person, kept(person));
        } catch (StoreException _) {
            return with(person, List.of());
        }
    }

    /** The one that new messages begin with. */
    public Identity standard(SignedIn person) {
        return of(person).getFirst();
    }

    /** The one a message was sent to, at the very address that was written, else the standard one. */
    public Identity reachedBy(SignedIn person, Collection<String> addresses) {
        List<Identity> all = of(person);
        for (String address : addresses) {
            for (Identity each : all) {
                if (each.reaches(address)) {
                    return each.at(address.equalsIgnoreCase(each.address()) ? each.address() : address);
                }
            }
        }
        return all.getFirst();
    }

    /** The one with that address or reached by it; the standard one for an address that is not the person's. */
    public Identity from(SignedIn person, String address) {
        return reachedBy(person, List.of(address.strip()));
    }

    /** Whether mail to that address comes to the person. */
    public boolean isOwn(SignedIn person, String address) {
        return of(person).stream().anyMatch(each -> each.reaches(address));
    }

    private List<Identity> with(SignedIn person, List<Identity> kept) {
        String account = person.address(properties.domain());
        List<Identity> all = new ArrayList<>(kept);
        if (all.stream().noneMatch(each -> each.address().equalsIgnoreCase(account))) {
            all.add(Identity.bare(account));
        }
        if (all.stream().noneMatch(Identity::standard)) {
            int own = all.size() - 1;
            for (int i = 0; i < all.size(); i++) {
                own = all.get(i).address().equalsIgnoreCase(account) ? i : own;
            }
            all.addFirst(all.remove(own).asStandard(true));
        }
        return List.copyOf(all);
    }

    private List<Identity> kept(SignedIn person) {
        return store.with(sql -> sql.sql("select " + COLUMNS
                        + " from sender_identity where person = :person order by standard desc, since, id")
                .param("person", person.username())
                .query((row, _) -> new Identity(
                        row.getString("id"),
                        row.getString("address"),
                        row.getString("name"),
                        row.getString("reply_to"),
                        row.getBoolean("copy_to_self"),
                        row.getString("signature_text"),
                        row.getString("signature_html"),
                        row.getBoolean("standard")))
                .list());
    }

    /**
     * Keeps one, new when it has no id.
     *
     * @return false when there are too many, or another one has that address
     * @throws StoreException when the store cannot be used
     */
    boolean keep(SignedIn person, Identity identity) {
        if (identity.id().isEmpty() && kept(person).size() >= MOST) {
            return false;
        }
        return store.with(sql -> {
            try {
                if (identity.standard()) {
                    sql.sql("update sender_identity set standard = false where person = :person")
                            .param("person", person.username())
                            .update();
                }
                boolean fresh = identity.id().isEmpty();
                return values(
                                        sql,
                                        fresh
                                                ? "insert into sender_identity (" + COLUMNS
                                                        + ", person, since) values (:id,"
                                                        + " :address, :name, :replyTo, :copy, :text, :html, :standard, :person, :since)"
                                                : "update sender_identity set address = :address, name = :name, reply_to = :replyTo,"
                                                        + " copy_to_self = :copy, signature_text = :text, signature_html = :html,"
                                                        + " standard = :standard where id = :id and person = :person and since <= :since",
                                        fresh ? UUID.randomUUID().toString() : identity.id(),
                                        person,
                                        identity)
                                .update()
                        == 1;
            } catch (DuplicateKeyException _) {
                return false;
            }
        });
    }

    private JdbcClient.StatementSpec values(
            JdbcClient sql, String statement, String id, SignedIn person, Identity identity) {
        return sql.sql(statement)
                .param("id", id)
                .param("address", identity.address().toLowerCase(Locale.ROOT))
                .param("name", identity.name())
                .param("replyTo", identity.replyTo())
                .param("copy", identity.copyToSelf())
                .param("text", identity.signatureText())
                .param("html", identity.signatureHtml())
                .param("standard", identity.standard())
                .param("person", person.username())
                .param("since", Timestamp.from(clock.instant()));
    }

    /** @throws StoreException when the store cannot be used */
    void remove(SignedIn person, String id) {
        store.with(sql -> sql.sql("delete from sender_identity where id = :id and person = :person")
                .param("id", id)
                .param("person", person.username())
                .update());
    }
}
