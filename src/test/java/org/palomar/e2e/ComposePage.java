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
        field(field).fill(value);
        return this;
    }

    /** Writes above what is quoted. */
    ComposePage writeFirst(String words) {
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
