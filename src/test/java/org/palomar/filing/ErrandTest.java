package org.palomar.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.palomar.filing.Errand.Question;
import org.palomar.filing.Task.Mark;
import org.palomar.filing.Task.Way;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.ScriptedMail;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;

/** What is meant is found out before anything is done. */
class ErrandTest {

    @Test
    void stoppedWhileTheServerSearchesNothingIsDone() throws InterruptedException {
        try (ScriptedMail mail = new ScriptedMail("search-slow", Security.PLAIN)) {
            CountDownLatch searching = new CountDownLatch(1);
            Question question = new Question(MailboxName.INBOX, open -> {
                List<Uid> all = open.search(SearchKey.ALL);
                searching.countDown();
                UidSet found = UidSet.of(open.search(new SearchKey.And(List.of(
                        new SearchKey.Uids(all.getFirst(), all.getLast()),
                        new SearchKey.Words(SearchKey.Field.SUBJECT, "tile")))));
                return new Task(open.name(), open.uidValidity(), found, List.of(Mark.add(Flags.SEEN)), Way.STAY, null);
            });
            Errand errand = Errand.asking(mail.open(), List.of(question, question));
            Thread work = Thread.ofVirtual().start(() -> errand.toTheEnd(Duration.ofMillis(1)));
            assertThat(searching.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(errand.isBegun()).isFalse();
            assertThat(errand.asked()).isZero();
            errand.stop();
            // Asked again, the script would complain.
            assertThat(work.join(Duration.ofMinutes(1))).isTrue();
            assertThat(errand.isBegun()).isFalse();
            assertThat(errand.tally().settled()).isZero();
            assertThat(errand.inverse()).isEmpty();
        }
    }
}
