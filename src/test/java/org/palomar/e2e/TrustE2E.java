package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** Who a message is from, and what it asks for, on every device. */
@ActiveProfiles("demo")
class TrustE2E extends BrowserTest {

    @ParameterizedTest
    @EnumSource(Device.class)
    void theSendersNameOpensTheirCard(Device device) {
        String box = "Who" + device.ordinal();
        store().append("alice", box, Letters.text("bob", "alice", "Who is this", "Bob."));
        Visitor alice = visitor(device);
        alice.signIn("alice");
        MessagePage message = alice.list(box).open("Who is this");
        message.message().locator("[data-testid=sender-open]").click();
        Locator card = message.message().locator("[data-testid=sender-card]");
        assertThat(card).isVisible();
        if (!device.scripts) {
            alice.leave(() -> card.locator("a").click());
        }
        Locator known = alice.testid("sender");
        assertThat(known.locator("[data-testid=sender-address]")).hasText("bob@palomar.example");
        assertThat(known.locator("[data-testid=sender-sent]")).containsText("You wrote to them");
        alice.leave(() -> known.locator("[data-testid=sender-write]").click());
        assertThat(new ComposePage(alice).field("to")).hasValue("bob@palomar.example");
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "PHONE_PLAIN"})
    void s36_linksSayWhereTheyGo(Device device) throws MessagingException {
        String box = "Links" + device.ordinal();
        MimeMessage letter = Letters.text("bob", "alice", "Pay now", "");
        letter.setContent(
                "<style>a::after{display:none!important}.x a{font-size:0}</style><p class=x>Go to"
                        + " <a href='https://evil.example/'>https://bank.example/</a></p>",
                "text/html; charset=utf-8");
        letter.setFrom(new InternetAddress("\"bank@bank.example\" <x@evil.example>"));
        letter.saveChanges();
        store().append("alice", box, letter);
        Visitor alice = visitor(device);
        alice.signIn("alice");
        MessagePage message = alice.list(box).open("Pay now");
        assertThat(message.message().locator("[data-testid=trust-warning]"))
                .containsText("A link says bank.example and goes to evil.example.");
        Locator link = message.letter().locator("a");
        assertThat(link).hasAttribute("title", "evil.example");
        // The words beside the link are the style sheet's, whatever the letter's own styles say.
        org.assertj.core.api.Assertions.assertThat(link.evaluate(
                        "a => getComputedStyle(a, '::after').display + getComputedStyle(a, '::after').fontSize"))
                .isEqualTo("inline13px");
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "DESK_PLAIN"})
    void aReceiptIsAskedForAndRefused(Device device) throws MessagingException {
        String box = "Receipt" + device.ordinal();
        MimeMessage letter = Letters.text("bob", "alice", "Did you see", "This.");
        letter.setHeader("Disposition-Notification-To", "bob@palomar.example");
        letter.saveChanges();
        store().append("alice", box, letter);
        Visitor alice = visitor(device);
        alice.signIn("alice");
        MessagePage message = alice.list(box).open("Did you see");
        Locator asked = message.message().locator("[data-testid=receipt]");
        assertThat(asked).containsText("bob@palomar.example");
        asked.locator("[data-testid=receipt-no]").click();
        assertThat(asked).hasCount(0);
        assertThat(alice.page).hasURL(Pattern.compile(".*/mailboxes/" + box + "(/messages/.*)?$"));
    }
}
