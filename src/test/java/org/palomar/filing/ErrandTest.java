package org.palomar.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palomar.filing.Errand.Question;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.ScriptedServer;

/** What is meant is found out before anything is done. */
class ErrandTest {

    private static final Question QUESTION = new Question(MailboxName.INBOX, open -> {
        List<Uid> all = open.search(SearchKey.ALL);
        SearchKey range = new SearchKey.Uids(all.getFirst(), all.getLast());
        SearchKey words = new SearchKey.Words(SearchKey.Field.SUBJECT, "tile");
        UidSet found = UidSet.of(open.search(new SearchKey.And(List.of(range, words))));
        return new Task(open.name(), open.uidValidity(), found, List.of(Mark.add(Flags.SEEN)), Way.STAY, null);
    });

    @Test
    void stoppedWhileTheServerSearchesNothingIsDone() {
        try (ScriptedServer server = new ScriptedServer("search-slow");
                CuttingProxy wire = new CuttingProxy(server.port())) {
            LongRunTest.with(wire.port(), session -> {
                Errand errand = Errand.asking(session, List.of(QUESTION, QUESTION));
                Thread work = Thread.ofVirtual().start(() -> errand.toTheEnd(Duration.ofMillis(1)));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> wire.commands().stream().anyMatch(sent -> sent.startsWith("UID SEARCH UID")));
                assertThat(errand.isBegun()).isFalse();
                assertThat(errand.asked()).isZero();
                errand.stop();
                await().atMost(Duration.ofMinutes(1)).until(() -> !work.isAlive());
                assertThat(errand.isBegun()).isFalse();
                assertThat(errand.tally().settled()).isZero();
                assertThat(errand.inverse()).isEmpty();
            });
            // Asked again, the script complains.
            server.check();
        }
    }
}
