package org.palomar.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;

/** Letters in work, on any database. */
abstract class DraftsContract {

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();

    abstract Store store();

    abstract Sealing sealing();

    private Drafts drafts() {
        return new Drafts(store(), sealing(), new SettableClock());
    }

    private static Edition by(String editor, long revision, long turn) {
        return new Edition(revision, editor, turn);
    }

    @Test
    void aLetterIsSavedAgainAndAgain() {
        Drafts drafts = drafts();
        assertThat(drafts.save(alice, id, by("page", 0, 1), "one ñ 🏮", null)).isEqualTo(new Saved.Kept(1));
        assertThat(drafts.save(alice, id, by("page", 1, 2), "two", null)).isEqualTo(new Saved.Kept(2));
        assertThat(drafts.save(alice, id, by("page", 2, 3), "x".repeat(3_000_000), null))
                .isEqualTo(new Saved.Kept(3));
        assertThat(drafts.find(alice, id).orElseThrow().content()).hasSize(3_000_000);
        assertThat(drafts.find(bob, id)).as("each one's own").isEmpty();
        assertThat(drafts.find(alice, "'; drop table draft; --")).isEmpty();
    }

    @Test
    void requestsOfOnePageMayOvertakeEachOther() {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("page", 0, 1), "one", null);
        drafts.save(alice, id, by("page", 1, 3), "three", null);
        assertThat(drafts.save(alice, id, by("page", 1, 2), "two", null)).isEqualTo(new Saved.Kept(2));
        assertThat(drafts.find(alice, id).orElseThrow().content()).isEqualTo("three");
        assertThat(drafts.save(alice, id, by("page", 1, 4), "four", null))
                .as("an answer that got lost is no clash")
                .isEqualTo(new Saved.Kept(3));
    }

    @Test
    void twoPagesDoNotOverwriteEachOther() {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("desk", 0, 1), "desk", null);
        assertThat(drafts.save(alice, id, by("phone", 1, 1), "phone", null)).isEqualTo(new Saved.Kept(2));
        assertThat(drafts.save(alice, id, by("desk", 1, 2), "desk again", null))
                .isInstanceOfSatisfying(
                        Saved.Clash.class,
                        clash -> assertThat(clash.other().content()).isEqualTo("phone"));
        assertThat(drafts.find(alice, id).orElseThrow().content()).isEqualTo("phone");
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("first", 0, 1), "first", null);
        List<Callable<Saved>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "page" + i;
            all.add(() -> drafts.save(alice, id, by(name, 1, 1), name, null));
        }
        List<Saved> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Saved> each : threads.invokeAll(all)) {
                ends.add(each.get());
            }
        }
        assertThat(ends).filteredOn(Saved.Kept.class::isInstance).hasSize(1);
        assertThat(ends).filteredOn(Saved.Clash.class::isInstance).hasSize(11);
    }

    @Test
    void whatWasThrownAwayComesBack() {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("page", 0, 1), "words", null);
        drafts.discard(alice, id, true);
        assertThat(drafts.save(alice, id, by("page", 1, 2), "more", null)).isInstanceOf(Saved.Gone.class);
        drafts.discard(alice, id, false);
        assertThat(drafts.find(alice, id).orElseThrow().content()).isEqualTo("words");
        assertThat(drafts.save(alice, id, by("page", 1, 2), "more", null)).isInstanceOf(Saved.Kept.class);
    }

    @Test
    void theCopyIsRemembered() {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("page", 0, 1), "words", null);
        assertThat(drafts.uncopied(alice)).hasSize(1);
        MessageRef copy = MessageRef.parse(new MailboxName("Drafts/ñ"), "17.4");
        assertThat(drafts.copied(alice, id, copy, 1)).isTrue();
        assertThat(drafts.uncopied(alice)).isEmpty();
        assertThat(drafts.find(alice, copy).orElseThrow().id()).isEqualTo(id);
        drafts.clash(alice, id);
        assertThat(drafts.save(alice, id, by("page", 1, 2), "more", null)).isInstanceOf(Saved.Clash.class);
        drafts.discard(alice, id, true);
        assertThat(drafts.find(alice, id).orElseThrow().copy())
                .as("what another program wrote stays")
                .isNull();
    }

    /** S24: what is stored cannot be read, nor opened in another's row. */
    @Test
    void s24_aRowOpensNowhereElse() {
        Drafts drafts = drafts();
        drafts.save(alice, id, by("page", 0, 1), "a secret of hers", null);
        String sealed = store().with(sql -> sql.sql("select sealed from draft where person = :person")
                .param("person", alice)
                .query(String.class)
                .single());
        assertThat(sealed).doesNotContain("secret");
        drafts.save(bob, id, by("page", 0, 1), "his", null);
        store().with(sql -> sql.sql("update draft set sealed = :sealed where person = :person")
                .param("sealed", sealed)
                .param("person", bob)
                .update());
        assertThat(drafts.find(bob, id).orElseThrow().content()).isNull();
        assertThat(drafts.find(alice, id).orElseThrow().content()).isEqualTo("a secret of hers");
    }
}
