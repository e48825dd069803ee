package org.palomar.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.testing.ScriptedServer;
import org.palomar.tree.MailboxDirectory;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.util.unit.DataSize;

/** A server that shows one message in several mailboxes, and can neither sort nor thread. */
class LabelsTest {

    private static final SignedIn ALICE = new SignedIn("alice@palomar.example", "k");

    @Test
    void eachLetterOfAnExchangeIsThereOnceAndNotFromAllMail() {
        try (ScriptedServer server = new ScriptedServer("gmail-labels")) {
            AngusImapConnector connector = new AngusImapConnector(
                    new ImapProperties(
                            "127.0.0.1",
                            server.port(),
                            Security.PLAIN,
                            false,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(20),
                            1,
                            Duration.ofMinutes(5)),
                    Clock.systemUTC(),
                    (SSLSocketFactory) SSLSocketFactory.getDefault());
            MailSession session = connector.open(new Credentials("alice@palomar.example", "alice"), null);
            ThreadIndex index = new ThreadIndex(new ThreadProperties(DataSize.ofMegabytes(8), 1, Duration.ofHours(1)));
            MailboxName all = new MailboxName("[Gmail]/All Mail");
            MailboxName sent = new MailboxName("[Gmail]/Sent Mail");
            for (MailboxName mailbox : new MailboxName[] {MailboxName.INBOX, all, sent}) {
                index.prepare(ALICE, session, mailbox);
                await("the conversations of " + mailbox)
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> index.known(ALICE, mailbox).isPresent());
            }
            MessageRef asked = new MessageRef(MailboxName.INBOX, new UidValidity(1), new Uid(11));
            Relatives relatives = new Relatives(index, new MailboxDirectory(new StaticMessageSource()));
            assertThat(relatives.of(ALICE, session, asked).letters())
                    .extracting(letter -> letter.ref().mailbox() + " "
                            + letter.ref().uid() + " x" + letter.copies().size())
                    .containsExactly("INBOX 10 x2", "[Gmail]/Sent Mail 5 x2", "INBOX 11 x2");
            connector.close();
            server.check();
        }
    }
}
