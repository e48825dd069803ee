package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/** Taking back what was done, and acting on a whole mailbox. */
interface UndoJourneys extends Product {

    @OnEveryDevice
    default void takesBackWhatWasDone(Device device) {
        String box = "Undo" + device.name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
        List<MimeMessage> messages = new ArrayList<>();
        for (int i = 1; i <= 54; i++) {
            messages.add(Letters.text("bob", "alice", "Undo " + i, "Something to take back."));
        }
        store().append("alice", box, messages);
        Visitor alice = visitor(device);
        alice.signIn("alice");

        ListPage list = alice.list(box);
        list.tick("Undo 54").act("archive", "1 message archived.");
        assertThat(list.row("Undo 54")).hasCount(0);
        undo(alice, "1 message is back in " + box + ".");
        assertThat(list.row("Undo 54")).hasCount(1);

        list = alice.list(box).tickAll();
        Locator line = alice.testid("whole");
        assertThat(line).containsText("All 50 on this page are selected.");
        line.locator("[data-testid=select-mailbox]").click();
        assertThat(line).containsText("All 54 messages in " + box + " are selected.");
        list.act("delete", "54 messages moved to the trash.");
        assertThat(list.rows()).hasCount(0);
        undo(alice, "54 messages are back in " + box + ".");
        assertThat(list.rows()).hasCount(50);
    }

    private static void undo(Visitor alice, String said) {
        Locator button = alice.find("#flash [data-testid=undo]");
        assertThat(button).isVisible();
        if (alice.device == Device.DESK) {
            alice.page.keyboard().press("z");
        } else {
            button.click();
        }
        assertThat(alice.find("#flash [data-testid=flash]")).containsText(said);
    }
}
