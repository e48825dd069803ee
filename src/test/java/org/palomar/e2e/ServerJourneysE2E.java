package org.palomar.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The journeys on Dovecot, with submission to Postfix (SASL) and its delivery back to Dovecot (LMTP). */
@DirtiesContext
class ServerJourneysE2E extends BrowserTest
        implements ReadingJourneys, WritingJourneys, FilingJourneys, MailboxJourneys, SearchJourneys, SessionJourneys {

    private static DovecotServer dovecot;
    private static PostfixServer postfix;

    @BeforeAll
    static void startServers() {
        dovecot = DovecotServer.builder().lmtp().auth().maxConnections(100).start();
        postfix = PostfixServer.start(dovecot);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("palomar.imap.host", () -> "127.0.0.1");
        registry.add("palomar.imap.port", () -> dovecot.port());
        registry.add("palomar.imap.security", () -> "plain");
        registry.add("palomar.smtp.port", () -> postfix.port());
        registry.add("palomar.smtp.security", () -> "plain");
    }

    @AfterAll
    static void stopServers() {
        if (postfix != null) {
            postfix.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }
}
