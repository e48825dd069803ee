package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.ActiveProfiles;

/** Writing with formatting, and what of it arrives. */
@ActiveProfiles("demo")
class RichTextE2E extends BrowserTest {

    private static final String PASTE = "(root, [type, content, name]) => { const data = new DataTransfer();"
            + " if (name) { data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name, { type })) }"
            + " else { data.setData(type, content) }"
            + " root.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }";

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"DESK", "PHONE"})
    void formattingAndPicturesArrive(Device device) throws Exception {
        String subject = "Formatted on " + device;
        Visitor alice = visitor(device);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose =
                new ComposePage(alice).fill("to", "bob@palomar.example").fill("subject", subject);
        compose.rich().click();
        alice.page.keyboard().type("Plain ");
        tool(compose, "bold").click();
        assertThat(tool(compose, "bold")).hasAttribute("aria-pressed", "true");
        alice.page.keyboard().type("strong");
        tool(compose, "bold").click();
        alice.page.keyboard().press("Enter");
        tool(compose, "bullets").click();
        alice.page.keyboard().type("oak");
        alice.page.keyboard().press("Enter");
        alice.page.keyboard().type("lime");
        String picture = Base64.getEncoder().encodeToString(Letters.picture(40, 30));
        compose.rich().evaluate(PASTE, new String[] {"image/png", picture, "roof.png"});
        assertThat(compose.rich().locator("img")).hasCount(1);
        assertThat(compose.rich().locator("img")).hasJSProperty("naturalWidth", 40);
        assertThat(compose.uploads()).not().isVisible();

        compose.switchFormat();
        assertThat(compose.field("text")).hasValue("Plain strong\n- oak\n- limeroof.png\n");
        assertThat(compose.uploads()).isVisible();
        compose.switchFormat();
        assertThat(compose.rich().locator("b")).hasText("strong");
        assertThat(compose.rich().locator("img")).hasCount(1);
        compose.send();

        store().awaitArrival("bob", subject);
        MimeMessage sent = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(
                        store().sources("bob", "INBOX", subject).getFirst().getBytes(StandardCharsets.ISO_8859_1)));
        MimeMultipart forms = (MimeMultipart) sent.getContent();
        assertThat(forms.getContentType()).startsWith("multipart/alternative");
        assertThat((String) forms.getBodyPart(0).getContent()).contains("Plain strong", "- oak", "- lime");
        MimeMultipart related = (MimeMultipart) forms.getBodyPart(1).getContent();
        String html = (String) related.getBodyPart(0).getContent();
        assertThat(html).contains("<b>strong</b>", "<li>oak").doesNotContain("class=", "compose/files");
        String cid = related.getBodyPart(1).getHeader("Content-ID")[0];
        assertThat(html).contains("cid:" + cid.substring(1, cid.length() - 1));
        assertThat(related.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(Letters.picture(40, 30));

        Visitor bob = visitor(device);
        MessagePage message = bob.signIn("bob").open(subject);
        ComposePage answer = message.reply();
        assertThat(answer.rich().locator("blockquote b")).hasText("strong");
        assertThat(answer.rich().locator("blockquote img")).hasJSProperty("naturalWidth", 40);
    }

    @Test
    void whatHasNoFormattingIsPlainText() {
        String subject = "Words alone";
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        alice.open("/compose");
        ComposePage compose =
                new ComposePage(alice).fill("to", "bob@palomar.example").fill("subject", subject);
        compose.rich().click();
        alice.page.keyboard().type("One");
        alice.page.keyboard().press("Enter");
        alice.page.keyboard().press("Enter");
        alice.page.keyboard().type("Two");
        compose.send();
        store().awaitArrival("bob", subject);
        String source = store().sources("bob", "INBOX", subject).getFirst();
        assertThat(source).contains("Content-Type: text/plain").doesNotContain("multipart/", "text/html");
        assertThat(source.replace("\r\n", "\n")).contains("\n\nOne\n\nTwo");
    }

    /** A letter that would load and run things stays as tame in the editor as it is in its frame. */
    @Test
    void whatIsQuotedAndPastedAsksNobody() {
        String subject = "Loads from elsewhere";
        String evil = "<p>Dear <b>Alice</b><img src='https://tracker.example/a.png' alt='a roof'>"
                + "<img src=x onerror='window.hit=1'><a href='javascript:window.hit=1'>click</a></p>"
                + "<div style='background:url(https://tracker.example/b.png);color:#123456'>styled</div>"
                + "<svg onload='window.hit=1'><script>window.hit=1</script></svg>";
        store().append("alice", "INBOX", Letters.html("bob", "alice", subject, evil));
        Visitor alice = visitor(Device.DESK);
        ComposePage answer = alice.signIn("alice").open(subject).reply();
        assertThat(answer.rich().locator("blockquote b")).hasText("Alice");
        assertThat(answer.rich()).containsText("a roof");
        assertThat(answer.rich().locator("img, script, svg, [onerror]")).hasCount(0);
        answer.rich().click();
        answer.rich()
                .evaluate(PASTE, new String[] {"text/html", "<i>pasted</i><img src='https://tracker.example/c.png'>", ""
                });
        assertThat(answer.rich().locator("i")).hasText("pasted");
        assertThat(answer.rich().locator("img")).hasCount(0);
        assertThat(alice.page.evaluate("() => window.hit ?? 0")).isEqualTo(0);
        assertThat(alice.strangers()).isEmpty();
    }

    private static Locator tool(ComposePage compose, String name) {
        return compose.form().locator("[data-tool=" + name + "]");
    }
}
