package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;

/** A message that is open, in a pane or on a page of its own. */
final class MessagePage {

    private final Visitor visitor;

    MessagePage(Visitor visitor, String subject) {
        this.visitor = visitor;
        assertThat(message().locator("[data-testid=message-subject]")).containsText(subject);
    }

    Locator message() {
        return visitor.find("#message");
    }

    Locator body() {
        return message().locator("[data-testid=message-body]");
    }

    Locator frame() {
        return body().locator("iframe.letter-frame");
    }

    FrameLocator letter() {
        return body().frameLocator("iframe.letter-frame");
    }

    Locator attachment(String name) {
        return message().locator("[data-testid=attachment]").filter(new Locator.FilterOptions().setHasText(name));
    }

    void open(String attachment) {
        visitor.leave(() ->
                attachment(attachment).locator("[data-testid=attachment-open]").click());
    }

    ComposePage reply() {
        visitor.leave(() -> message().locator("[data-testid=reply]").click());
        return new ComposePage(visitor);
    }

    void press(String action) {
        visitor.press(message().locator("form.bar"), "button[name=action][value=" + action + "]");
    }

    MessagePage act(String action, String said) {
        visitor.act(() -> press(action), said);
        return this;
    }

    MessagePage into(String action, String segment, String said) {
        visitor.act(
                () -> {
                    message().locator("[data-testid=move]").click();
                    message().locator("form.bar select[name=target]").selectOption(segment);
                    message()
                            .locator("form.bar button[value=" + action + "]:visible")
                            .click();
                },
                said);
        return this;
    }

    String source() {
        message().locator("[data-testid=more]").click();
        visitor.leave(() -> message().locator("[data-testid=source]").click());
        return visitor.testid("source-text").innerText();
    }

    /** Back to the list, as the bar's arrow on a phone leads. */
    ListPage back() {
        visitor.leave(() -> message().locator("[data-key=up]:visible").first().click());
        return new ListPage(visitor);
    }
}
