package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** Answers that are written again and again. */
@ActiveProfiles("demo")
class CannedE2E extends BrowserTest {

    @ParameterizedTest
    @EnumSource(Device.class)
    void aTemplateIsMadeAndPutIntoALetter(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/settings/templates");
        String name = "Hours <b>" + device;
        Locator form = alice.testid("template-form");
        form.locator("[name=name]").fill(name);
        form.locator("[name=subject]").fill("Our hours");
        if (device.scripts) {
            form.locator("#rich").click();
            alice.page.keyboard().type("Dear {first},\nopen from nine. {me}");
        } else {
            form.locator("[name=text]").fill("Dear {first},\nopen from nine. {me}");
        }
        alice.leave(() -> form.locator("button.btn-main").click());
        assertThat(alice.testid("templates")).containsText(name);

        alice.open("/compose?to=Ramiro%20Paz%20%3Cramiro@palomar.example%3E&body=Typed%20before");
        ComposePage compose = new ComposePage(alice);
        alice.testid("options").click();
        Locator put = alice.testid("canned").locator("button:has-text('" + name + "')");
        if (device.scripts) {
            put.click();
            assertThat(compose.rich()).containsText("Dear Ramiro,");
            assertThat(compose.rich()).containsText("Typed before");
            assertThat(compose.rich()).isFocused();
        } else {
            alice.leave(put::click);
            assertThat(compose.field("text").inputValue())
                    .startsWith("Dear Ramiro,\nopen from nine. {me}")
                    .contains("Typed before");
        }
        assertThat(compose.field("subject")).hasValue("Our hours");
        Object over =
                alice.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) over).intValue()).as("wider than the screen").isLessThanOrEqualTo(0);
        alice.leave(() -> compose.form().locator("[data-testid=send]").click());
        assertThat(alice.testid("questions")).containsText("Not filled in yet: {me}");
        assertThat(alice.problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK", "PHONE_PLAIN"})
    void aLetterIsKeptAsATemplate(Device device) {
        Visitor bob = visitor(device);
        bob.signIn("bob");
        bob.open("/compose?to=carol@palomar.example&subject=Roof%20" + device + "&body=The%20roof%20is%20done.");
        bob.testid("options").click();
        bob.leave(() -> bob.testid("astemplate").click());
        Locator form = bob.testid("template-form");
        assertThat(form.locator("[name=name]")).hasValue("Roof " + device);
        assertThat(form.locator("[name=text]")).hasValue(Pattern.compile("The roof is done\\..*", Pattern.DOTALL));
        bob.open("/mailboxes/Drafts");
        assertThat(bob.find("[data-testid=message-row]").first()).containsText("Roof " + device);
        assertThat(bob.problems()).isEmpty();
    }
}
