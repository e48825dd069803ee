package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** Reading what came. */
interface ReadingJourneys extends Product {

    @OnEveryDevice
    default void readsAnHtmlLetter(Device device) {
        String subject = "Rings of nests for " + device;
        store().append("alice", "INBOX", Letters.html("bob", "alice", subject));
        Visitor alice = visitor(device);
        ListPage inbox = alice.signIn("alice");
        MessagePage message = inbox.open(subject);

        assertThat(message.letter().locator("h1")).hasText("Eleven rings of nests");
        assertThat(message.frame()).hasAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
        assertThat(message.letter().locator("body").evaluate("() => window.origin"))
                .as("a letter has no origin, least of all ours")
                .isEqualTo("null");
        assertThat(message.frame().boundingBox().height).isGreaterThan(100);
        if (device.scripts) {
            assertThat(message.frame()).hasClass(Pattern.compile(".*is-fitted.*"));
            Object hidden = message.letter().locator("html").evaluate("html => html.scrollHeight - html.clientHeight");
            assertThat(((Number) hidden).intValue())
                    .as("pixels of the letter that one has to scroll to")
                    .isZero();
        }
        // Asked again and again: no script that waits for the picture runs in the frame of a letter.
        assertThat(message.letter().getByAltText("inline")).not().hasJSProperty("naturalWidth", 0);

        assertThat(alice.strangers()).as("asked before anybody said so").isEmpty();
        assertThat(message.letter().locator(".remote-image")).hasCount(1);
        assertThat(message.letter().getByAltText("remote")).hasCount(0);
        Locator notice = alice.testid("remote-blocked");
        assertThat(notice).isVisible();
        alice.testid("show-images").click();
        assertThat(message.frame()).hasAttribute("src", Pattern.compile(".*/body\\?.*images=.*"));
        APIResponse letter =
                alice.context.request().get(alice.base() + message.frame().getAttribute("src"));
        assertThat(letter.headers().get("content-security-policy"))
                .startsWith("sandbox allow-popups")
                .contains("default-src 'none'", "img-src data: " + alice.base() + "/remote-image;");
        assertThat(message.letter().getByAltText("remote")).hasJSProperty("naturalWidth", 8);
        assertThat(alice.strangers()).as("pictures come through Palomar").isEmpty();
        assertThat(PictureServer.START.agents()).contains("Palomar").containsOnly("Palomar");
        assertThat(notice).not().isVisible();
        assertThat(alice.testid("trackers")).containsText("pixels.stranger.example");
    }

    @OnEveryDevice
    default void choosesASenderWhosePicturesAreShown(Device device) {
        String subject = "Pictures from gus for " + device;
        String sender = "gus." + device.name().toLowerCase(java.util.Locale.ROOT);
        store().append("alice", "INBOX", Letters.html(sender, "alice", subject));
        Visitor alice = visitor(device);
        ListPage inbox = alice.signIn("alice");
        MessagePage message = inbox.open(subject);

        alice.testid("trust-sender").click();
        assertThat(alice.page.locator("#flash")).containsText("You will always see pictures from " + sender);
        alice.list("INBOX").open(subject);
        assertThat(message.letter().getByAltText("remote")).hasJSProperty("naturalWidth", 8);
        assertThat(alice.testid("remote-blocked")).hasCount(0);

        alice.list("INBOX");
        alice.showMailboxes();
        alice.leave(() -> alice.testid("settings-link").click());
        Locator row =
                alice.testid("picture-senders").locator("li").filter(new Locator.FilterOptions().setHasText(sender));
        alice.leave(() -> row.locator("button").click());
        assertThat(row).hasCount(0);
        alice.leave(() -> alice.testid("pictures-form").locator("button").click());
        assertThat(alice.page.locator("#flash")).containsText("Saved");
        alice.list("INBOX").open(subject);
        assertThat(alice.testid("remote-blocked")).isVisible();
    }

    @OnEveryDevice
    default void aWideLetterFitsThePhone(Device device) {
        String subject = "Two columns for " + device;
        store().append("alice", "INBOX", Letters.wide("bob", "alice", subject));
        Visitor alice = visitor(device);
        MessagePage message = alice.signIn("alice").open(subject);
        assertThat(message.letter().locator("td").first()).containsText("left");
        if (device.scripts) {
            assertThat(message.frame()).hasClass(Pattern.compile(".*is-fitted.*"));
            Object hidden = message.letter()
                    .locator("html")
                    .evaluate("html => html.scrollWidth - html.clientWidth + html.scrollHeight - html.clientHeight");
            assertThat(((Number) hidden).intValue())
                    .as("pixels of the letter that one has to scroll to")
                    .isZero();
            double shown = message.frame().boundingBox().width;
            double room = message.body().boundingBox().width;
            assertThat(shown).as("width of the letter").isBetween(room - 2, room + 1);
            assertThat(message.frame().boundingBox().height)
                    .as("the letter takes the room it shows")
                    .isBetween(
                            message.body().boundingBox().height - 60,
                            message.body().boundingBox().height + 1);
        }
        Object overflow = alice.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) overflow).intValue())
                .as("pixels beyond the screen")
                .isLessThanOrEqualTo(0);
    }

    @OnEveryDevice
    default void opensWhatIsAttached(Device device) throws IOException {
        String subject = "Papers for " + device;
        store().append("alice", "INBOX", Letters.rich("bob", "alice", subject));
        Visitor alice = visitor(device);
        MessagePage message = alice.signIn("alice").open(subject);
        assertThat(alice.testid("attachment")).hasCount(4);

        message.open("tower.png");
        assertThat(alice.testid("preview").locator("img")).hasJSProperty("naturalWidth", 60);
        back(alice);

        message = new MessagePage(alice, subject);
        message.open("notes.txt");
        assertThat(alice.page.frameLocator("[data-testid=preview] iframe").locator("body"))
                .containsText("Saint John's day, with lanterns: mañana no, 夏至.");
        back(alice);

        message = new MessagePage(alice, subject);
        message.open("plan.pdf");
        Locator pdf = alice.testid("preview").locator("iframe");
        APIResponse shown = alice.context.request().get(alice.base() + pdf.getAttribute("src"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.headers()).containsEntry("content-type", "application/pdf");
        assertThat(shown.body()).isEqualTo(Letters.PDF);
        back(alice);

        message = new MessagePage(alice, subject);
        Locator save = message.attachment("notes.txt").locator("[data-testid=attachment-download]");
        Download download = alice.page.waitForDownload(save::click);
        assertThat(download.suggestedFilename()).isEqualTo("notes.txt");
        assertThat(Files.readString(download.path(), StandardCharsets.UTF_8)).isEqualTo(Letters.NOTES);
        APIResponse file = alice.context.request().get(alice.base() + save.getAttribute("href"));
        assertThat(file.headers())
                .containsEntry("content-type", "application/octet-stream")
                .hasEntrySatisfying(
                        "content-disposition", value -> assertThat(value).startsWith("attachment;"));

        message.open("Nested in");
        MessagePage nested = new MessagePage(alice, "Nested in " + subject);
        assertThat(nested.body()).containsText("A letter in an envelope.");
        alice.leave(
                () -> nested.message().locator("[data-key=up]:visible").first().click());
        new MessagePage(alice, subject);
    }

    private static void back(Visitor visitor) {
        visitor.leave(() -> visitor.testid("back").click());
    }
}
