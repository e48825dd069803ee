package org.palomar.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Undo, and what is done with a whole mailbox, through the pages and without scripts. */
class FilingIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static void fill(String mailbox, int messages) {
        for (int i = 0; i < messages; i++) {
            stage.dovecot().put("bob@palomar.example", mailbox, """
                    From: alice@palomar.example\r
                    Subject: %1$s %2$d\r
                    Message-ID: <%1$s.%2$d@palomar.example>\r
                    \r
                    words\r
                    """.formatted(mailbox, i)
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int count(String mailbox) {
        try (MailSession mail = stage.mail("bob")) {
            return (int) mail.status(new MailboxName(mailbox)).messages();
        }
    }

    private static List<Uid> flagged(String mailbox) {
        try (MailSession mail = stage.mail("bob")) {
            return mail.examine(
                    new MailboxName(mailbox),
                    open -> open.summaries(open.uids()).stream()
                            .filter(row -> row.flags().flagged())
                            .map(row -> row.ref().uid())
                            .toList());
        }
    }

    private static String[] form(String action, List<String> refs, Document page) {
        List<String> fields = new ArrayList<>(List.of("action", action));
        refs.forEach(ref -> fields.addAll(List.of("ref", ref)));
        for (Element hidden : page.select(".list-whole input[type=hidden]")) {
            fields.addAll(List.of(hidden.attr("name"), hidden.val()));
        }
        return fields.toArray(String[]::new);
    }

    private static List<String> refs(Document page) {
        return page.select("[data-testid=message-row]").eachAttr("data-ref");
    }

    private static String undoPath(Document page) {
        return page.select("#flash form[data-undo]").attr("action").substring(1);
    }

    /** What came of an act, at once or after a while. */
    private static String result(Visitor visitor, Answer posted) {
        Answer page = visitor.follow(posted).expect(200);
        if (!page.flash().isEmpty()) {
            return page.flash();
        }
        String id = page.html().select("[data-testid=job]").last().id().substring("job-".length());
        AtomicReference<String> said = new AtomicReference<>("");
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    said.set(visitor.get("jobs/" + id)
                            .expect(200)
                            .html()
                            .select("[data-testid=job-result]")
                            .text());
                    return !said.get().isEmpty();
                });
        visitor.post("jobs/" + id + "/close").expect(303);
        return said.get();
    }

    @Test
    void whatWasMovedComesBackOnceAndForItsOwnerOnly() {
        fill("Back", 3);
        try (Visitor bob = stage.visitor().signedIn("bob");
                Visitor carol = stage.visitor().signedIn("carol")) {
            Document list = bob.get("mailboxes/Back").expect(200).html();
            Answer done = bob.follow(bob.post("mailboxes/Back/actions", form("archive", refs(list), list)));
            assertThat(done.flash()).contains("3 messages archived.").contains("Undo");
            assertThat(count("Back")).isZero();
            String undo = undoPath(done.html());
            assertThat(bob.get("mailboxes/INBOX").flash())
                    .as("without scripts it stays for a while")
                    .contains("Undo");

            assertThat(carol.follow(carol.post(undo)).flash()).contains("too late");
            assertThat(count("Back")).isZero();
            Answer back = bob.follow(bob.post(undo));
            assertThat(back.uri().getPath()).isEqualTo("/mailboxes/Back");
            assertThat(back.flash()).contains("3 messages are back in Back.").doesNotContain("Undo");
            assertThat(count("Back")).isEqualTo(3);
            assertThat(bob.follow(bob.post(undo)).flash()).contains("too late");
            assertThat(count("Back")).isEqualTo(3);
        }
    }

    @Test
    void aScriptIsAnsweredAtOnceWithTheListItLeadsTo() {
        fill("Once", 3);
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            Document list = bob.get("mailboxes/Once").expect(200).html();
            bob.with("HX-Request", "true").with("HX-Request-Type", "partial");
            String first = refs(list).getFirst();
            // The list is asked for without the fields of the act.
            Answer answer = bob.post("mailboxes/Once/actions", "action", "archive", "ref", first, "select", "mailbox")
                    .expect(200);
            assertThat(answer.header("Content-Location")).isEqualTo("/mailboxes/Once");
            assertThat(answer.flash()).contains("1 message archived.");
            assertThat(refs(answer.html())).hasSize(2).doesNotContain(first);
            assertThat(answer.html().select("[data-testid=whole]")).isEmpty();
        }
    }

    @Test
    void aFlagThatWasThereBeforeStays() {
        fill("Marked", 4);
        MessageRef before = stage.refs("bob", "Marked").get(1);
        try (MailSession mail = stage.mail("bob")) {
            mail.select(before.mailbox(), open -> {
                open.store(List.of(before.uid()), FlagChange.ADD, Flags.of(Flags.FLAGGED));
                return true;
            });
        }
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            Document list = bob.get("mailboxes/Marked").html();
            Answer done = bob.follow(bob.post("mailboxes/Marked/actions", form("flag", refs(list), list)));
            assertThat(done.flash()).contains("4 messages flagged.");
            assertThat(flagged("Marked")).hasSize(4);
            assertThat(bob.follow(bob.post(undoPath(done.html()))).flash())
                    .contains("3 messages are marked as they were before.");
            assertThat(flagged("Marked")).containsExactly(before.uid());
            // Nothing was changed by this, so there is nothing to undo.
            assertThat(bob.follow(bob.post("mailboxes/Marked/actions", "action", "flag", "ref", before.key()))
                            .flash())
                    .contains("1 message flagged.")
                    .doesNotContain("Undo");
        }
    }

    @Test
    void whatAnotherProgramTookAwayMeanwhileIsTold() {
        fill("Partly", 3);
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            Document list = bob.get("mailboxes/Partly").html();
            MessageRef gone = stage.refs("bob", "Partly").getFirst();
            try (MailSession mail = stage.mail("bob")) {
                mail.select(gone.mailbox(), open -> {
                    open.expunge(List.of(gone.uid()));
                    return true;
                });
            }
            Answer done = bob.follow(bob.post("mailboxes/Partly/actions", form("archive", refs(list), list)));
            assertThat(done.flash()).contains("2 messages archived.").contains("1 was no longer there.");
            try (MailSession mail = stage.mail("bob")) {
                mail.select(new MailboxName("Archive"), open -> {
                    List<Uid> one = open.withMessageId("<Partly.0@palomar.example>");
                    assertThat(one).hasSize(1);
                    open.expunge(one);
                    return true;
                });
            }
            assertThat(bob.follow(bob.post(undoPath(done.html()))).flash())
                    .contains("1 message is back in Partly.")
                    .contains("1 could not be brought back");
        }
    }

    @Test
    void aWholeMailboxIsMeantAsItWasSeen() {
        fill("Whole", 1_300);
        try (Visitor bob = stage.visitor().signedIn("bob");
                Visitor carol = stage.visitor().signedIn("carol")) {
            Document page = bob.get("mailboxes/Whole").expect(200).html();
            assertThat(page.select("[data-testid=select-mailbox]").text()).isEqualTo("Select all 1,300 in Whole");
            Document list = bob.get(page.select("[data-testid=select-mailbox]")
                            .attr("href")
                            .substring(1))
                    .expect(200)
                    .html();
            assertThat(list.select("[data-testid=whole]").text()).contains("All 1,300 messages in Whole are selected.");
            assertThat(list.select("input[name=ref][checked]")).hasSize(50);

            // Who takes one row out means the others on the page.
            assertThat(bob.follow(bob.post(
                                    "mailboxes/Whole/actions",
                                    form("flag", refs(list).subList(1, 50), list)))
                            .flash())
                    .contains("49 messages flagged.");
            assertThat(flagged("Whole")).hasSize(49);

            fill("Whole", 1);
            Answer posted = bob.post("mailboxes/Whole/actions", form("move", refs(list), list));
            assertThat(bob.follow(posted).flash()).contains("Choose a mailbox");
            String[] archive = form("archive", refs(list), list);
            Answer started = bob.post("mailboxes/Whole/actions", archive).expect(303);
            Document after = bob.get("mailboxes/Whole").html();
            String card = after.select("[data-testid=job]").attr("id");
            if (!card.isEmpty()) {
                String id = card.substring("job-".length());
                carol.get("jobs/" + id).expect(404);
                carol.post("jobs/" + id + "/stop").expect(404);
                carol.post("jobs/" + id + "/close").expect(404);
            }
            assertThat(started.header("Location")).endsWith("/mailboxes/Whole");
            await().atMost(Duration.ofMinutes(2)).until(() -> count("Whole") == 1);
            assertThat(count("Whole")).as("what arrived later stays").isEqualTo(1);
        }
    }

    @Test
    void emptyingALargeMailboxIsAJobThatCanBeUndone() {
        fill("Full", 1_100);
        int trash = count("Trash");
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            assertThat(result(bob, bob.post("mailboxes/Full/empty")))
                    .contains("1,100 messages moved from “Full” to the trash.");
            assertThat(count("Full")).isZero();
            assertThat(count("Trash")).isEqualTo(trash + 1_100);
            assertThat(bob.follow(bob.post("mailboxes/Full/empty")).flash()).contains("no message left");
        }
    }

    @Test
    void aJobGoesOnAfterSigningOut() {
        fill("Leaving", 3_000);
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            bob.post("mailboxes/Leaving/empty").expect(303);
            assertThat(bob.post("logout").status()).isIn(302, 303);
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> count("Leaving") == 0);
    }

    @Test
    void nonsenseIsNoWholeMailbox() {
        fill("Sense", 2);
        String ref = stage.refs("bob", "Sense").getFirst().key();
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            for (String newest : List.of("0", "-1", "x", "99999999999")) {
                assertThat(bob.post(
                                        "mailboxes/Sense/actions",
                                        "action",
                                        "archive",
                                        "ref",
                                        ref,
                                        "scope",
                                        "all",
                                        "shown",
                                        "1",
                                        "uidvalidity",
                                        "7",
                                        "newest",
                                        newest)
                                .status())
                        .as(newest)
                        .isBetween(400, 404);
            }
            // Another era.
            bob.post(
                            "mailboxes/Sense/actions",
                            "action",
                            "archive",
                            "ref",
                            ref,
                            "scope",
                            "all",
                            "shown",
                            "1",
                            "uidvalidity",
                            "7",
                            "newest",
                            "1")
                    .expect(409);
            bob.get("jobs/nothing").expect(404);
            assertThat(bob.follow(bob.post("undo/nothing")).flash()).contains("too late");
        }
        assertThat(count("Sense")).isEqualTo(2);
    }
}
