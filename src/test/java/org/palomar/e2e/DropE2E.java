package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void aFileGoesOnWhereItWasWhenTheConnectionBreaks() throws Exception {
        Visitor alice = visitor(Device.PHONE);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose = new ComposePage(alice);
        alice.letConnectionsBreak();
        byte[] file = new byte[9_000_000];
        new Random(5).nextBytes(file);
        AtomicInteger posts = new AtomicInteger();
        CompletableFuture<Route> held = new CompletableFuture<>();
        alice.page.route("**/compose/files", route -> {
            switch (posts.incrementAndGet()) {
                case 2 -> route.abort("connectionreset");
                case 3 -> {
                    // It arrived, and the answer did not.
                    route.fetch();
                    route.abort("connectionreset");
                }
                case 4 -> held.complete(route);
                default -> route.resume();
            }
        });
        compose.form()
                .locator("input[name=attachments]")
                .setInputFiles(new FilePayload("roof.bin", "application/octet-stream", file));
        Locator row = compose.form().locator(".file.is-sending");
        assertThat(row).containsText("The connection is lost. The file goes on by itself.");
        alice.page.waitForCondition(held::isDone);
        held.get(5, TimeUnit.SECONDS).resume();
        assertThat(compose.uploads()).hasCount(1);
        org.assertj.core.api.Assertions.assertThat(posts.get()).isEqualTo(5);

        compose.fill("to", "bob@palomar.example").fill("subject", "In pieces");
        compose.send();
        Visitor bob = visitor(Device.DESK);
        MessagePage message = bob.signIn("bob").open("In pieces");
        String url = message.attachment("roof.bin")
                .locator("[data-testid=attachment-download]")
                .getAttribute("href");
        org.assertj.core.api.Assertions.assertThat(
                        bob.context.request().get(bob.base() + url).body())
                .isEqualTo(file);
    }

    @Test
    void whatIsTooLargeIsSaidBeforeItGoesUp() {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose = new ComposePage(alice);
        AtomicInteger posts = new AtomicInteger();
        alice.page.onRequest(request -> {
            if (request.url().contains("compose/files")) {
                posts.incrementAndGet();
            }
        });
        for (String name : List.of("half.bin", "other half.bin")) {
            compose.form()
                    .locator("input[name=attachments]")
                    .setInputFiles(new FilePayload(name, "application/octet-stream", new byte[14 << 20]));
        }
        assertThat(compose.form().locator(".file.is-failed")).containsText("larger than 25 MB together");
        assertThat(compose.uploads()).hasCount(1);
        org.assertj.core.api.Assertions.assertThat(posts.get()).isEqualTo(4);
        assertThat(compose.form().locator("[data-testid=send]")).isEnabled();
    }
}
