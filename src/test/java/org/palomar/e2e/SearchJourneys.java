package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;

/** Finding a message again. */
interface SearchJourneys extends Product {

    @OnEveryDevice
    default void findsAMessageOpensItAndComesBack(Device device) {
        String word = "avocet" + device.ordinal();
        store().append(
                        "alice",
                        "Wader " + device,
                        List.of(Letters.text("bob", "alice", "About the " + word, "It was seen.")));
        store().append(
                        "alice",
                        "INBOX",
                        Letters.text("carol", "alice", "No such thing", "But the " + word + " was here."));
        Visitor alice = visitor(device);
        ListPage list = alice.signIn("alice");
        Locator field = alice.testid("search-form").locator("[name=q]");
        if (device == Device.DESK) {
            alice.page.keyboard().press("/");
            assertThat(field).isFocused();
        }
        field.fill(word);
        alice.leave(() -> field.press("Enter"));
        assertThat(list.rows()).hasCount(2);
        assertThat(alice.testid("search-progress")).containsText("2 found");
        assertThat(list.row("About the").locator("mark")).hasText(word);

        list.open("About the");
        alice.page.goBack();
        assertThat(list.rows()).hasCount(2);
        assertThat(alice.page).hasURL(Pattern.compile(".*/search\\?q=" + word + ".*"));

        field.fill(word + " from:carol is:unread");
        alice.leave(() -> field.press("Enter"));
        assertThat(list.rows()).hasCount(1);
        Locator chip =
                alice.testid("search-chips").locator("a").filter(new Locator.FilterOptions().setHasText("from:carol"));
        alice.leave(chip::click);
        assertThat(list.row("No such thing")).hasCount(1);
    }
}
