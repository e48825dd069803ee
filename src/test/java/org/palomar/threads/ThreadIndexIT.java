package org.palomar.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.Stage;

class ThreadIndexIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final SignedIn DAN = new SignedIn("gus@palomar.example", "threads");
    private static final MailboxName SENT = new MailboxName("Sent");
    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** What was known of a mailbox outlives it: each test has its own. */
    private final MailboxName here = new MailboxName("Threads" + COUNTER.incrementAndGet());

    private final MailboxName filed = new MailboxName(here + "/Filed");

    private MailSession session;
    private ThreadIndex index;
    private Relatives relatives;

    @BeforeEach
    void open() {
        session = stage.mail("gus");
        index = stage.product().bean(ThreadIndex.class);
        relatives = stage.product().bean(Relatives.class);
        session.create(here, null);
        session.create(filed, null);
    }

    @AfterEach
    void close() {
        session.delete(filed);
        session.delete(here);
        session.close();
    }

    private MessageRef put(MailboxName mailbox, String id, String references) {
        boolean mine = mailbox.equals(SENT);
        byte[] bytes = """
                From: %s@palomar.example
                To: %s@palomar.example
                Subject: %sThe dovecote
                Date: Mon, 23 Nov 2026 10:0%s:00 +0000
                Message-ID: <%s@threads.example>
                %sMIME-Version: 1.0
                Content-Type: text/plain

                Words of %s.
                """.formatted(
                        mine ? "gus" : "bob",
                        mine ? "bob" : "gus",
                        references.isEmpty() ? "" : "Re: ",
                        id.charAt(id.length() - 1),
                        id,
                        references.isEmpty() ? "" : "References: " + references + "\n",
                        id)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return session.append(mailbox, new ByteArrayInputStream(bytes), bytes.length, Flags.NONE, null);
    }

    private void prepare(MailboxName... mailboxes) {
        for (MailboxName mailbox : mailboxes) {
            index.prepare(DAN, session, mailbox);
            await("the conversations of " + mailbox)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> index.known(DAN, mailbox).isPresent());
        }
    }

    private List<List<MessageRef>> conversations(MailboxName mailbox) {
        return session.examine(mailbox, open -> {
            MailboxThreads threads = index.refresh(DAN, open).orElseThrow();
            return threads.newest(0, 50).stream()
                    .map(each -> each.uids().stream()
                            .map(uid -> new MessageRef(mailbox, open.uidValidity(), uid))
                            .toList())
                    .toList();
        });
    }

    private List<MessageRef> exchange(MessageRef ref) {
        return relatives.of(DAN, session, ref).letters().stream()
                .map(Exchange.Letter::ref)
                .toList();
    }

    @Test
    void whatComesGoesAndMovesIsTakenInWithoutReadingTheMailboxAgain() {
        MessageRef asked = put(here, "t1", "");
        MessageRef other = put(here, "u2", "");
        prepare(here);
        assertThat(conversations(here)).containsExactly(List.of(other), List.of(asked));

        MessageRef answer = put(here, "t3", "<t1@threads.example>");
        MessageRef again = put(here, "t4", "<t1@threads.example> <t3@threads.example>");
        assertThat(conversations(here)).containsExactly(List.of(again, answer, asked), List.of(other));

        session.select(here, open -> open.move(List.of(answer.uid(), other.uid()), filed));
        assertThat(conversations(here)).containsExactly(List.of(again, asked));

        session.select(here, open -> {
            open.expunge(List.of(asked.uid()));
            return true;
        });
        MessageRef late = put(here, "t5", "<t1@threads.example>");
        assertThat(conversations(here)).containsExactly(List.of(late, again));
    }

    @Test
    void anExchangeHasMyAnswersAndWhatIsFiledElsewhereEachOnce() {
        MessageRef asked = put(here, "x1", "");
        MessageRef mine = put(SENT, "x2", "<x1@threads.example>");
        MessageRef back = put(here, "x3", "<x1@threads.example> <x2@threads.example>");
        MessageRef kept = put(filed, "x4", "<x3@threads.example>");
        session.select(here, open -> open.copy(List.of(asked.uid()), filed));
        assertThat(exchange(asked)).containsExactly(asked);
        assertThat(relatives.of(DAN, session, asked).complete()).isFalse();
        assertThat(relatives.count(DAN, session, asked)).isZero();

        prepare(here, SENT, filed);
        assertThat(exchange(asked)).containsExactly(asked, mine, back, kept);
        assertThat(exchange(kept)).hasSize(4).contains(mine, back, kept).doesNotContain(asked);
        assertThat(relatives.of(DAN, session, asked).letters().getFirst().copies())
                .hasSize(2);
        assertThat(relatives.count(DAN, session, asked)).isEqualTo(4);

        MessageRef justSent = put(SENT, "x5", "<x1@threads.example> <x2@threads.example> <x3@threads.example>");
        assertThat(exchange(asked)).containsExactly(asked, mine, back, kept, justSent);
    }

    @Test
    void aMailboxMadeAnewIsReadAnew() {
        put(here, "v1", "");
        prepare(here);
        session.delete(filed);
        session.delete(here);
        session.create(here, null);
        session.create(filed, null);
        MessageRef now = put(here, "v2", "");
        Optional<MailboxThreads> old = session.examine(here, open -> index.refresh(DAN, open));
        assertThat(old).isEmpty();
        assertThat(index.known(DAN, here)).isEmpty();
        prepare(here);
        assertThat(conversations(here)).containsExactly(List.of(now));
    }

    @Test
    void whatCannotBePreparedIsNotTriedOverAndOver() {
        MailboxName missing = new MailboxName("Threads/Nowhere");
        assertThat(index.prepare(DAN, session, missing)).isEqualTo(ThreadIndex.Progress.PREPARING);
        await("the failure")
                .atMost(Duration.ofSeconds(60))
                .until(() -> index.prepare(DAN, session, missing) == ThreadIndex.Progress.FAILED);
    }
}
