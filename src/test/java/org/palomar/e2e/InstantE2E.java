package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;

/** What shows before the server has answered. */
@ActiveProfiles("demo")
class InstantE2E extends BrowserTest {

    private ListPage list(Visitor alice, String box) {
        store().append(
                        "alice",
                        box,
                        List.of(
                                Letters.text("bob", "alice", "Third", "3"),
                                Letters.text("bob", "alice", "Second", "2"),
                                Letters.text("bob", "alice", "First", "1")));
        alice.signIn("alice");
        return alice.list(box);
    }

    @Test
    void anActShowsAtOnceAndIsTakenBackWhenTheServerRefuses() {
        Visitor alice = visitor(Device.DESK);
        ListPage list = list(alice, "Refused");
        AtomicReference<Route> held = new AtomicReference<>();
        alice.page.route("**/actions", held::set);

        list.row("First").locator("input[name=ref]").check();
        alice.page.waitForRequest(
                "**/actions",
                () -> alice.find("#list .list-tools [data-key=archive]").click());
        assertThat(alice.find("#list .row.is-going")).containsText("First");
        assertThat(alice.find("#list .row.is-going").boundingBox().height).isZero();

        alice.page.waitForCondition(() -> held.get() != null);
        held.get()
                .fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("text/html")
                        .setBody("<!DOCTYPE html><html lang=en><title>No</title>"));
        assertThat(alice.find("#list .row.is-going")).hasCount(0);
        assertThat(list.row("First")).isVisible();
        assertThat(alice.testid("flash")).isVisible();

        alice.page.unroute("**/actions");
        alice.act(() -> alice.find("#list .list-tools [data-key=archive]").click(), "archived");
        assertThat(list.row("First")).hasCount(0);
    }

    @Test
    void onAPhoneOnePageFadesIntoTheNextWhereMotionIsWelcome() {
        Visitor alice = visitor(Device.PHONE, Device.PHONE.options().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        alice.page.addInitScript("addEventListener('pagereveal', e => { window.faded = !!e.viewTransition })");
        ListPage list = list(alice, "Fade");
        alice.leave(() -> list.row("First").locator(".row-link").click());
        new MessagePage(alice, "First");
        assertThat(alice.page.evaluate("window.faded")).isEqualTo(true);
    }

    @Test
    void theMessageUnderThePointerAndTheNextOneAreFetchedAheadAndOnce() {
        Visitor alice = visitor(Device.DESK);
        ListPage list = list(alice, "Ahead");
        List<String> asked = new CopyOnWriteArrayList<>();
        alice.page.onRequest(request -> note(request, asked));

        alice.page.waitForResponse(
                response -> response.url().contains("/Ahead/messages/"),
                () -> list.row("First").hover());
        assertThat(asked).hasSize(1);
        assertThat(list.row("First")).hasClass(java.util.regex.Pattern.compile(".*is-unread.*"));

        // Opening it asks for the next one, not for itself again.
        alice.page.waitForResponse(
                response -> response.url().contains("/Ahead/messages/"),
                () -> list.row("First").locator(".row-link").click());
        new MessagePage(alice, "First");
        assertThat(list.row("First")).not().hasClass(java.util.regex.Pattern.compile(".*is-unread.*"));
        assertThat(list.row("Second")).hasClass(java.util.regex.Pattern.compile(".*is-unread.*"));
        alice.testid("older").click();
        new MessagePage(alice, "Second");
        alice.page.waitForCondition(() -> asked.size() >= 3);
        assertThat(asked).as("each message once").doesNotHaveDuplicates().hasSize(3);
    }

    private static void note(Request request, List<String> asked) {
        if (request.url().matches(".*/Ahead/messages/\\d+\\.\\d+$")) {
            asked.add(request.url());
        }
    }

    @Test
    void reloadFindsTheListWhereItWasLeft() {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.find("#list").evaluate("list => list.scrollTo(0, 300)");
        alice.leave(() -> alice.page.reload());
        assertThat(((Number) alice.find("#list").evaluate("list => list.scrollTop")).intValue())
                .isEqualTo(300);
        alice.leave(() -> alice.find("a.compose-btn:visible").first().click());
        alice.leave(() -> alice.page.goBack());
        assertThat(((Number) alice.find("#list").evaluate("list => list.scrollTop")).intValue())
                .isEqualTo(300);
    }
}
