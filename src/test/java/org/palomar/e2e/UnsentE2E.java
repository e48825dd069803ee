package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** A session may end while somebody writes: what was written is not lost. */
@ActiveProfiles("demo")
class UnsentE2E extends BrowserTest {

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "PHONE"})
    void anAnswerSentTooLateComesBackAfterSigningIn(Device device) {
        String subject = "Too late on " + device;
        store().append("alice", "INBOX", Letters.text("bob", "alice", subject, "Are you still there?"));
        Visitor alice = visitor(device);
        ComposePage answer = alice.signIn("alice").open(subject).reply();
        answer.writeFirst("Yes, but slowly.").fill("subject", "Re: " + subject + ", at last");
        for (Cookie cookie : alice.context.cookies()) {
            if (cookie.name.equals("JSESSIONID")) {
                cookie.value = "0123456789ABCDEF0123456789ABCDEF";
                alice.context.addCookies(List.of(cookie));
            }
        }
        alice.leave(() -> answer.form().locator("[data-testid=send]").click());
        SignInPage door = new SignInPage(alice);
        assertThat(door.reason()).containsText("signed out");
        door.submit("alice", "alice");

        ComposePage again = new ComposePage(alice);
        assertThat(again.field("subject")).hasValue("Re: " + subject + ", at last");
        assertThat(again.field("text")).hasValue(Pattern.compile("^Yes, but slowly\\.[\\s\\S]*still there.*"));
        again.send();

        alice.open("/compose");
        assertThat(new ComposePage(alice).field("text")).hasValue("");
        ComposePage next = alice.list("INBOX").open(subject).reply();
        assertThat(next.field("subject")).hasValue("Re: " + subject);
    }
}
