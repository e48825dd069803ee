package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** A page of a mailbox. */
final class ListPage {

    private final Visitor visitor;

    ListPage(Visitor visitor) {
        this.visitor = visitor;
        list().waitFor();
    }

    Locator list() {
        return visitor.testid("message-list");
    }

    Locator rows() {
        return list().locator("[data-testid=message-row]");
    }

    /** The rows whose subject has these words. */
    Locator row(String subject) {
        Locator titled =
                visitor.page.locator("[data-testid=message-subject]", new Page.LocatorOptions().setHasText(subject));
        return rows().filter(new Locator.FilterOptions().setHas(titled));
    }

    Locator subjects() {
        return rows().locator("[data-testid=message-subject]");
    }

    Locator pager() {
        return list().locator("[data-testid=pager]");
    }

    /** Chooses an order or a direction by its words. */
    ListPage sort(String words) {
        Locator menu = list().locator("[data-testid=sort-menu]");
        menu.locator("> summary").click();
        Locator choice = menu.locator("a").filter(new Locator.FilterOptions().setHasText(words));
        choice.click();
        assertThat(choice).hasAttribute("aria-current", "true");
        return this;
    }

    MessagePage open(String subject) {
        Locator link = row(subject).locator(".row-link");
        if (visitor.device == Device.DESK) {
            link.click();
        } else {
            visitor.leave(link::click);
        }
        return new MessagePage(visitor, subject);
    }

    ListPage tick(String... subjects) {
        for (String subject : subjects) {
            // The box is drawn by the style sheet; its label is what a finger hits.
            row(subject).locator("input[name=ref]").check(new Locator.CheckOptions().setForce(true));
        }
        return this;
    }

    /** Ticks every row: with the one box above them, or one by one where there is none without scripts. */
    ListPage tickAll() {
        if (visitor.device.scripts) {
            list().locator("[data-select-all]").check(new Locator.CheckOptions().setForce(true));
        } else {
            for (Locator box : rows().locator("input[name=ref]").all()) {
                box.check(new Locator.CheckOptions().setForce(true));
            }
        }
        return this;
    }

    ListPage act(String action, String said) {
        visitor.act(() -> press(action), said);
        return this;
    }

    /** Deletes the ticked rows for good. */
    ListPage expunge() {
        visitor.act(
                () -> {
                    press("expunge");
                    visitor.confirm();
                },
                "deleted for good");
        return this;
    }

    /** {@code action} is move or copy. */
    ListPage into(String action, String segment, String said) {
        visitor.act(
                () -> {
                    Locator menu = tools().locator("details.menu")
                            .filter(new Locator.FilterOptions().setHas(visitor.page.locator("select[name=target]")));
                    menu.locator("> summary").click();
                    menu.locator("select[name=target]").selectOption(segment);
                    menu.locator("button[value=" + action + "]").click();
                },
                said);
        return this;
    }

    private Locator tools() {
        return list().locator(".list-tools");
    }

    private void press(String action) {
        visitor.press(tools(), "button[name=action][value=" + action + "]");
    }
}
