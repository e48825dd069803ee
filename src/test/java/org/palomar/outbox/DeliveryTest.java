package org.palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Address;
import org.palomar.mail.Credentials;
import org.palomar.mail.MessageId;
import org.palomar.mime.Draft;
import org.palomar.outbox.Delivery.Delivered;
import org.palomar.smtp.Submission;
import org.palomar.testing.ScriptedServer;
import org.palomar.tree.MailboxDirectory;
import org.springframework.context.support.StaticMessageSource;

/** What becomes of a message that the submission server took, when the mail server is odd. */
class DeliveryTest {

    private static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    private static final Draft DRAFT = new Draft(
            new Address(null, "alice@palomar.example"),
            List.of(new Address(null, "bob@palomar.example")),
            List.of(),
            List.of(),
            "Lunch",
            "At noon?",
            List.of(),
            new MessageId("<1@palomar.example>"),
            ZonedDateTime.parse("2026-11-20T10:11:12+01:00"),
            null,
            List.of());

    @Test
    void staysSentWhenSentCannotBeRead() {
        assertThat(deliver("sent-unreadable").filed()).isFalse();
    }

    @Test
    void looksForSentAnewWhenItIsNotWhereItWas() {
        assertThat(deliver("sent-made-anew").filed()).isTrue();
    }

    private static Delivered deliver(String script) {
        List<String> sent = new ArrayList<>();
        ScriptedServer server = new ScriptedServer(script);
        try (server;
                AngusImapConnector connector = connector(server.port());
                MailSession session = connector.open(ALICE, null)) {
            Delivery delivery = new Delivery(
                    (_, envelope, _, _) -> {
                        sent.addAll(envelope.recipients());
                        return new Submission.Accepted(false);
                    },
                    new MailboxDirectory(new StaticMessageSource()),
                    _ -> {});
            Delivered delivered =
                    delivery.deliver(new SignedIn("alice@palomar.example", "key"), session, ALICE, DRAFT, null);
            assertThat(sent).containsExactly("bob@palomar.example");
            server.check();
            return delivered;
        }
    }

    private static AngusImapConnector connector(int port) {
        Duration patience = Duration.ofSeconds(5);
        return new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        port,
                        ImapProperties.Security.PLAIN,
                        false,
                        patience,
                        patience,
                        1,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }
}
