package org.palomar.e2e;

import com.microsoft.playwright.Locator;

/** Where mailboxes are made, renamed, emptied and deleted. */
final class ManagePage {

    private final Visitor visitor;

    ManagePage(Visitor visitor) {
        this.visitor = visitor;
        visitor.open("/mailboxes");
        visitor.testid("mailbox-create").waitFor();
    }

    Locator box(String segment) {
        return visitor.find("details[data-mailbox='" + segment + "']");
    }

    ManagePage create(String name) {
        Locator form = visitor.testid("mailbox-create");
        form.locator("[name=name]").fill(name);
        visitor.act(() -> form.locator("[type=submit]").click(), name);
        return this;
    }

    ManagePage rename(String segment, String name) {
        box(segment).locator("summary").click();
        Locator form = box(segment).locator("form");
        form.locator("[name=name]").fill(name);
        visitor.act(() -> form.locator("[type=submit]").click(), name);
        return this;
    }

    /** {@code question} is delete or empty; both ask on a page of their own. */
    void ask(String question, String segment, String said) {
        box(segment).locator("summary").click();
        visitor.leave(() -> box(segment).locator("a[href$='/" + question + "']").click());
        visitor.act(
                () -> visitor.testid("confirm-form")
                        .locator("button[type=submit]")
                        .click(),
                said);
    }
}
