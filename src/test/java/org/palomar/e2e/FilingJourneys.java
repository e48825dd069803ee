package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Marking, moving and deleting. */
interface FilingJourneys extends Product {

    @OnEveryDevice
    default void movesAndDeletes(Device device) {
        String box = "Filing " + device;
        String segment = segment(box);
        seed(box, "move", "copy", "drop", "junk", "keep");
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = alice.list(segment);

        list.tick(of(box, "move")).into("move", "Filed", "moved to Filed");
        assertThat(list.row(of(box, "move"))).hasCount(0);
        list.tick(of(box, "copy")).into("copy", "Filed", "copied to Filed");
        assertThat(list.row(of(box, "copy"))).hasCount(1);
        ListPage filed = alice.list("Filed");
        assertThat(filed.row(of(box, "move"))).hasCount(1);
        assertThat(filed.row(of(box, "copy"))).hasCount(1);

        alice.list(segment).tick(of(box, "keep")).act("archive", "archived");
        assertThat(alice.list("Archive").row(of(box, "keep"))).hasCount(1);

        alice.list(segment).tick(of(box, "junk")).act("junk", "marked as junk");
        ListPage junk = alice.list("Junk");
        assertThat(junk.row(of(box, "junk"))).hasCount(1);
        junk.tick(of(box, "junk")).act("notjunk", "moved to the inbox");
        assertThat(junk.row(of(box, "junk"))).hasCount(0);
        assertThat(alice.list("INBOX").row(of(box, "junk"))).hasCount(1);

        alice.list(segment).tick(of(box, "drop")).act("delete", "moved to the trash");
        ListPage trash = alice.list("Trash");
        assertThat(trash.row(of(box, "drop"))).hasCount(1);
        trash.tick(of(box, "drop")).expunge();
        assertThat(trash.row(of(box, "drop"))).hasCount(0);
        assertThat(alice.list(segment).rows()).hasCount(1);
    }

    @OnEveryDevice
    default void actsOnAnOpenMessage(Device device) {
        String box = "Open " + device;
        String segment = segment(box);
        seed(box, "move", "copy", "flag", "drop");
        Visitor alice = visitor(device);
        alice.signIn("alice");

        MessagePage message = alice.list(segment).open(of(box, "flag"));
        message.act("flag", "flagged").act("unflag", "flag removed").act("flag", "flagged");
        assertThat(alice.list(segment).row(of(box, "flag")).locator(".row-marks"))
                .containsText("flagged");
        alice.list(segment).open(of(box, "copy")).into("copy", "Filed", "copied to Filed");
        alice.list(segment).open(of(box, "move")).into("move", "Filed", "moved to Filed");
        alice.list(segment).open(of(box, "drop")).act("delete", "moved to the trash");
        ListPage list = alice.list(segment);
        assertThat(list.rows()).hasCount(2);
        ListPage filed = alice.list("Filed");
        assertThat(filed.row(of(box, "move"))).hasCount(1);
        assertThat(filed.row(of(box, "copy"))).hasCount(1);

        MessagePage dropped = alice.list("Trash").open(of(box, "drop"));
        alice.act(
                () -> {
                    dropped.press("expunge");
                    alice.confirm();
                },
                "deleted for good");
        assertThat(alice.list("Trash").row(of(box, "drop"))).hasCount(0);
    }

    @OnEveryDevice
    default void marksAsReadAndUnread(Device device) {
        String box = "Marks " + device;
        String segment = segment(box);
        seed(box, "one", "two", "three");
        Visitor alice = visitor(device);
        alice.signIn("alice");
        ListPage list = alice.list(segment);
        Locator unread = list.list().locator("[data-testid=message-row].is-unread");
        assertThat(unread).hasCount(3);

        list.tickAll().act("read", "3 messages marked as read");
        assertThat(unread).hasCount(0);
        list.tick(of(box, "two")).act("unread", "1 message marked as unread");
        assertThat(unread).hasCount(1);
        list.tick(of(box, "one"), of(box, "three")).act("flag", "2 messages flagged");
        assertThat(list.row(of(box, "one")).locator(".row-marks")).containsText("flagged");
        list.tick(of(box, "one")).act("unflag", "1 flag removed");
        assertThat(list.row(of(box, "one")).locator(".row-marks")).not().containsText("flagged");

        if (device.scripts) {
            alice.page.waitForResponse(response -> response.url().endsWith("/seen"), () -> list.open(of(box, "two")));
        } else {
            list.open(of(box, "two")).act("read", "marked as read");
        }
        assertThat(alice.list(segment).row(of(box, "one"))).hasCount(1);
        assertThat(unread).hasCount(0);
        alice.list(segment).open(of(box, "two")).act("unread", "marked as unread");
        assertThat(alice.list(segment).row(of(box, "two"))).hasClass(Pattern.compile(".*is-unread.*"));
    }

    private void seed(String box, String... subjects) {
        List<MimeMessage> messages = new ArrayList<>();
        for (String subject : subjects) {
            messages.add(Letters.text("bob", "alice", of(box, subject), "Something to file."));
        }
        store().append("alice", box, messages);
        store().append("alice", "Filed", List.of());
    }

    private static String of(String box, String subject) {
        return box + ": " + subject;
    }

    private static String segment(String mailbox) {
        return MailboxJourneys.segment(mailbox);
    }
}
