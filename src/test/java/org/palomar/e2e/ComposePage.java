package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;

/** The editor. */
final class ComposePage {

    private final Visitor visitor;

    ComposePage(Visitor visitor) {
        this.visitor = visitor;
        form().waitFor();
    }

    Locator form() {
        return visitor.testid("compose-form");
    }

    Locator field(String name) {
        return form().locator("[name=" + name + "]");
    }

    Locator uploads() {
        return form().locator("[data-testid=upload]");
    }

    Locator fault() {
        return form().locator("#fault");
    }

    ComposePage fill(String field, String value) {
        if (field.equals("text")) {
            plain();
        }
        Locator entry = entry(field);
        entry.waitFor();
        for (int left = chips(field).count(); left > 0; left--) {
            chips(field).last().locator("[data-remove]").click();
            assertThat(chips(field)).hasCount(left - 1);
        }
        entry.fill(value);
        return this;
    }

    /** Where one types: with scripts recipients become chips, and the field of the form follows. */
    Locator entry(String field) {
        boolean chips = visitor.device.scripts && (field.equals("to") || field.equals("cc") || field.equals("bcc"));
        return chips ? form().locator("[data-entry=" + field + "]") : field(field);
    }

    Locator chips(String field) {
        return form().locator(".line:has([data-entry=" + field + "]) .chip");
    }

    /** Where one writes with formatting. */
    Locator rich() {
        return form().locator("[data-testid=rich]");
    }

    /** Presses the button that changes between formatting and plain text. */
    ComposePage switchFormat() {
        form().locator("[data-testid=plain]").click();
        return this;
    }

    /** From here on plain text. */
    ComposePage plain() {
        if (visitor.device.scripts) {
            assertThat(form().locator("[data-tools]")).isVisible();
            if (rich().isVisible()) {
                switchFormat();
            }
            assertThat(field("text")).isVisible();
        }
        return this;
    }

    /** Writes above what is quoted. */
    ComposePage writeFirst(String words) {
        plain();
        Locator text = field("text");
        text.fill(words + "\n" + text.inputValue());
        return this;
    }

    /** With scripts a chosen file goes up at once, without them a button sends it. */
    ComposePage attach(FilePayload file) {
        int before = uploads().count();
        field("attachments").setInputFiles(file);
        if (!visitor.device.scripts) {
            visitor.leave(
                    () -> form().locator("button[name=action][value=attach]").click());
        }
        assertThat(uploads()).hasCount(before + 1);
        assertThat(uploads().last()).containsText(file.name);
        return this;
    }

    /** Sends what will be sent; the page that comes says so. */
    void send() {
        visitor.act(() -> form().locator("[data-testid=send]").click(), "Sent.");
    }

    /** Sends what will be refused. */
    ComposePage sendInVain() {
        visitor.leave(() -> form().locator("[data-testid=send]").click());
        return new ComposePage(visitor);
    }
}
