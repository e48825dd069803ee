package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.OpenMailbox.News;
import org.palomar.imap.OpenMailbox.Window;
import org.palomar.mail.Address;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SortKey;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/** Servers that answer oddly, each a file in {@code src/test/resources/wire}. */
class WireScriptTest {

    private static final Credentials ALICE = ScriptedMail.ALICE;
    private static final MailboxName INBOX = MailboxName.INBOX;

    private @Nullable ScriptedMail mail;

    private MailSession open(String script) {
        return open(script, Security.PLAIN, ALICE, null);
    }

    private MailSession open(String script, Security security, Credentials credentials, @Nullable String client) {
        if (mail == null) {
            mail = new ScriptedMail(script, security);
        }
        return mail.open(credentials, client);
    }

    @AfterEach
    void close() {
        if (mail != null) {
            mail.close();
        }
    }

    @Test
    void byeInTheMiddleOfAFetchIsRetriedOnce() {
        Window window = open("bye-mid-fetch").examine(INBOX, open -> open.newest(0, 50));
        assertThat(window.messages()).extracting(m -> m.envelope().subject()).containsExactly("s12", "s11");
    }

    @Test
    void overQuotaIsSaid() {
        MailSession session = open("overquota");
        assertThatThrownBy(() -> session.append(
                        INBOX,
                        new ByteArrayInputStream("abcde\r\n".getBytes(StandardCharsets.US_ASCII)),
                        5,
                        Flags.NONE,
                        null))
                .isInstanceOf(ImapException.OverQuota.class);
    }

    @Test
    void anotherUidValidityAfterAReconnectIsNoticed() {
        MailSession session = open("uidvalidity-change");
        MessageRef ref = session.examine(
                INBOX, open -> open.newest(0, 1).messages().getFirst().ref());
        assertThatThrownBy(() -> session.examine(INBOX, open -> {
                    open.newest(0, 1);
                    open.check(ref);
                    return true;
                }))
                .isInstanceOf(ImapException.UidValidityChanged.class);
    }

    /** Because Gmail and Exchange have no SORT, and Exchange no ESEARCH either. */
    @Test
    void ordersWithoutSort() {
        open("no-sort").examine(INBOX, open -> {
            assertThat(open.sorted(SortKey.SUBJECT).list())
                    .extracting(Uid::value)
                    .containsExactly(13L, 12L, 14L, 15L, 11L);
            News news = open.news(new MailboxState(open.uidValidity(), 5, 15), List.of());
            assertThat(news.removed()).isTrue();
            assertThat(news.now()).isEqualTo(new MailboxState(open.uidValidity(), 5, 17));
            assertThat(news.arrived().list()).containsExactly(new Uid(17));
            assertThat(open.sorted(SortKey.FROM).list())
                    .extracting(Uid::value)
                    .containsExactly(13L, 17L, 15L, 14L, 11L);
            return true;
        });
    }

    /** Because Dovecot answers a SORT or SEARCH from before the EXPUNGEs of the NOOP that was sent with it. */
    @Test
    void whatWentMeanwhileIsNotInAnOrder() {
        open("sort-with-expunge").examine(INBOX, open -> {
            assertThat(open.sorted(SortKey.SUBJECT).list())
                    .extracting(Uid::value)
                    .containsExactly(13L, 11L, 12L);
            assertThat(open.sorted(SortKey.DATE).list()).extracting(Uid::value).containsExactly(12L, 13L);
            MailboxState known = new MailboxState(open.uidValidity(), 2, 13);
            assertThat(open.news(known, List.of()).now()).isEqualTo(known);
            assertThat(open.inventory().state()).isEqualTo(known);
            return true;
        });
    }

    /** Because Dovecot says so when two connections are the first to open a mailbox that it makes by itself. */
    @Test
    void aMailboxThatAnotherConnectionMadeMeanwhileIsOpenedOnceMore() {
        MailSession session = open("created-meanwhile");
        assertThat(session.<Integer>examine(INBOX, OpenMailbox::messages)).isZero();
    }

    @Test
    void withoutUidPlusAndMoveNothingIsMarked() {
        MailSession session = open("no-uidplus-no-move");
        session.select(INBOX, open -> {
            assertThatThrownBy(() -> open.move(List.of(new Uid(3)), new MailboxName("Old")))
                    .isInstanceOf(ImapException.Unsupported.class);
            assertThatThrownBy(() -> open.expunge(List.of(new Uid(3)))).isInstanceOf(ImapException.Unsupported.class);
            return true;
        });
    }

    @Test
    void withoutMoveItCopiesMarksAndExpungesByUid() {
        Map<Uid, MessageRef> moved = open("move-without-move")
                .select(
                        INBOX,
                        open -> open.move(
                                List.of(new Uid(7), new Uid(4), new Uid(3), new Uid(5)), new MailboxName("Old")));
        assertThat(moved)
                .containsEntry(new Uid(3), old(20))
                .containsEntry(new Uid(5), old(22))
                .containsEntry(new Uid(7), old(30))
                .hasSize(4);
    }

    private static MessageRef old(long uid) {
        return new MessageRef(new MailboxName("Old"), new UidValidity(77), new Uid(uid));
    }

    @Test
    void s43_aStrippedStartTlsIsRefusedBeforeAnythingIsSaid() {
        for (String script : List.of("stripped-starttls", "preauth-starttls", "injected-starttls")) {
            assertThatThrownBy(() -> open(script, Security.STARTTLS, ALICE, null))
                    .as(script)
                    .isInstanceOf(ImapException.CertificateRejected.class);
            close();
            mail = null;
        }
    }

    @Test
    void loginDisabledMeansNoPasswordIsSent() {
        assertThatThrownBy(() -> open("logindisabled")).isInstanceOf(ImapException.Unsupported.class);
    }

    @Test
    void oldServersGetLoginWithLiterals() {
        MailSession session = open(
                "login-without-sasl", Security.PLAIN, new Credentials("alice@palomar.example", "p\\ss \"wörd"), null);
        assertThat(session.capabilities()).containsExactly("IMAP4REV1");
    }

    @Test
    void plainWithoutInitialResponseAndTheBrowsersAddress() {
        MailSession session = open("plain-without-ir", Security.PLAIN, ALICE, "203.0.113.7");
        assertThat(session.capabilities()).contains("QUOTA");
    }

    @Test
    void aFullServerIsNotAWrongPassword() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> open("too-many-at-login")).isInstanceOf(ImapException.TooManyConnections.class);
        }
        assertThatThrownBy(() -> open("too-many-at-login")).isInstanceOf(ImapException.AuthenticationFailed.class);
    }

    @Test
    void tagsMayComeBackInAnyOrder() {
        MailSession session = open("out-of-order-tags");
        session.examine(INBOX, open -> open.newest(0, 50));
        Window window = session.examine(INBOX, open -> open.newest(0, 50));
        assertThat(window.total()).isEqualTo(3);
        assertThat(window.messages()).extracting(m -> m.ref().uid().value()).containsExactly(13L, 12L, 11L);
        assertThat(window.messages()).extracting(m -> m.flags().flagged()).containsExactly(false, true, false);
        assertThat(window.messages()).extracting(m -> m.envelope().subject()).containsExactly("s13", "s12", "s11");
    }

    @Test
    void aWindowThatShrankIsFetchedOnceMore() {
        MailSession session = open("window-after-expunge");
        session.examine(INBOX, open -> open.newest(0, 2));
        Window window = session.examine(INBOX, open -> open.newest(0, 2));
        assertThat(window.total()).isEqualTo(4);
        assertThat(window.messages()).extracting(m -> m.ref().uid().value()).containsExactly(15L, 14L);
        assertThat(window.messages()).extracting(MessageSummary::sequence).containsExactly(4, 3);
    }

    @Test
    void messagesThatMakeNoSenseDoNotCostTheOthers() {
        List<MessageSummary> rows =
                open("odd-messages").examine(INBOX, open -> open.newest(0, 50).messages());
        assertThat(rows).extracting(m -> m.ref().uid().value()).containsExactly(15L, 14L, 13L, 12L, 11L);

        MessageSummary nil = rows.get(4);
        assertThat(nil.envelope().subject()).isNull();
        assertThat(nil.body()).isNull();
        assertThat(nil.arrived()).isEqualTo(Instant.EPOCH);
        assertThat(nil.size()).isZero();

        MessageSummary odd = rows.get(3);
        assertThat(odd.flags()).isEqualTo(Flags.of(Flags.SEEN));
        assertThat(odd.preview()).isEqualTo("a b");
        assertThat(odd.envelope().sender()).isEmpty();
        assertThat(odd.envelope().replyTo())
                .containsExactly(new Address("friends", ""), new Address(null, "carol@x.example"));
        assertThat(odd.envelope().to()).containsExactly(new Address("a", "undisclosed"));
        assertThat(odd.envelope().messageId()).isNull();
        assertThat(odd.body().mediaType()).isEqualTo("text/plain");

        MessageSummary large = rows.get(2);
        assertThat(large.size()).isEqualTo(5_000_000_000L);
        assertThat(large.envelope().subject()).isEqualTo("caféñé");
        BodyStructure pdf = ((BodyStructure.Multipart) large.body()).parts().get(1);
        assertThat(pdf.fileName()).isEqualTo("ñx.pdf");
        assertThat(pdf.disposition()).isEqualTo("attachment");

        assertThat(rows.get(1).envelope().subject()).isEqualTo("four");
        assertThat(rows.get(1).body()).isNull();
        assertThat(rows.get(0).size()).isEqualTo(5);
    }

    @Test
    void mailboxesBelowAPrefixAndWithoutAttributes() {
        MailSession session = open("namespace-prefix");
        List<Mailbox> mailboxes = session.mailboxes(true);
        assertThat(session.topLevel(new MailboxName("Work"))).isEqualTo(new MailboxName("INBOX.Work"));
        assertThat(session.topLevel(new MailboxName("INBOX.Work"))).isEqualTo(new MailboxName("INBOX.Work"));
        assertThat(mailboxes)
                .extracting(m -> m.name().value())
                .containsExactly(
                        "INBOX",
                        "INBOX.Sent",
                        "INBOX.Papelera",
                        "INBOX.Work",
                        "INBOX.Work.Sent",
                        "INBOX.ÉTÉ",
                        mailboxes.get(6).name().value(),
                        "flat",
                        "one\"two");
        assertThat(mailboxes)
                .extracting(Mailbox::specialUse)
                .startsWith(SpecialUse.INBOX, SpecialUse.SENT, SpecialUse.TRASH, null, null);
        assertThat(mailboxes.get(0).status().unseen()).isEqualTo(2);
        assertThat(mailboxes.get(1).status()).isNull();
        assertThat(mailboxes.get(1).subscribed()).isTrue();
        assertThat(mailboxes.get(6).status().messages()).isEqualTo(1);
        assertThat(mailboxes.get(7).delimiter()).isNull();
        assertThat(mailboxes.get(8).selectable()).isFalse();
    }

    @Test
    void gmailsRootCannotBeOpenedAndItsUsesWinOverNames() {
        MailSession session = open("gmail");
        Map<String, Mailbox> mailboxes = session.mailboxes(true).stream()
                .collect(java.util.stream.Collectors.toMap(m -> m.name().value(), m -> m));
        assertThat(mailboxes.get("[Gmail]").selectable()).isFalse();
        assertThat(mailboxes.get("[Gmail]").status()).isNull();
        assertThat(mailboxes.get("[Gmail]/Sent Mail").specialUse()).isEqualTo(SpecialUse.SENT);
        assertThat(mailboxes.get("[Gmail]/Trash").specialUse()).isEqualTo(SpecialUse.TRASH);
        assertThat(mailboxes.get("[Gmail]/Spam").specialUse()).isEqualTo(SpecialUse.JUNK);
        assertThat(mailboxes.get("[Gmail]/All Mail").specialUse()).isEqualTo(SpecialUse.ALL);
        assertThat(mailboxes.get("Sent").specialUse()).isNull();
        assertThat(mailboxes.get("Trash").specialUse()).isNull();
        assertThat(mailboxes.get("INBOX").status().highestModSeq()).isEqualTo(18446744L);
        assertThatThrownBy(() -> session.examine(new MailboxName("[Gmail]"), OpenMailbox::messages))
                .isInstanceOf(ImapException.MailboxMissing.class);
    }

    @Test
    void aPartThatTheServerCannotGiveIsNoEmptyFile() {
        open("stream-refused").examine(INBOX, open -> {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> open.stream(new Uid(5), new PartPath("2"), OutputStream.nullOutputStream()))
                        .isInstanceOf(ImapException.Refused.class);
            }
            assertThat(open.stream(new Uid(5), new PartPath("2"), OutputStream.nullOutputStream()))
                    .isZero();
            assertThatThrownBy(() -> open.stream(new Uid(5), new PartPath("2"), OutputStream.nullOutputStream()))
                    .isInstanceOf(ImapException.MessageGone.class);
            return true;
        });
    }

    @Test
    void aCopyWithoutAnswerIsNotDoneAgain() {
        MailSession session = open("copy-then-silence");
        assertThatThrownBy(() -> session.examine(INBOX, open -> open.copy(List.of(new Uid(5)), new MailboxName("Old"))))
                .isInstanceOfSatisfying(
                        ImapException.ConnectionLost.class,
                        lost -> assertThat(lost.outcomeUnknown()).isTrue());
    }

    @Test
    void aWindowThatIsRefusedIsNotAnEmptyMailbox() {
        MailSession session = open("window-refused");
        assertThatThrownBy(() -> session.examine(INBOX, open -> open.newest(0, 50)))
                .isInstanceOf(ImapException.Refused.class);
    }

    @Test
    void mailboxesOfOthersHaveNoUseForThisPerson() {
        assertThat(open("special-uses-of-others").mailboxes(false))
                .extracting(Mailbox::specialUse)
                .containsExactly(SpecialUse.INBOX, null, null, null, null, null, null);
    }

    @Test
    void aMessageIsNotItsOwnNeighbourAfterAnExpunge() {
        open("neighbours-after-expunge").examine(INBOX, open -> {
            int sequence = open.detail(new Uid(14), List.of(), OpenMailbox.Ahead.NOTHING)
                    .summary()
                    .sequence();
            open.part(new Uid(14), new PartPath("1"), 9);
            OpenMailbox.Neighbours neighbours = open.neighbours(sequence);
            assertThat(neighbours.older().uid()).isEqualTo(new Uid(12));
            assertThat(neighbours.newer().uid()).isEqualTo(new Uid(15));
            return true;
        });
    }

    @Test
    void whatWasRefusedAheadIsAskedForAgainAndNumbersFollowAnExpunge() {
        PartPath one = new PartPath("1");
        OpenMailbox.Ahead ahead = new OpenMailbox.Ahead(_ -> List.of(one), 9, true);
        open("read-ahead-refused").examine(INBOX, open -> {
            int sequence = open.detail(new Uid(14), List.of(), ahead).summary().sequence();
            assertThat(open.neighbours(sequence).older().uid()).isEqualTo(new Uid(12));
            assertThatThrownBy(() -> open.parts(new Uid(14), List.of(one), 9))
                    .isInstanceOf(ImapException.Refused.class);

            MessageSummary again = open.detail(new Uid(14), List.of(), ahead).summary();
            assertThat(again.sequence()).isEqualTo(1);
            assertThat(again.flags().flagged()).isTrue();
            assertThat(open.parts(new Uid(14), List.of(one), 9)).containsOnlyKeys(one);
            assertThat(open.neighbours(1).older()).isNull();
            assertThat(open.neighbours(1).newer().uid()).isEqualTo(new Uid(15));
            return true;
        });
    }

    private static SearchKey subject(String text) {
        return new SearchKey.Words(SearchKey.Field.SUBJECT, text, true);
    }

    private static SearchKey tiles() {
        return new SearchKey.And(List.of(
                new SearchKey.Flagged(Flags.SEEN, false),
                new SearchKey.Or(List.of(subject("tile \"x\\"), subject("roof"), subject("lime"))),
                new SearchKey.Not(new SearchKey.And(List.of(
                        new SearchKey.Since(java.time.LocalDate.of(2026, 1, 5)),
                        new SearchKey.Larger(5_000_000_000L))))));
    }

    @Test
    void searchesWithTheShortestAnswerOfferedAndNearlyWhereTheServerCan() {
        List<Uid> found = open("search-esearch-fuzzy").examine(INBOX, open -> {
            assertThat(open.search(subject("nothing"))).isEmpty();
            return open.search(tiles());
        });
        assertThat(found).extracting(Uid::value).containsExactly(3L, 4L, 5L, 9L, 12L);
    }

    @Test
    void searchesOldServersToo() {
        List<Uid> found = open("search-without-esearch").examine(INBOX, open -> open.search(tiles()));
        assertThat(found).extracting(Uid::value).containsExactly(3L, 9L);
    }

    @Test
    void aServerWithoutUtf8IsAskedInItsOwnCharsetOrForWhatIsLeft() {
        open("search-badcharset").examine(INBOX, open -> {
            assertThat(open.search(subject("café"))).containsExactly(new Uid(5));
            assertThat(open.search(
                            new SearchKey.And(List.of(subject("Łódź quote"), new SearchKey.Not(subject("Łoś"))))))
                    .containsExactly(new Uid(6));
            assertThatThrownBy(() -> open.search(subject("日本"))).isInstanceOf(ImapException.Refused.class);
            return true;
        });
    }
}
