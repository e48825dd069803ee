package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;

/** Files dropped on the editor go up at once, and one sees how far they are. */
@ActiveProfiles("demo")
class DropE2E extends BrowserTest {

    @Test
    void droppedFilesGoUpWithABarAndHoldTheLetterBack() throws Exception {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose = new ComposePage(alice);
        CompletableFuture<Route> held = new CompletableFuture<>();
        alice.page.route("**/compose/files", held::complete);
        JSHandle files = alice.page.evaluateHandle("""
                () => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File(["Barley, in case anybody asks."], "straw.txt", { type: "text/plain" }));
                  return transfer;
                }""");
        Map<String, Object> drop = Map.of("dataTransfer", files);
        compose.form().dispatchEvent("dragover", drop);
        assertThat(compose.form()).hasClass(Pattern.compile(".*is-dropping.*"));
        compose.form().dispatchEvent("drop", drop);

        Locator sending = compose.form().locator(".file.is-sending");
        assertThat(sending).containsText("straw.txt");
        assertThat(sending.locator("progress")).isVisible();
        assertThat(compose.form().locator("[data-testid=send]")).isDisabled();

        alice.page.waitForCondition(held::isDone);
        held.get(5, TimeUnit.SECONDS).resume();
        assertThat(compose.uploads()).hasCount(1);
        assertThat(sending).hasCount(0);
        assertThat(compose.form().locator("[data-testid=send]")).isEnabled();

        compose.fill("to", "bob@palomar.example").fill("subject", "Straw, dropped");
        compose.send();
        Visitor bob = visitor(Device.DESK);
        MessagePage message = bob.signIn("bob").open("Straw, dropped");
        assertThat(message.attachment("straw.txt")).isVisible();
    }
}
