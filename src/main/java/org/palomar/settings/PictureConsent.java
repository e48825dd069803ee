package org.palomar.settings;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Whose pictures a person wants to see without being asked. Safe for use by many threads.
 *
 * <p>Everything that changes or lists throws {@link StoreException} when the store cannot be used.
 */
@Component
public class PictureConsent {

    /** Senders of one person that are kept. */
    static final int MOST = 2_000;

    private static final String POLICY = "pictures";

    private final Store store;
    private final Choices choices;
    private final Clock clock;

    PictureConsent(Store store, Clock clock) {
        this.store = store;
        this.choices = new Choices(store);
        this.clock = clock;
    }

    /** Whether pictures of this sender are shown without asking; never when the store cannot be used. */
    public boolean shows(String person, String address) {
        try {
            return policy(person) == PicturePolicy.ALWAYS
                    || store.with(sql -> sql.sql(
                                            "select count(*) from picture_sender where person = :person and address = :address")
                                    .param("person", person)
                                    .param("address", plain(address))
                                    .query(Integer.class)
                                    .single())
                            > 0;
        } catch (StoreException _) {
            return false;
        }
    }

    PicturePolicy policy(String person) {
        return PicturePolicy.of(choices.get(person, POLICY));
    }

    void choose(String person, PicturePolicy policy) {
        choices.set(person, POLICY, policy.word());
    }

    /** The senders chosen, by address. */
    List<String> senders(String person) {
        return store.with(sql -> sql.sql("select address from picture_sender where person = :person order by address")
                .param("person", person)
                .query(String.class)
                .list());
    }

    /** Chooses a sender for good; false when that is no address or there are too many. */
    boolean trust(String person, String address) {
        String plain = plain(address);
        int at = plain.indexOf('@');
        if (at < 1
                || at == plain.length() - 1
                || plain.length() > 320
                || senders(person).size() >= MOST) {
            return false;
        }
        return store.with(sql -> {
            try {
                sql.sql("insert into picture_sender (person, address, since) values (:person, :address, :since)")
                        .param("person", person)
                        .param("address", plain)
                        .param("since", Timestamp.from(clock.instant()))
                        .update();
            } catch (DuplicateKeyException _) {
                // Chosen before.
            }
            return true;
        });
    }

    void forget(String person, String address) {
        store.with(sql -> sql.sql("delete from picture_sender where person = :person and address = :address")
                .param("person", person)
                .param("address", plain(address))
                .update());
    }

    private static String plain(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
