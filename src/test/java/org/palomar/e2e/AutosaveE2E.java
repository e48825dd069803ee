package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;

/** What is written is saved while it is written. */
@ActiveProfiles("demo")
class AutosaveE2E extends BrowserTest {

    @Test
    void twoBrowsersWriteOneDraftAndNeitherOverwritesTheOther() {
        Visitor desk = visitor(Device.DESK);
        desk.signIn("alice");
        desk.open("/compose");
        ComposePage first = new ComposePage(desk).plain();
        first.fill("subject", "Written in two places");
        first.field("text").click();
        desk.page.keyboard().type("At the desk.");
        assertThat(desk.testid("kept")).hasText(Pattern.compile("Saved .+"));
        assertThat(first.field("text")).isFocused();
        assertThat(desk.page).hasURL(Pattern.compile(".*/compose\\?draft=[0-9a-f-]{36}$"));

        Visitor phone = visitor(Device.PHONE);
        phone.signIn("alice");
        phone.page.navigate(desk.page.url());
        ComposePage second = new ComposePage(phone).plain();
        assertThat(second.field("text")).hasValue("At the desk.");
        phone.page.waitForResponse(
                Pattern.compile(".*/compose/draft$"),
                () -> second.field("text").fill("At the desk. And on the phone."));
        // What was typed last is what a reload shows.
        phone.page.reload();
        assertThat(new ComposePage(phone).field("text")).hasValue("At the desk. And on the phone.");

        first.field("text").fill("At the desk. Alone.");
        assertThat(desk.testid("clash")).isVisible();
        desk.leave(() -> desk.testid("clash-mine").click());
        ComposePage mine = new ComposePage(desk);
        assertThat(mine.field("text")).hasValue("At the desk. Alone.");
        phone.page.reload();
        assertThat(new ComposePage(phone).field("text")).hasValue("At the desk. And on the phone.");
    }

    @Test
    void aSessionThatEndsIsBegunAnewBesideTheLetter() {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose = new ComposePage(alice).plain();
        for (Cookie cookie : alice.context.cookies()) {
            if (cookie.name.equals("JSESSIONID")) {
                cookie.value = "0123456789ABCDEF0123456789ABCDEF";
                alice.context.addCookies(List.of(cookie));
            }
        }
        compose.field("text").fill("Still here after all that time.");
        Locator note = alice.testid("expired");
        assertThat(note).isVisible();
        assertThat(compose.field("text")).isFocused();
        Page door = alice.context.waitForPage(() -> alice.testid("expired-link").click());
        door.locator("[name=username]").fill("alice@palomar.example");
        door.locator("[name=password]").fill("alice");
        door.locator("[data-testid=login-form] button[type=submit]").first().click();
        door.locator("[data-testid=message-list]").waitFor();
        door.close();
        assertThat(note).isHidden();
        assertThat(alice.testid("kept")).hasText(Pattern.compile("Saved .+"));
        alice.page.reload();
        assertThat(new ComposePage(alice).field("text")).hasValue("Still here after all that time.");
    }

    @Test
    void whatCannotReachTheServerComesBackAfterAReload() {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        alice.page.route(
                Pattern.compile(".*/compose/draft$"),
                route -> route.fulfill(new Route.FulfillOptions().setStatus(404).setBody("a tunnel")));
        ComposePage compose = new ComposePage(alice).plain();
        compose.field("text").fill("Written in a tunnel.");
        assertThat(alice.testid("kept")).containsText("Not saved");
        alice.page.reload();
        org.assertj.core.api.Assertions.assertThat(alice.questions()).contains("beforeunload");
        alice.page.unroute(Pattern.compile(".*/compose/draft$"));
        alice.testid("bring").click();
        assertThat(new ComposePage(alice).field("text")).hasValue("Written in a tunnel.");
        assertThat(alice.testid("kept")).hasText(Pattern.compile("Saved .+"));
        alice.leave(() -> alice.testid("discard").click());
        alice.leave(() -> alice.testid("undo").click());
        assertThat(new ComposePage(alice).field("text")).hasValue("Written in a tunnel.");
    }
}
