package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.MailboxWatch.State;
import org.palomar.mail.MailboxEvent.FlagsChanged;
import org.palomar.mail.MailboxEvent.MailboxesChanged;
import org.palomar.mail.MailboxEvent.MessagesArrived;
import org.palomar.mail.MailboxEvent.MessagesExpunged;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;

/** Dovecot offers NOTIFY, so one connection hears about every mailbox. */
class DovecotWatchIT extends WatchContract {

    private DovecotServer server;

    @Override
    int port() {
        server = DovecotServer.start();
        return server.port();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void mailboxesThatNobodyLooksAtAreTold() {
        elsewhere.create(WORK, null);
        append(WORK);
        watch(INBOX);
        append(WORK);
        heard.awaitAny(new MessagesArrived(WORK, 1)::equals);
        inTheFirst(
                WORK,
                (open, uids) -> open.store(uids, OpenMailbox.FlagChange.ADD, org.palomar.mail.Flags.of("\\Flagged")));
        heard.awaitAny(new FlagsChanged(WORK)::equals);
        inTheFirst(WORK, OpenMailbox::expunge);
        heard.awaitAny(new MessagesExpunged(WORK)::equals);
    }

    @Test
    void mailboxesThatComeAndGoAreTold() {
        watch(INBOX);
        elsewhere.create(WORK, null);
        heard.awaitAny(new MailboxesChanged()::equals);
        elsewhere.rename(WORK, new MailboxName("Play"));
        heard.awaitAny(new MailboxesChanged()::equals);
    }

    /** Dovecot tells names in UTF-8, and takes them in modified UTF-7 only. */
    @Test
    void aMailboxOfAnyNameThatWasToldCanBeRenamed() {
        MailboxName made = new MailboxName("Swallows ñ & co");
        MailboxName renamed = new MailboxName("Swifts ñ & co");
        elsewhere.create(made, null);
        watch(INBOX);
        append(made);
        heard.awaitAny(new MessagesArrived(made, 1)::equals);
        session.rename(made, renamed);
        heard.awaitAny(new MailboxesChanged()::equals);
        session.delete(renamed);
    }

    @Test
    void aRestartOfTheServerIsSurvived() {
        MailboxWatch watch = watch(INBOX);
        server.stop();
        heard.awaitState(State.AWAY);
        server.startAgain();
        heard.awaitState(State.WATCHING);
        heard.forget();
        append(INBOX);
        heard.awaitAny(new MessagesArrived(INBOX, 1)::equals);
        watch.close();
        await("the farewell")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(server.log()).contains("Logged out"));
    }
}
