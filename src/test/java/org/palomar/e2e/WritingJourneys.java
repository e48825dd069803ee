package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;

/** Answering and writing. */
interface WritingJourneys extends Product {

    @OnEveryDevice
    default void answersWithAFile(Device device) throws IOException {
        String subject = "Lanterns for " + device;
        String reply = "Re: " + subject;
        store().append(
                        "alice",
                        "INBOX",
                        Letters.text("bob", "alice", subject, "Who brings the lanterns?\n\nNot me again."));
        String original = messageId(store().sources("alice", "INBOX", subject).getFirst());
        byte[] picture = Letters.picture(30, 20);

        Visitor alice = visitor(device);
        ComposePage compose = alice.signIn("alice").open(subject).reply();
        assertThat(compose.field("to")).hasValue("bob@palomar.example");
        assertThat(compose.field("subject")).hasValue(reply);
        compose.writeFirst("I bring twelve. Ñandú says hello 🏮.").attach(file("lantern ñ.png", "image/png", picture));
        assertThat(compose.field("text"))
                .hasValue(Pattern.compile("I bring twelve.*> Who brings the lanterns\\?.*", Pattern.DOTALL));
        compose.send();

        assertThat(alice.list("INBOX").row(subject).locator(".row-marks")).containsText("answered");
        ListPage sent = alice.list("Sent");
        assertThat(sent.row(reply)).hasCount(1);
        assertThat(store().sources("alice", "Sent", reply)).hasSize(1);

        store().awaitArrival("bob", reply);
        Visitor bob = visitor(device);
        MessagePage message = bob.signIn("bob").open(reply);
        assertThat(message.body()).containsText("I bring twelve. Ñandú says hello 🏮.");
        assertThat(message.body()).containsText("Who brings the lanterns?");
        Download download = bob.page.waitForDownload(() -> message.attachment("lantern ñ.png")
                .locator("[data-testid=attachment-download]")
                .click());
        assertThat(download.suggestedFilename()).isEqualTo("lantern ñ.png");
        assertThat(Files.readAllBytes(download.path())).isEqualTo(picture);
        String source = message.source();
        assertThat(source).contains("In-Reply-To: " + original);
        assertThat(source.replaceAll("\\s+", " ")).contains("References: " + original);
    }

    @OnEveryDevice
    default void whatIsNotSentIsKept(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage refused = new ComposePage(alice)
                .fill("to", "nobody@palomar.example")
                .fill("subject", "To nobody from " + device)
                .fill("text", "Line one\n\n  indented <b>two</b> & ñ 🏮")
                .attach(file("list.csv", "text/csv", "oak;6\n".getBytes(StandardCharsets.UTF_8)))
                .sendInVain();
        assertThat(refused.fault()).containsText("The server refused a recipient");
        assertThat(refused.fault()).containsText("nobody@palomar.example");
        assertThat(refused.field("to")).hasValue("nobody@palomar.example");
        assertThat(refused.field("subject")).hasValue("To nobody from " + device);
        assertThat(refused.field("text")).hasValue("Line one\n\n  indented <b>two</b> & ñ 🏮");
        assertThat(refused.uploads()).hasCount(1);
        assertThat(refused.uploads()).containsText("list.csv");

        refused.fill("to", "bob@palomar.example").send();
        store().awaitArrival("bob", "To nobody from " + device);
        assertThat(store().sources("bob", "INBOX", "To nobody from " + device))
                .singleElement()
                .asString()
                .contains("list.csv");
    }

    @OnEveryDevice
    default void anAddressThatIsNoneIsNamed(Device device) {
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage again = new ComposePage(alice)
                .fill("to", "bob@palomar.example, not an address")
                .fill("text", "Still here")
                .sendInVain();
        assertThat(alice.find("#to-fault")).containsText("not an address");
        assertThat(again.field("to")).hasValue("bob@palomar.example, not an address");
        assertThat(again.field("text")).hasValue("Still here");
        APIResponse outbox = alice.context.request().get(alice.base() + "/mailboxes/Sent");
        assertThat(outbox.text()).doesNotContain("Still here");
    }

    private static FilePayload file(String name, String type, byte[] content) {
        return new FilePayload(name, type, content);
    }

    private static String messageId(String source) {
        return source.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow()
                .substring("Message-ID: ".length());
    }
}
