package org.palomar.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;
import tools.jackson.databind.json.JsonMapper;

/** Templates, on any database. */
abstract class TemplatesContract {

    private final SignedIn alice = new SignedIn("alice-" + UUID.randomUUID(), "a");
    private final SignedIn bob = new SignedIn("bob-" + UUID.randomUUID(), "b");

    abstract Store store();

    abstract Sealing sealing();

    private Templates templates() {
        return new Templates(store(), sealing(), new JsonMapper(), new SettableClock());
    }

    private static Template hours() {
        return new Template("", "Öffnung", "Hours", "Dear {name}", "<b>Dear</b> {name}");
    }

    @Test
    void areKeptChangedAndRemovedByTheirOwner() {
        Templates templates = templates();
        String id = templates.keep(alice, hours()).orElseThrow();
        assertThat(templates.of(alice)).containsExactly(hours().withId(id));
        assertThat(templates.find(bob, id)).isEmpty();
        assertThat(templates.keep(bob, hours().withId(id))).as("not bob's").isEmpty();
        templates.remove(bob, id);
        Template changed = new Template(id, "Anders", "", "x", "");
        assertThat(templates.keep(alice, changed)).contains(id);
        assertThat(templates.find(alice, id)).contains(changed);
        templates.remove(alice, id);
        assertThat(templates.of(alice)).isEmpty();
        assertThat(templates.keep(alice, changed)).as("gone").isEmpty();
    }

    @Test
    void areSealed() {
        templates().keep(alice, hours());
        String stored = store().with(sql -> sql.sql("select sealed from canned where person = :person")
                .param("person", alice.username())
                .query(String.class)
                .single());
        assertThat(stored).doesNotContain("Dear").doesNotContain("Hours");
    }

    @Test
    void haveABound() {
        Templates templates = templates();
        for (int i = 0; i < Templates.MOST; i++) {
            assertThat(templates.keep(alice, hours())).isPresent();
        }
        assertThat(templates.keep(alice, hours())).isEmpty();
    }
}
