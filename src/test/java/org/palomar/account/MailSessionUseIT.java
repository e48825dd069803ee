package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.testing.Stage;

/** Work that a person asked for before signing out has its session to the end, and nobody else has. */
class MailSessionUseIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    @Test
    void theLastUseClosesASessionThatEnded() {
        MailSessions sessions = stage.product().bean(MailSessions.class);
        MailSession mail = stage.mail("bob");
        int before = sessions.size();
        sessions.register(new SignedIn("use@palomar.example", "use-test"), mail);
        MailSessions.Use first = sessions.use(mail);
        MailSessions.Use second = sessions.use(mail);
        sessions.close("use-test");
        assertThat(sessions.size()).isEqualTo(before);
        assertThat(mail.mailboxes(false)).isNotEmpty();
        first.close();
        first.close();
        assertThat(mail.mailboxes(false)).isNotEmpty();
        second.close();
        awaitClosed(mail);
    }

    @Test
    void aUseThatIsOverChangesNothing() {
        MailSessions sessions = stage.product().bean(MailSessions.class);
        MailSession mail = stage.mail("bob");
        sessions.register(new SignedIn("use@palomar.example", "over-test"), mail);
        sessions.use(mail).close();
        assertThat(mail.mailboxes(false)).isNotEmpty();
        sessions.close("over-test");
        awaitClosed(mail);
    }

    /** What looks after a person who comes may have the session a moment longer. */
    private static void awaitClosed(MailSession mail) {
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> mail.mailboxes(false)).isInstanceOf(ImapException.Closed.class));
    }
}
