package org.palomar.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The list of conversations and the page of one, without JavaScript. */
class ConversationsIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String DAN = "fay@palomar.example";

    private static void put(String mailbox, String from, String id, String references) {
        stage.dovecot().put(DAN, mailbox, """
                From: %1$s <%1$s@palomar.example>\r
                To: fay@palomar.example\r
                Subject: %5$s%2$s\r
                Message-ID: <%3$s@talks.example>\r
                %4$sDate: Mon, 23 Nov 2026 10:%6$02d:00 +0000\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                \r
                Words of %3$s.\r
                """.formatted(
                        from,
                        id.substring(0, id.indexOf('-')),
                        id,
                        references.isEmpty() ? "" : "References: " + references + "\r\n",
                        references.isEmpty() ? "" : "Re: ",
                        Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 60)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitReady(Visitor fay, String mailbox) {
        await("the conversations of " + mailbox)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> fay.get("mailboxes/" + mailbox + "?waiting=true").status() == 200);
    }

    private static List<Element> rows(Answer page) {
        return page.html().select("[data-testid=message-row]");
    }

    private List<MessageRef> unread(String mailbox) {
        try (var mail = stage.mail("fay")) {
            return mail.examine(new MailboxName(mailbox), open -> open.newest(0, 100)).messages().stream()
                    .filter(message -> !message.flags().seen())
                    .map(message -> message.ref())
                    .toList();
        }
    }

    @Test
    void oneRowStandsForAConversationAndWhatIsDoneWithItIsDoneWithAllOfIt() {
        put("Talks", "bob", "mill-1", "");
        put("Talks", "carol", "roof-2", "");
        put("Talks", "carol", "mill-3", "<mill-1@talks.example>");
        put("Talks", "fay", "mill-4", "<mill-1@talks.example> <mill-3@talks.example>");
        try (Visitor fay = stage.visitor().signedIn("fay")) {
            Answer first = fay.get("mailboxes/Talks?view=threads").expect(200);
            assertThat(rows(first)).hasSizeBetween(2, 4);
            awaitReady(fay, "Talks");

            Answer page = fay.get("mailboxes/Talks").expect(200);
            assertThat(rows(page)).hasSize(2);
            Element mill = rows(page).getFirst();
            assertThat(mill.select("[data-testid=message-from]").text()).isEqualTo("bob, carol, me");
            assertThat(mill.select("[data-testid=row-count]").text()).startsWith("3");
            assertThat(mill.className()).contains("is-unread");
            assertThat(page.html().select("[data-testid=threads-line]")).isEmpty();
            stage.wire().forget();
            fay.get("mailboxes/Talks").expect(200);
            assertThat(stage.wire().roundTrips())
                    .as(stage.wire().commands().toString())
                    .isEqualTo(1);

            String selection = mill.select("input[name=ref]").attr("value");
            put("Talks", "bob", "mill-5", "<mill-1@talks.example>");
            Answer done = fay.follow(fay.post("mailboxes/Talks/actions", "action", "read", "ref", selection));
            assertThat(done.expect(200).flash()).contains("3");
            assertThat(unread("Talks"))
                    .as("what was not on the page is not acted on")
                    .hasSize(2);

            Answer later = fay.get("mailboxes/Talks");
            assertThat(rows(later).getFirst().select("[data-testid=row-count]").text())
                    .startsWith("4");
            Answer asked = fay.post(
                    "mailboxes/Talks/actions",
                    "action",
                    "archive",
                    "ref",
                    rows(later).getFirst().select("input[name=ref]").attr("value"));
            assertThat(fay.follow(asked).flash()).contains("4");
            assertThat(rows(fay.get("mailboxes/Talks"))).hasSize(1);

            assertThat(rows(fay.get("mailboxes/Talks?sort=subject")).getFirst().select("[data-testid=row-count]"))
                    .as("whoever sorts looks for single messages")
                    .isEmpty();
            fay.get("mailboxes/Talks?view=flat").expect(200);
            assertThat(rows(fay.get("mailboxes/Talks")).getFirst().select("a").attr("href"))
                    .contains("/messages/");
            fay.post("mailboxes/Talks/actions", "action", "read", "ref", "7.1.x")
                    .expect(404);
        }
    }

    @Test
    void theWholeExchangeIsOnOnePageWithMyAnswers() {
        put("Yard", "bob", "well-1", "");
        put("Sent", "fay", "well-2", "<well-1@talks.example>");
        put("Yard", "bob", "well-3", "<well-1@talks.example> <well-2@talks.example>");
        put("Yard/Filed", "carol", "well-4", "<well-3@talks.example>");
        try (Visitor fay = stage.visitor().signedIn("fay")) {
            fay.get("mailboxes/Yard?view=threads").expect(200);
            awaitReady(fay, "Yard");
            awaitReady(fay, "Sent");
            Answer list = fay.get("mailboxes/Yard");
            Answer page =
                    fay.open(rows(list).getFirst().select("a").attr("href")).expect(200);
            assertThat(page.html()
                            .select("[data-testid=turn] [data-testid=turn-from]")
                            .eachText())
                    .containsExactly("bob", "Me", "bob");
            assertThat(page.html().select("[data-testid=turn-place]").eachText())
                    .containsExactly("Sent");
            assertThat(page.html().select("[data-testid=message-body]").text())
                    .contains("Words of well-1.", "Words of well-2.", "Words of well-3.");

            Answer everywhere = fay.open(
                            page.html().select("[data-testid=elsewhere]").attr("href"))
                    .expect(200);
            assertThat(everywhere.html().select("[data-testid=turn-from]").eachText())
                    .containsExactly("bob", "Me", "bob", "carol");

            Element seen = page.html().selectFirst("form[data-seen-url]");
            String[] fields = seen.select("input[name=letter]").eachAttr("value").stream()
                    .flatMap(value -> List.of("letter", value).stream())
                    .toArray(String[]::new);
            Answer again = fay.follow(fay.post(seen.attr("action"), fields)).expect(200);
            assertThat(unread("Yard")).isEmpty();
            assertThat(again.html().select("[data-testid=turn] details[open]")).hasSize(1);
            Element folded = again.html().selectFirst("[data-testid=turn] details:not([open])");
            assertThat(folded.text()).contains("Words of well-1.");
            assertThat(fay.get(folded.attr("hx-get")).expect(200).text()).contains("Words of well-1.");
            Answer single =
                    fay.open(folded.select(".turn-letter a").attr("href")).expect(200);
            assertThat(single.html().select("[data-testid=conversation-link]").text())
                    .isEqualTo("Conversation (3)");
        }
    }

    @Test
    void aLargeMailboxIsReadInTheBackgroundWhileItsPagesAnswer() {
        int messages = 20_000;
        for (int i = 1; i <= messages; i++) {
            int parent = i - i % 4;
            put(
                    "Crowd",
                    "bob",
                    "c" + parent + "-" + i,
                    i % 4 == 0 ? "" : "<c" + parent + "-" + parent + "@talks.example>");
        }
        try (Visitor fay = stage.visitor().signedIn("fay")) {
            fay.get("mailboxes/Crowd").expect(200);
            Answer flat = fay.get("mailboxes/Crowd?view=threads").expect(200);
            assertThat(flat.html().select("[data-testid=threads-line]")).hasSize(1);
            assertThat(rows(flat)).hasSize(50);
            assertThat(rows(fay.get("mailboxes/Crowd?page=7"))).hasSize(50);
            awaitReady(fay, "Crowd");
            Answer page = fay.get("mailboxes/Crowd?page=2");
            assertThat(page.html().select("[data-testid=threads-line]")).isEmpty();
            assertThat(page.html().select("[data-testid=pager]").text()).contains("5,001");
            assertThat(rows(page)).hasSize(50);
            assertThat(rows(page).getFirst().select("[data-testid=row-count]").text())
                    .startsWith("4");
        }
    }
}
