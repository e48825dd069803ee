package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palomar.mail.MailboxName;

/** Reading and filing whole exchanges. */
interface ConversationJourneys extends Product {

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"DESK", "PHONE_PLAIN"})
    default void readsAndFilesAnExchange(Device device) throws MessagingException {
        String mailbox = "Exchanges " + device;
        String subject = "The bell for " + device;
        store().append("alice", mailbox, letter(device, "bob", "alice", subject, 1));
        store().append("alice", mailbox, Letters.text("carol", "alice", "Another matter", "By the way."));
        store().append("alice", "Sent", letter(device, "alice", "bob", "Re: " + subject, 2));
        store().append("alice", mailbox, letter(device, "bob", "alice", "Re: " + subject, 3));
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = alice.list(new MailboxName(mailbox).toSegment() + "?view=threads");
        awaitConversations(alice, list);

        Locator row = list.row("Re: " + subject);
        assertThat(row.locator("[data-testid=row-count]")).containsText("2");
        Locator link = row.locator(".row-link");
        if (device.scripts) {
            link.click();
        } else {
            alice.leave(link::click);
        }
        Locator turns = alice.testid("turn");
        assertThat(alice.testid("conversation").locator("h1")).hasText(subject);
        while (turns.count() < 3) {
            // Sent may still be read in the background.
            alice.leave(() -> alice.page.reload());
        }
        assertThat(turns).hasCount(3);
        assertThat(turns.nth(1).locator("[data-testid=turn-from]")).hasText("Me");
        assertThat(turns.last().locator("[data-testid=message-body]")).containsText("Words of letter 3");

        if (device.scripts) {
            assertThat(list.row("Re: " + subject)).not().hasClass(java.util.regex.Pattern.compile(".*is-unread.*"));
            alice.leave(() -> alice.page.reload());
            Locator folded = turns.first();
            assertThat(folded.locator("[data-testid=message-body]")).hasCount(0);
            folded.locator("summary").first().click();
            assertThat(folded.locator("[data-testid=message-body]")).containsText("Words of letter 1");
        } else {
            alice.leave(() -> alice.testid("mark-seen").click());
            assertThat(alice.testid("mark-seen")).hasCount(0);
        }

        list = alice.list(new MailboxName(mailbox).toSegment());
        list.tick("Re: " + subject).act("archive", "2 messages archived");
        assertThat(list.rows()).hasCount(1);
        alice.list(new MailboxName(mailbox).toSegment() + "?view=flat");
    }

    private static void awaitConversations(Visitor visitor, ListPage list) {
        while (!visitor.device.scripts && visitor.testid("threads-line").count() > 0) {
            visitor.leave(() -> visitor.testid("threads-reload").click());
        }
        assertThat(list.rows()).hasCount(2);
        assertThat(visitor.testid("threads-line")).hasCount(0);
    }

    private static MimeMessage letter(Device device, String from, String to, String subject, int number)
            throws MessagingException {
        MimeMessage letter = Letters.text(from, to, subject, "Words of letter " + number);
        letter.setHeader("Message-ID", id(device, number));
        if (number > 1) {
            letter.setHeader("References", id(device, 1));
        }
        return letter;
    }

    private static String id(Device device, int number) {
        return "<bell" + number + "." + device + "@palomar.example>";
    }
}
