package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** What hands do while they write: drop pictures, compose characters, bring up a keyboard. */
@ActiveProfiles("demo")
class WritingByHandE2E extends BrowserTest {

    private static final String DROP = "(root, content) => { const data = new DataTransfer();"
            + " data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], 'roof.png', { type: 'image/png' }));"
            + " const box = root.getBoundingClientRect();"
            + " root.dispatchEvent(new DragEvent('drop', { dataTransfer: data, clientX: box.left + 30, clientY: box.top + 30,"
            + " bubbles: true, cancelable: true })) }";

    @Test
    void aDroppedPictureStandsInTheText() {
        String subject = "Dropped roof";
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose =
                new ComposePage(alice).fill("to", "bob@palomar.example").fill("subject", subject);
        compose.rich().click();
        alice.page.keyboard().type("Look:");
        compose.rich().evaluate(DROP, Base64.getEncoder().encodeToString(Letters.picture(40, 30)));
        assertThat(compose.rich().locator("img")).hasJSProperty("naturalWidth", 40);
        assertThat(compose.uploads()).not().isVisible();
        compose.send();
        store().awaitArrival("bob", subject);
        String source = store().sources("bob", "INBOX", subject).getFirst();
        assertThat(source).contains("multipart/related", "Content-ID: <", "src=\"cid:");
    }

    /** As with a Chinese, Japanese or Korean keyboard. */
    @Test
    void composedCharactersAreTakenAndNothingComesBetween() {
        String subject = "Composed";
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose =
                new ComposePage(alice).fill("to", "bob@palomar.example").fill("subject", subject);
        compose.rich().click();
        CDPSession hand = alice.page.context().newCDPSession(alice.page);
        for (String part : new String[] {"n", "ni", "nih"}) {
            hand.send("Input.imeSetComposition", composing(part));
            assertThat(compose.rich()).containsText(part);
        }
        // The letter is saved in the middle of it.
        assertThat(alice.testid("kept")).containsText("Saved");
        assertThat(compose.rich()).containsText("nih");
        JsonObject chosen = new JsonObject();
        chosen.addProperty("text", "你好");
        hand.send("Input.insertText", chosen);
        alice.page.keyboard().type(" Bob");
        assertThat(compose.rich()).hasText("你好 Bob");
        compose.send();
        store().awaitArrival("bob", subject);
        assertThat(compose.rich().count()).isLessThanOrEqualTo(1);
    }

    private static JsonObject composing(String text) {
        JsonObject state = new JsonObject();
        state.addProperty("text", text);
        state.addProperty("selectionStart", text.length());
        state.addProperty("selectionEnd", text.length());
        return state;
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK", "PHONE"})
    void anAnswerStandsBelowWhereThatIsPreferred(Device device) {
        Visitor carol = visitor(device);
        ListPage list = carol.signIn("carol");
        String ref = list.rows().first().getAttribute("data-ref");
        choose(carol, "below");
        carol.open("/compose?reply=INBOX/" + ref);
        ComposePage compose = new ComposePage(carol);
        assertThat(compose.rich()).isFocused();
        carol.page.keyboard().type("Below it all");
        String text = compose.rich().innerText();
        assertThat(text.indexOf("Below it all"))
                .isGreaterThan(0)
                .isGreaterThan(text.indexOf(
                        compose.rich().locator("blockquote").innerText().strip()));
        choose(carol, "above");
        carol.open("/compose?reply=INBOX/" + ref);
        assertThat(compose.rich()).isFocused();
        carol.page.keyboard().type("Above it all");
        assertThat(compose.rich().innerText().strip()).startsWith("Above it all");
    }

    private static void choose(Visitor person, String place) {
        person.open("/settings");
        Locator form = person.testid("writing-form");
        form.locator("[name=place][value=" + place + "]").check();
        person.leave(() -> form.locator("button[type=submit]").click());
    }

    /** Where a browser lays the keyboard over the page instead of making the page smaller. */
    @Test
    void nothingLiesUnderTheKeyboardOfAPhone() {
        Visitor alice = visitor(Device.PHONE);
        alice.signIn("alice");
        alice.open("/compose?to=bob@palomar.example");
        ComposePage compose = new ComposePage(alice);
        compose.rich().click();
        for (int line = 0; line < 40; line++) {
            alice.page.keyboard().type("Line " + line);
            alice.page.keyboard().press("Enter");
        }
        alice.page.evaluate("() => { const seen = window.visualViewport;"
                + " Object.defineProperty(seen, 'height', { get: () => innerHeight - 320 });"
                + " seen.dispatchEvent(new Event('resize')) }");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(((Number)
                                        alice.page.evaluate(
                                                "innerHeight - 320 - document.querySelector('.send').getBoundingClientRect().bottom"))
                                .doubleValue())
                        .as("room between the bar and the keyboard")
                        .isBetween(-1.0, 40.0));
    }
}
