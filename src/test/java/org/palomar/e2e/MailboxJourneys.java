package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.palomar.mail.MailboxName;

/** Mailboxes themselves: making, renaming, emptying, deleting and paging through them. */
interface MailboxJourneys extends Product {

    @OnEveryDevice
    default void makesAndRemovesMailboxes(Device device) {
        String made = "Swallows ñ " + device;
        String renamed = "Swifts & co " + device;
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ManagePage manage = new ManagePage(alice).create(made);
        assertThat(manage.box(segment(made))).hasCount(1);
        store().append("alice", made, Letters.text("bob", "alice", "In " + made, "To be thrown away."));

        new ManagePage(alice).rename(segment(made), renamed);
        assertThat(manage.box(segment(made))).hasCount(0);
        alice.showMailboxes();
        Locator link = alice.find("[data-testid=mailbox-link][data-mailbox='" + segment(renamed) + "']");
        alice.leave(link::click);
        assertThat(new ListPage(alice).row("In " + made)).hasCount(1);

        new ManagePage(alice).ask("empty", segment(renamed), "moved");
        assertThat(alice.testid("empty-mailbox")).isVisible();
        assertThat(alice.list("Trash").row("In " + made)).hasCount(1);
        new ManagePage(alice).ask("delete", segment(renamed), "deleted");
        assertThat(manage.box(segment(renamed))).hasCount(0);
        assertThat(store().exists("alice", renamed)).isFalse();

        ManagePage again = new ManagePage(alice);
        alice.testid("mailbox-create").locator("[name=name]").fill("Archive");
        alice.leave(
                () -> alice.testid("mailbox-create").locator("[type=submit]").click());
        assertThat(alice.find("main [data-testid=flash]")).containsText("already a mailbox of that name");
        assertThat(again.box("Archive")).hasCount(1);
    }

    @OnEveryDevice
    default void turnsPages(Device device) {
        String box = "Pages " + device;
        List<MimeMessage> messages = new ArrayList<>();
        for (int number = 1; number <= 53; number++) {
            messages.add(Letters.text("carol", "alice", "Nest number %03d".formatted(number), "Two eggs."));
        }
        store().append("alice", box, messages);
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = alice.list(segment(box));
        assertThat(list.rows()).hasCount(50);
        assertThat(list.rows().first()).containsText("Nest number 053");
        assertThat(list.pager()).containsText("1–50 of 53");

        list.pager().locator("[rel=next]").click();
        assertThat(list.rows()).hasCount(3);
        assertThat(list.rows().first()).containsText("Nest number 003");
        assertThat(alice.page).hasURL(Pattern.compile(".*[?&]page=2$"));
        list.open("Nest number 002");
        assertThat(alice.list(segment(box) + "?page=2").rows()).hasCount(3);

        list.pager().locator("[rel=prev]").click();
        assertThat(list.rows()).hasCount(50);
        alice.page.goBack();
        assertThat(list.rows()).hasCount(3);
    }

    @OnEveryDevice
    default void sortsTheList(Device device) {
        String box = "Order " + device;
        store().append(
                        "alice",
                        box,
                        List.of(
                                Letters.text("carol", "alice", "Beech", "A long letter. ".repeat(200)),
                                Letters.text("bob", "alice", "Re: Alder", "A longer letter. ".repeat(400)),
                                Letters.text("carol", "alice", "Cedar", "Short."),
                                Letters.text("dan", "alice", "Alder", "A letter. ".repeat(100))));
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = alice.list(segment(box));
        assertThat(list.subjects()).containsText(new String[] {"Alder", "Cedar", "Re: Alder", "Beech"});

        list.sort("Sender");
        assertThat(list.subjects()).containsText(new String[] {"Re: Alder", "Beech", "Cedar", "Alder"});
        list.sort("Subject");
        assertThat(list.subjects()).containsText(new String[] {"Re: Alder", "Alder", "Beech", "Cedar"});
        list.sort("Size").sort("Smallest first");
        assertThat(list.subjects()).containsText(new String[] {"Cedar", "Alder", "Beech", "Re: Alder"});
        assertThat(alice.page).hasURL(Pattern.compile(".*\\?sort=size&dir=asc$"));

        MessagePage beech = list.open("Beech");
        if (device == Device.DESK || device == Device.DESK_PLAIN) {
            Locator older = beech.message().locator("[data-testid=older]");
            if (device.scripts) {
                older.click();
            } else {
                alice.leave(older::click);
            }
            new MessagePage(alice, "Re: Alder");
        }
        list = alice.list(segment(box) + "?sort=size&dir=asc");
        list.tick("Cedar").act("flag", "flagged");
        assertThat(list.subjects()).containsText(new String[] {"Cedar", "Alder", "Beech", "Re: Alder"});
        list.sort("Arrival");
        assertThat(list.subjects()).containsText(new String[] {"Alder", "Cedar", "Re: Alder", "Beech"});
        assertThat(alice.page).not().hasURL(Pattern.compile(".*sort=.*"));
    }

    static String segment(String mailbox) {
        return new MailboxName(mailbox).toSegment();
    }
}
