package org.palomar.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The order of a list in its URL, and in everything that leads away from the list and back. */
class SortingIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final int MESSAGES = 120;

    @BeforeAll
    static void deliver() {
        for (int i = 0; i < MESSAGES; i++) {
            for (String box : List.of("Sorting", "Trash", "Sent")) {
                if (i < 3 || box.equals("Sorting")) {
                    stage.dovecot().put("erin@palomar.example", box, letter(i).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static String letter(int i) {
        return """
                From: %c Sender <x%d@palomar.example>\r
                To: %c Recipient <erin@palomar.example>\r
                Subject: %03d\r
                Date: Mon, %02d Nov 2026 10:00:00 +0000\r
                Message-ID: <sorting%d@palomar.example>\r
                \r
                %s\r
                """.formatted('a' + i % 7, i, 'z' - i % 5, i * 31 % 1000, 1 + i * 11 % 20, i, "x".repeat(i * 37 % 100));
    }

    private static List<String> texts(Document page, String testid) {
        return page.select("[data-testid=message-row] [data-testid=" + testid + "]")
                .eachText();
    }

    private static List<String> refs(Answer answer) {
        return answer.expect(200).html().select("[data-testid=message-row]").eachAttr("data-ref");
    }

    @Test
    void everyOrderHasAUrl() {
        try (Visitor erin = stage.visitor().signedIn("erin")) {
            for (String sort : List.of("arrival", "date", "sender", "subject", "size")) {
                String url = "mailboxes/Sorting?sort=" + sort + "&dir=";
                List<String> up = refs(erin.get(url + "asc"));
                List<String> down = refs(erin.get(url + "desc&page=3"));
                assertThat(up).as(sort).hasSize(50);
                assertThat(down)
                        .as(sort)
                        .hasSize(20)
                        .isEqualTo(up.subList(0, 20).reversed());
            }
            Document bySender = erin.get("mailboxes/Sorting?sort=sender").html();
            assertThat(texts(bySender, "message-from")).isSorted().startsWith("a Sender");
            assertThat(bySender.select("h2.day").eachText()).containsExactly("Sender: A to Z");
            assertThat(texts(erin.get("mailboxes/Sorting?sort=subject&dir=desc").html(), "message-subject"))
                    .isSortedAccordingTo(Comparator.reverseOrder());
            Document byDate = erin.get("mailboxes/Sorting?sort=date").html();
            // Dovecot takes the day of arrival from the name of the file, which is years ago.
            assertThat(byDate.select("[data-testid=message-row] time").attr("title"))
                    .contains("20")
                    .contains("2026");
            assertThat(byDate.select("h2.day")).isNotEmpty();
            Document sent = erin.get("mailboxes/Sent?sort=sender").html();
            assertThat(texts(sent, "message-from")).containsExactly("x Recipient", "y Recipient", "z Recipient");
            assertThat(sent.select("[data-testid=sort-menu] [aria-current]").eachText())
                    .containsExactly("Recipient", "A to Z", "Single messages");
        }
    }

    @Test
    void wordsThatMeanNothingCountAsNotSaid() {
        try (Visitor erin = stage.visitor().signedIn("erin")) {
            List<String> usual = refs(erin.get("mailboxes/Sorting"));
            for (String query :
                    List.of("sort=&dir=", "sort=colour", "dir=up", "sort=from&dir=desc", "sort=%00", "sort=a&sort=b")) {
                assertThat(refs(erin.get("mailboxes/Sorting?" + query)))
                        .as(query)
                        .isEqualTo(usual);
            }
            assertThat(refs(erin.get("mailboxes/Sorting?sort=sender&dir=up")))
                    .isEqualTo(refs(erin.get("mailboxes/Sorting?sort=sender&dir=asc")));
            assertThat(refs(erin.get("mailboxes/Sorting?sort=sender&dir=asc&page=99")))
                    .isEqualTo(refs(erin.get("mailboxes/Sorting?sort=sender&dir=asc&page=3")));
        }
    }

    @Test
    void theOrderIsKeptOnTheWayAndBack() {
        String order = "sort=subject&dir=desc";
        try (Visitor erin = stage.visitor().signedIn("erin")) {
            Document page = erin.get("mailboxes/Sorting?page=2&" + order).html();
            assertThat(page.select("[data-testid=pager] [rel=next]").attr("href"))
                    .endsWith("?page=3&" + order);
            assertThat(page.select("[data-testid=pager] [rel=prev]").attr("href"))
                    .endsWith("?" + order);
            assertThat(page.select("[data-testid=select-all]").attr("href"))
                    .endsWith("page=2&" + order + "&select=all");
            assertThat(page.select("#list").attr("data-url")).endsWith("?page=2&" + order);
            assertThat(page.select(".row-link").eachAttr("href")).allMatch(href -> href.endsWith("?" + order));
            List<String> refs = page.select("[data-testid=message-row]").eachAttr("data-ref");

            Document message = erin.get("mailboxes/Sorting/messages/" + refs.get(10) + "?" + order)
                    .html();
            assertThat(message.select("[data-testid=newer]").attr("href")).endsWith(refs.get(9) + "?" + order);
            assertThat(message.select("[data-testid=older]").attr("href")).endsWith(refs.get(11) + "?" + order);
            assertThat(message.select("#message [data-key=up]").eachAttr("href"))
                    .isNotEmpty()
                    .allMatch(href -> href.endsWith("?page=2&" + order));
            assertThat(message.select(".pos").text()).startsWith("61 ");

            String[] form = {"action", "flag", "ref", refs.get(10), "page", "2", "sort", "subject", "dir", "desc"};
            assertThat(erin.post("mailboxes/Sorting/actions", form).header("Location"))
                    .endsWith("/mailboxes/Sorting?page=2&" + order);
            List<String> beside = new ArrayList<>(List.of(form));
            beside.addAll(List.of("from", "message"));
            assertThat(erin.post("mailboxes/Sorting/actions", beside.toArray(String[]::new))
                            .header("Location"))
                    .endsWith("/messages/" + refs.get(10) + "?" + order);

            String trashed = refs(erin.get("mailboxes/Trash?" + order)).getFirst();
            Document question = erin.post(
                            "mailboxes/Trash/actions",
                            "action",
                            "expunge",
                            "ref",
                            trashed,
                            "sort",
                            "subject",
                            "dir",
                            "desc")
                    .expect(200)
                    .html();
            assertThat(question.select("form input[name=sort]").val()).isEqualTo("subject");
            assertThat(question.select(".ask-do a").attr("href")).endsWith("/mailboxes/Trash?" + order);
        }
    }
}
