package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.TimeoutError;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
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

    @OnEveryDevice
    default void actsOnResultsOfSeveralMailboxes(Device device) {
        String word = "dotterel" + device.ordinal();
        for (String box : List.of("Moor " + device, "Heath " + device)) {
            List<MimeMessage> messages = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                messages.add(Letters.text("bob", "alice", word + " " + box + " " + i, "It was seen."));
            }
            store().append("alice", box, messages);
        }
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = results(alice, "subject:" + word);
        assertThat(list.rows()).hasCount(8);

        list.tick("Moor " + device + " 1", "Heath " + device + " 1");
        alice.press(tools(alice), "button[value=flag]");
        said(alice, "2 messages flagged.");
        assertThat(list.rows()).hasCount(8);
        assertThat(list.row("Moor " + device + " 1").locator(".row-marks")).containsText("flagged");

        list.tick("Moor " + device + " 1", "Moor " + device + " 2", "Heath " + device + " 2");
        if (device == Device.DESK) {
            list.row("Moor " + device + " 2").locator(".row-link").focus();
            alice.page.keyboard().press("#");
        } else {
            alice.press(tools(alice), "button[value=delete]");
        }
        Locator deleted = said(alice, "3 messages moved to the trash.");
        assertThat(list.rows()).hasCount(5);
        deleted.locator("[data-testid=undo]").click();
        said(alice, "3 messages are back where they were.");
        assertThat(list.rows()).hasCount(8);

        // All that is found, whatever the page shows of it.
        alice.open("/search?q=subject%3A" + word + "&select=results");
        list = new ListPage(alice);
        assertThat(alice.testid("whole")).containsText("All 8 results are selected.");
        alice.press(tools(alice), "button[value=archive]");
        said(alice, "8 messages archived.");
        assertThat(alice.list(MailboxJourneys.segment("Moor " + device)).rows()).hasCount(0);
        assertThat(results(alice, "subject:" + word).rows()).hasCount(8);
    }

    private static ListPage results(Visitor alice, String query) {
        alice.open("/search?q=" + query.replace(":", "%3A"));
        return new ListPage(alice);
    }

    private static Locator tools(Visitor alice) {
        return alice.find("#list .list-tools");
    }

    /** What was done in several mailboxes is said at once or, on a slow machine, on a card that follows it. */
    private static Locator said(Visitor alice, String words) {
        Locator toast = alice.find(".toasts .toast").filter(new Locator.FilterOptions().setHasText(words));
        for (int i = 0; i < 20 && !alice.device.scripts && !appears(toast); i++) {
            alice.page.reload();
        }
        toast.first().waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        return toast.first();
    }

    private static boolean appears(Locator toast) {
        try {
            toast.first().waitFor(new Locator.WaitForOptions().setTimeout(3_000));
            return true;
        } catch (TimeoutError _) {
            return false;
        }
    }
}
