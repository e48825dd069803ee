package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.OpenMailbox.Window;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;

/** What large providers and their servers do differently, each a file in {@code src/test/resources/wire}. */
class ProvidersTest {

    private static final MailboxName INBOX = MailboxName.INBOX;

    private static <T> T on(String script, Function<MailSession, T> work) {
        try (ScriptedMail mail = new ScriptedMail(script, Security.PLAIN)) {
            return work.apply(mail.open());
        }
    }

    @Test
    void zohoCountsChangesBelowZero() {
        Window window = on("zoho", session -> session.examine(INBOX, open -> open.newest(0, 50)));
        assertThat(window.messages()).extracting(m -> m.envelope().subject()).containsExactly("two", "one");
        assertThat(window.messages().get(1).flags()).isEqualTo(Flags.of(Flags.SEEN));
    }

    @Test
    void exchangeTellsTheNewUidBeforeTheMoveIsDone() {
        Map<Uid, MessageRef> moved = on(
                "exchange",
                session -> session.select(INBOX, open -> {
                    Map<Uid, MessageRef> copies = open.move(List.of(new Uid(31)), new MailboxName("Archive"));
                    assertThat(open.messages()).isZero();
                    return copies;
                }));
        assertThat(moved.get(new Uid(31)).uid()).isEqualTo(new Uid(6));
    }

    @Test
    void iCloudTakesEveryMessageForAChangedOne() {
        MailboxState now = on(
                "icloud",
                session -> session.examine(
                        INBOX,
                        open -> open.news(new MailboxState(open.uidValidity(), 2, 12), List.of())
                                .now()));
        assertThat(now).isEqualTo(new MailboxState(new UidValidity(7), 3, 13));
    }

    @Test
    void keywordsMayComeInLowerCase() {
        List<Mailbox> mailboxes = on("lower-case", session -> session.mailboxes(false));
        assertThat(mailboxes).extracting(Mailbox::specialUse).containsExactly(SpecialUse.INBOX, SpecialUse.TRASH);
    }

    @Test
    void protonBridgeGivesTheOnlyPartWithTheWhole() {
        assertThat(read("proton-bridge").text()).isEqualTo("read me whole");
    }

    @Test
    void purelyMailGivesNothingForPartsAskedForTogether() {
        ReadMessage read = read("purelymail");
        assertThat(read.text()).isEqualTo("all words");
        assertThat(read.html()).isEqualTo("<p>all words</p>");
    }

    private static ReadMessage read(String script) {
        MessageRef ref = new MessageRef(INBOX, new UidValidity(7), new Uid(5));
        return on(
                script,
                session -> session.examine(
                        INBOX, open -> MessageReading.of(open, ref).read(PartPath.ROOT)));
    }

    @Test
    void gmailRefusesForNow() {
        try (ScriptedMail mail = new ScriptedMail("gmail-throttled", Security.PLAIN)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(mail::open).isInstanceOf(ImapException.TooManyConnections.class);
            }
            MailSession session = mail.open();
            assertThatThrownBy(() -> session.examine(INBOX, open -> open.newest(0, 50)))
                    .isInstanceOf(ImapException.Busy.class);
        }
    }

    @Test
    void yahoosLimitIsNoFullMailbox() {
        on(
                "yahoo",
                session -> session.select(INBOX, open -> {
                    assertThatThrownBy(() -> open.move(List.of(new Uid(11)), new MailboxName("Archive")))
                            .isInstanceOf(ImapException.Busy.class);
                    return true;
                }));
    }
}
