package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The journeys on Dovecot, with submission to Postfix (SASL) and its delivery back to Dovecot (LMTP). */
@DirtiesContext
class ServerJourneysE2E extends BrowserTest
        implements ReadingJourneys,
                ConversationJourneys,
                WritingJourneys,
                FilingJourneys,
                MailboxJourneys,
                SearchJourneys,
                SessionJourneys {

    private static DovecotServer dovecot;
    private static PostfixServer postfix;

    @BeforeAll
    static void startServers() {
        dovecot = DovecotServer.builder().lmtp().auth().maxConnections(1_000).start();
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

    @Test
    void aLongTaskGoesOnWhileOneReads() {
        int messages = 4_000;
        for (int i = 1; i <= messages; i++) {
            dovecot.put("alice@palomar.example", "Long", """
                    From: bob@palomar.example\r
                    Subject: Long %1$d\r
                    Message-ID: <long%1$d@palomar.example>\r
                    \r
                    words\r
                    """.formatted(i).getBytes(StandardCharsets.UTF_8));
        }
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        ListPage list = alice.list("Long?select=mailbox");
        assertThat(alice.testid("whole")).containsText("All 4,000 messages in Long are selected.");
        alice.press(list.list().locator(".list-tools"), "button[value=archive]");
        // A card with a bar, or the notice at once where the machine is quick.
        Locator said = alice.find(".toasts");
        assertThat(said).containsText("4,000 messages archived.", within());
        assertThat(list.rows()).hasCount(0);
        said.locator("[data-testid=undo]").click();
        assertThat(said).containsText("4,000 messages are back in Long.", within());
        assertThat(list.rows()).hasCount(50);
        org.assertj.core.api.Assertions.assertThat(alice.problems()).isEmpty();
    }

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
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
