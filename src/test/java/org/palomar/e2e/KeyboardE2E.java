package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;

/** Reading, filing and answering without a mouse. */
@ActiveProfiles("demo")
class KeyboardE2E extends BrowserTest {

    private static final String BOX = "Keys";

    @Test
    void everythingHasAKey() {
        store().append(
                        "alice",
                        BOX,
                        List.of(
                                Letters.text("bob", "alice", "Third", "3"),
                                Letters.text("bob", "alice", "Second", "2"),
                                Letters.text("bob", "alice", "First", "1")));
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        ListPage list = alice.list(BOX);
        Locator focused = alice.find("#list .row-link:focus");

        alice.page.keyboard().press("j");
        assertThat(focused).containsText("First");
        alice.page.keyboard().press("j");
        assertThat(focused).containsText("Second");
        assertThat(focused.evaluate("link => getComputedStyle(link).outlineStyle"))
                .as("the ring around what the keys go to")
                .isNotEqualTo("none");
        alice.page.keyboard().press("k");
        assertThat(focused).containsText("First");
        alice.page.keyboard().press("k");
        assertThat(focused).containsText("First");

        alice.page.keyboard().press("o");
        new MessagePage(alice, "First");
        assertThat(alice.page).hasURL(java.util.regex.Pattern.compile(".*/messages/\\d+\\.\\d+$"));
        alice.act(() -> alice.page.keyboard().press("s"), "flagged");
        alice.act(() -> alice.page.keyboard().press("e"), "archived");
        assertThat(list.row("First")).hasCount(0);
        // The next row takes the place of the one that went.
        assertThat(focused).containsText("Second");
        alice.page.keyboard().press("x");
        assertThat(list.row("Second").locator("input[name=ref]")).isChecked();
        alice.act(() -> alice.page.keyboard().press("#"), "moved to the trash");
        assertThat(list.row("Second")).hasCount(0);
        assertThat(focused).containsText("Third");
        alice.page.keyboard().press("Enter");
        new MessagePage(alice, "Third");
        alice.leave(() -> alice.page.keyboard().press("r"));
        ComposePage compose = new ComposePage(alice);
        assertThat(compose.field("to")).hasValue("bob@palomar.example");
        assertThat(compose.rich()).isFocused();
        alice.page.keyboard().type("j k e # are letters here");
        assertThat(compose.rich()).containsText("j k e # are letters here");
        assertThat(compose.field("text")).hasValue(java.util.regex.Pattern.compile("j k e # are letters here[^Ω]*"));
        alice.find("body").evaluate("() => document.activeElement.blur()");
        alice.leave(() -> alice.page.keyboard().press("u"));
        assertThat(alice.questions()).as("what was written is saved").isEmpty();

        new MessagePage(alice, "Third");
        alice.leave(() -> alice.page.keyboard().press("u"));
        assertThat(list.rows()).hasCount(1);
        alice.page.keyboard().press("?");
        assertThat(alice.find("dialog#keys")).isVisible();
        alice.page.keyboard().press("Escape");
        assertThat(alice.find("dialog#keys")).not().isVisible();
        alice.leave(() -> alice.page.keyboard().press("c"));
        assertThat(new ComposePage(alice).entry("to")).isFocused();
    }
}
