package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** Recipients one by one. */
@ActiveProfiles("demo")
class ChipsE2E extends BrowserTest {

    private static final String PEOPLE =
            "[{\"name\":\"Okafor, Bob\",\"address\":\"bob@palomar.example\",\"group\":false},"
                    + "{\"name\":\"Roofers\",\"address\":\"carol@palomar.example, Dan <dan@palomar.example>\",\"group\":true}]";

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "PHONE"})
    void recipientsAreTypedPastedPickedAndRemoved(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.context.route(
                url -> url.contains("/contacts/suggest"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(PEOPLE)));
        alice.open("/compose");
        ComposePage compose = new ComposePage(alice);
        Locator entry = compose.entry("to");
        entry.click();
        alice.page.keyboard().type("erik@españa.example,");
        assertThat(compose.chips("to")).hasCount(1);
        alice.page.keyboard().type("bo");
        Locator options = compose.form().locator("#to-entry-list [role=option]");
        assertThat(options).hasCount(2);
        assertThat(options.first()).hasAttribute("aria-selected", "true");
        alice.page.keyboard().press("Enter");
        assertThat(compose.field("to")).hasValue("erik@españa.example, \"Okafor, Bob\" <bob@palomar.example>");
        alice.page.keyboard().type("ro");
        assertThat(options).hasCount(2);
        alice.page.keyboard().press("ArrowDown");
        alice.page.keyboard().press("Enter");
        assertThat(compose.chips("to")).hasCount(4);
        alice.page.keyboard().type("nobody at all");
        assertThat(options).hasCount(2);
        alice.page.keyboard().press("Escape");
        alice.page.keyboard().press("Enter");
        assertThat(compose.form().locator(".chip.is-bad")).hasText("nobody at all×");
        assertThat(compose.form().locator("#to-note")).containsText("Not an address");

        alice.page.keyboard().press("Backspace");
        alice.page.keyboard().press("Backspace");
        assertThat(compose.form().locator(".chip.is-bad")).hasCount(0);
        compose.chips("to").nth(2).locator("[data-remove]").click();
        assertThat(compose.chips("to")).hasCount(3);
        compose.chips("to").first().locator(".chip-body").dblclick();
        assertThat(entry).hasValue("erik@españa.example");
        entry.fill("");
        entry.evaluate(
                "field => { const data = new DataTransfer(); data.setData('text/plain',"
                        + " 'fay@palomar.example; Gus <gus@palomar.example>\\nhal@palomar.example');"
                        + " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }");
        assertThat(compose.chips("to")).hasCount(5);
        assertThat(compose.field("to"))
                .hasValue("\"Okafor, Bob\" <bob@palomar.example>, Dan <dan@palomar.example>, fay@palomar.example,"
                        + " Gus <gus@palomar.example>, hal@palomar.example");
        assertThat(List.of(compose.entry("to").getAttribute("role"))).containsExactly("combobox");
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "PHONE"})
    void whatDeservesASecondLookIsSaid(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/compose?to=erik@elsewhere.example");
        Locator hints = alice.testid("recipient-hints");
        assertThat(hints.locator("li")).hasText("You don’t usually write to erik@elsewhere.example.");
        ComposePage compose = new ComposePage(alice);
        compose.entry("to").fill("<script>@x.example, mallory@pa1omar.example,");
        assertThat(hints.locator(".is-grave"))
                .hasText("mallory@pa1omar.example is easily taken for an address at palomar.example.");
        assertThat(compose.entry("to")).isFocused();
        assertThat(compose.form().locator(".chip")).hasCount(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK_PLAIN", "PHONE_PLAIN"})
    void aDomainEasilyTakenForAnotherIsAskedAbout(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/compose?to=mallory@pa1omar.example&subject=Keys&body=Here");
        ComposePage compose = new ComposePage(alice);
        alice.leave(() -> compose.form().locator("[data-testid=send]").click());
        assertThat(alice.testid("questions"))
                .containsText("mallory@pa1omar.example is easily taken for an address at palomar.example.");
    }
}
