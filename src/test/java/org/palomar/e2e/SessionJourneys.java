package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.regex.Pattern;

/** Coming and going. */
interface SessionJourneys extends Product {

    @OnEveryDevice
    default void aWrongPasswordOpensNothing(Device device) {
        Visitor alice = visitor(device);
        alice.open("/login");
        SignInPage door = new SignInPage(alice);
        door.submit("carol", "not carol");
        assertThat(door.reason()).containsText("password didn’t work");
        assertThat(door.form().locator("[name=username]")).hasValue("carol@palomar.example");
        assertThat(door.form().locator("[name=password]")).hasValue("");
        door.signIn("carol", "carol");
    }

    @OnEveryDevice
    default void afterSigningOutNothingIsLeft(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage sent = alice.list("Sent");
        assertThat(sent.list()).isVisible();
        List<Cookie> cookies = alice.context.cookies();

        alice.signOut();
        assertThat(new SignInPage(alice).reason()).containsText("You are signed out.");
        alice.page.goBack();
        assertThat(alice.testid("login-form")).isVisible();
        assertThat(alice.testid("message-list")).hasCount(0);

        Visitor thief = visitor(device);
        thief.context.addCookies(cookies);
        thief.open("/mailboxes/Sent");
        assertThat(thief.testid("login-form")).isVisible();
        assertThat(thief.testid("message-list")).hasCount(0);
    }

    @OnEveryDevice
    default void anEndedSessionLeadsBackToWhereOneWas(Device device) {
        String subject = "Read on later on " + device;
        store().append("alice", "INBOX", Letters.text("bob", "alice", subject, "As you were."));
        Visitor alice = visitor(device);
        ListPage list = alice.signIn("alice");
        assertThat(list.row(subject)).hasCount(1);
        // The browser still has a session's name, but the server no longer knows it.
        for (Cookie cookie : alice.context.cookies()) {
            if (cookie.name.toLowerCase(java.util.Locale.ROOT).contains("session")) {
                cookie.value = "0123456789ABCDEF0123456789ABCDEF";
                alice.context.addCookies(List.of(cookie));
            }
        }
        alice.leave(() -> list.row(subject).locator(".row-link").click());
        SignInPage door = new SignInPage(alice);
        assertThat(door.reason()).containsText("signed out");
        door.submit("alice", "alice");
        assertThat(alice.page).hasURL(Pattern.compile(".*/mailboxes/INBOX/messages/\\d+\\.\\d+$"));
        new MessagePage(alice, subject);
    }
}
