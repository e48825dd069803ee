package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/** What a connection remembers of its mailbox. */
class KnownRowsTest {

    private final KnownRows rows = new KnownRows();

    private static MessageSummary row(int sequence, long uid) {
        return new MessageSummary(
                new MessageRef(MailboxName.INBOX, new UidValidity(7), new Uid(uid)),
                sequence,
                EnvelopeReader.read(Value.Nil.NIL),
                Flags.NONE,
                Instant.EPOCH,
                100,
                null,
                null);
    }

    @Test
    void numbersMoveUpWhenOneGoes() {
        for (int n = 3; n <= 6; n++) {
            rows.put(row(n, 10 + n));
        }
        rows.expunge(1);
        rows.expunge(3);
        assertThat(List.of(rows.has(1), rows.has(2), rows.has(3), rows.has(4), rows.has(5)))
                .containsExactly(false, true, true, true, false);
        assertThat(rows.uid(2)).isEqualTo(new Uid(13));
        assertThat(rows.has(new Uid(14))).isFalse();
        assertThat(rows.uid(3)).isEqualTo(new Uid(15));
        rows.expunge(3);
        assertThat(rows.has(new Uid(15))).isFalse();
        assertThat(rows.uid(3)).isEqualTo(new Uid(16));
    }

    @Test
    void aRowIsAsTheServerTellsItNow() {
        MessageSummary before = row(3, 13);
        rows.put(before);
        assertThat(rows.now(before, 3, Flags.NONE)).isSameAs(before);
        MessageSummary now = rows.now(before, 2, Flags.of(Flags.SEEN));
        assertThat(now.sequence()).isEqualTo(2);
        assertThat(now.flags().seen()).isTrue();
        assertThat(rows.of(List.of(new Uid(13), new Uid(14)))).containsOnly(entry(new Uid(13), now));
        assertThat(rows.between(1, 3)).containsOnly(entry(new Uid(13), now));
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() {
        for (int n = 1; n <= 250; n++) {
            rows.put(row(n, n));
        }
        rows.of(List.of(new Uid(1)));
        rows.put(row(251, 251));
        assertThat(rows.has(new Uid(1))).isTrue();
        assertThat(rows.has(new Uid(2))).isFalse();
        assertThat(rows.has(2)).isFalse();
        assertThat(rows.uid(251)).isEqualTo(new Uid(251));
    }
}
