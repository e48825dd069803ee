package org.palomar.imap;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailboxWatch.State;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxEvent.FlagsChanged;
import org.palomar.mail.MailboxEvent.MessagesArrived;
import org.palomar.mail.MailboxEvent.MessagesExpunged;
import org.palomar.mail.MailboxName;
import org.palomar.testing.WatchLog;

/** What one client does, another one's watch tells; the same on every server. */
abstract class WatchContract {

    static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    static final MailboxName INBOX = MailboxName.INBOX;
    static final MailboxName WORK = new MailboxName("Work");

    final WatchLog heard = new WatchLog();
    private AngusImapConnector connector;
    /** The other client. */
    MailSession elsewhere;

    MailSession session;

    abstract int port();

    @BeforeEach
    void open() {
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        port(),
                        Security.PLAIN,
                        false,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        2,
                        Duration.ofSeconds(60)),
                new WatchProperties(10, Duration.ofMinutes(4), Duration.ofSeconds(2)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        elsewhere = connector.open(ALICE, null);
        session = connector.open(ALICE, null);
    }

    @AfterEach
    void close() {
        connector.close();
    }

    MailboxWatch watch(MailboxName mailbox) {
        MailboxWatch watch = session.watch(mailbox, heard);
        heard.awaitState(State.WATCHING);
        heard.forget();
        return watch;
    }

    void append(MailboxName mailbox) {
        byte[] message = "Subject: news\r\n\r\nThere is some.\r\n".getBytes(StandardCharsets.US_ASCII);
        elsewhere.append(mailbox, new ByteArrayInputStream(message), message.length, Flags.NONE, null);
    }

    void inTheFirst(MailboxName mailbox, java.util.function.BiConsumer<OpenMailbox, List<org.palomar.mail.Uid>> work) {
        elsewhere.select(mailbox, open -> {
            work.accept(open, open.uids().subList(0, 1));
            return true;
        });
    }

    @Test
    void arrivalsFlagsAndRemovalsAreTold() {
        watch(INBOX);
        append(INBOX);
        heard.awaitAny(new MessagesArrived(INBOX, 1)::equals);
        inTheFirst(INBOX, (open, uids) -> open.store(uids, FlagChange.ADD, Flags.of("\\Seen")));
        heard.awaitAny(new FlagsChanged(INBOX)::equals);
        inTheFirst(INBOX, OpenMailbox::expunge);
        heard.awaitAny(new MessagesExpunged(INBOX)::equals);
    }

    /** Because a server that is asked now and then never sees what is set and taken back in between. */
    @Test
    void whatIsDoneThroughTheSameSessionIsToldToo() {
        append(INBOX);
        watch(INBOX);
        session.select(INBOX, open -> {
            open.store(open.uids(), FlagChange.ADD, Flags.of("\\Seen"));
            return true;
        });
        heard.awaitAny(new FlagsChanged(INBOX)::equals);
    }

    @Test
    void theMailboxOnTheScreenIsWatched() {
        elsewhere.create(WORK, null);
        MailboxWatch watch = watch(INBOX);
        watch.look(WORK);
        append(WORK);
        heard.awaitAny(event ->
                event instanceof MessagesArrived arrived && arrived.mailbox().equals(WORK)
                        || event.equals(new FlagsChanged(WORK)));
        append(WORK);
        heard.awaitAny(event ->
                event instanceof MessagesArrived arrived && arrived.mailbox().equals(WORK));
    }
}
