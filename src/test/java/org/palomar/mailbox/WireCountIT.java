package org.palomar.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** What the pages cost on the wire between Palomar and the mail server. */
class WireCountIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final int MESSAGES = 2_000;

    private final Map<String, String> seen = new LinkedHashMap<>();

    @Test
    void aPageOfAKeptOpenMailboxIsOneRoundTrip() {
        for (int i = 0; i < MESSAGES; i++) {
            stage.dovecot().put("bob@palomar.example", "Bulk", """
                    From: alice@palomar.example\r
                    To: bob@palomar.example\r
                    Subject: message %1$d\r
                    Message-ID: <bulk%1$d@palomar.example>\r
                    Date: Mon, 23 Nov 2026 10:00:00 +0000\r
                    MIME-Version: 1.0\r
                    Content-Type: text/plain; charset=utf-8\r
                    \r
                    These are the words of message %1$d.\r
                    """.formatted(i).getBytes(StandardCharsets.UTF_8));
        }
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            bob.get("mailboxes/Bulk").expect(200);
            bob.get("mailboxes/Bulk?page=2").expect(200);
            int list = measure("list page", () -> bob.get("mailboxes/Bulk"));
            int next = measure("next page", () -> bob.get("mailboxes/Bulk?page=2"));
            int deep = measure("page 40", () -> bob.get("mailboxes/Bulk?page=40"));
            Answer page = bob.get("mailboxes/Bulk");
            assertThat(page.html().select("[data-testid=message-row]")).hasSize(50);
            List<String> refs = page.html().select("[data-testid=message-row]").eachAttr("data-ref");
            stage.wire().forget();
            bob.get("mailboxes/Bulk/messages/" + refs.get(9)).expect(200);
            // The first message also has the newest mail in Sent read, once in half an hour.
            await().until(() -> stage.wire().commands().stream().anyMatch(each -> each.startsWith("UID SEARCH")));
            int open = measure("open message", () -> bob.get("mailboxes/Bulk/messages/" + refs.getFirst()));
            int read = measure("mark read", () -> bob.post("mailboxes/Bulk/messages/" + refs.getFirst() + "/seen"));
            int flag = measure(
                    "flag three",
                    () -> bob.post(
                            "mailboxes/Bulk/actions",
                            "action",
                            "flag",
                            "ref",
                            refs.get(1),
                            "ref",
                            refs.get(2),
                            "ref",
                            refs.get(3)));
            int again = measure(
                    "flag one more", () -> bob.post("mailboxes/Bulk/actions", "action", "flag", "ref", refs.get(5)));
            bob.get("mailboxes/Bulk");
            int move = measure(
                    "move",
                    () -> bob.post(
                            "mailboxes/Bulk/actions", "action", "move", "ref", refs.get(4), "target", "Archive"));
            bob.get("mailboxes/Bulk").expect(200);
            int sorted = measure("sorted by sender", () -> bob.get("mailboxes/Bulk?sort=sender&dir=asc"));
            int sortedNext = measure("next page", () -> bob.get("mailboxes/Bulk?sort=sender&dir=asc&page=2"));
            int sortedAgain = measure("the first again", () -> bob.get("mailboxes/Bulk?sort=sender&dir=asc"));
            int reversed = measure("the other way round", () -> bob.get("mailboxes/Bulk?sort=sender&dir=desc"));
            String first = bob.get("mailboxes/Bulk?sort=sender&dir=asc")
                    .html()
                    .select("[data-testid=message-row]")
                    .attr("data-ref");
            int openSorted =
                    measure("open message", () -> bob.get("mailboxes/Bulk/messages/" + first + "?sort=sender&dir=asc"));
            seen.forEach((what, commands) -> System.err.println("wire: " + what + ": " + commands));
            assertThat(list).as("list page").isEqualTo(1);
            assertThat(next).as("next page").isEqualTo(1);
            assertThat(deep).as("page 40").isLessThanOrEqualTo(2);
            assertThat(open).as("open message").isEqualTo(1);
            assertThat(read).as("mark read").isLessThanOrEqualTo(2);
            assertThat(flag).as("flag").isLessThanOrEqualTo(2);
            assertThat(again).as("flag one more").isEqualTo(1);
            assertThat(move).as("move").isEqualTo(1);
            assertThat(sorted).as("sorted by sender").isEqualTo(2);
            assertThat(sortedNext).as("next page").isEqualTo(1);
            assertThat(sortedAgain).as("the first again").isEqualTo(1);
            assertThat(reversed).as("the other way round").isEqualTo(1);
            assertThat(openSorted).as("open message of a sorted list").isLessThanOrEqualTo(2);
        }
    }

    /** @return round trips */
    private int measure(String what, Supplier<Answer> request) {
        stage.wire().forget();
        Answer answer = request.get();
        assertThat(answer.status()).as(what).isIn(200, 204, 303);
        int trips = stage.wire().roundTrips();
        List<String> commands = stage.wire().commands();
        seen.put(
                seen.containsKey(what) ? what + ", sorted" : what,
                trips + " round trips, " + commands.size() + " commands " + commands);
        return trips;
    }
}
