package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.springframework.test.context.ActiveProfiles;

/** People: written, found, written to, deleted and brought back, with a file and without. */
@ActiveProfiles("demo")
class ContactsE2E extends BrowserTest {

    @OnEveryDevice
    void aContactFromItsFirstLetterToItsReturn(Device device) {
        Visitor carol = visitor(device);
        carol.signIn("carol");
        carol.showMailboxes();
        carol.leave(() -> carol.testid("contacts-link").click());
        String name = "Zita " + device;
        carol.leave(() -> carol.testid("contact-new").click());
        carol.find("#given").fill("Zita");
        carol.find("#family").fill(device.toString());
        carol.find("[name=email]").first().fill("zita." + device + "@example.org");
        carol.find("[name=phone]").first().fill("+34 600 11 22 33");
        carol.find("#groups").fill("Tower " + device);
        carol.find("#note").fill("Keeps the doves.");
        carol.leave(() -> carol.testid("contact-save").click());
        assertThat(carol.testid("contact-name")).hasText(name);
        assertThat(carol.testid("contact-note")).hasText("Keeps the doves.");
        narrow(carol);

        carol.open("/contacts");
        carol.find("[data-testid=contact-search] input").fill("ZITA " + device);
        carol.leave(() -> carol.find("[data-testid=contact-search] input").press("Enter"));
        Locator row = carol.testid("contact-row");
        assertThat(row).hasCount(1);
        narrow(carol);
        row.locator("a").click();
        assertThat(carol.testid("contact-name")).hasText(name);
        assertThat(carol.testid("contact")).isVisible();
        carol.leave(() -> carol.testid("contact-write").click());
        assertThat(carol.find("[name=to]").inputValue() + carol.find("body").textContent())
                .contains("zita." + device + "@example.org");

        carol.open("/contacts?q=zita+" + device);
        carol.testid("contact-row").locator("a").click();
        assertThat(carol.testid("contact-name")).hasText(name);
        carol.leave(() -> carol.testid("contact-delete").click());
        assertThat(carol.testid("contact-row")).hasCount(0);
        carol.leave(() -> carol.testid("undo").click());
        carol.open("/contacts?group=Tower+" + device);
        assertThat(carol.testid("contact-row-name")).hasText(name);
    }

    @OnEveryDevice
    void aFileIsLookedAtAndTakenIn(Device device) {
        Visitor bob = visitor(device);
        bob.signIn("bob");
        bob.open("/contacts/import");
        narrow(bob);
        String card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Yago %1$s\r\nEMAIL:yago.%1$s@example.org\r\nEND:VCARD\r\n"
                .formatted(device);
        bob.find("#file")
                .setInputFiles(new FilePayload("people.vcf", "text/vcard", card.getBytes(StandardCharsets.UTF_8)));
        bob.leave(() -> bob.testid("import-look").click());
        assertThat(bob.testid("import-preview")).containsText("Yago " + device);
        narrow(bob);
        bob.leave(() -> bob.testid("import-take").click());
        assertThat(bob.testid("flash")).containsText("1 contact imported.");
        bob.open("/contacts?q=yago+" + device);
        assertThat(bob.testid("contact-row")).hasCount(1);
        for (String page : new String[] {"/contacts/duplicates", "/contacts/server", "/contacts/new", "/contacts"}) {
            bob.open(page);
            narrow(bob);
        }
    }

    private static void narrow(Visitor visitor) {
        Object beyond = visitor.page.evaluate(
                "() => [...document.querySelectorAll('html, .list, .reading, .desk')].filter(e => e.scrollWidth > e.clientWidth"
                        + " && getComputedStyle(e).display !== 'none').map(e => e.id || e.localName).join()");
        assertThat(beyond).as("scrolls sideways").isEqualTo("");
    }
}
