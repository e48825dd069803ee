package org.palomar.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Search as somebody without JavaScript meets it. */
class SearchPagesIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static Visitor dan;

    @BeforeAll
    static void signIn() {
        put("INBOX", "Ibis at the pond", "a quiet morning");
        put("Archive", "An old letter", "about the ibis");
        put("Nests/Reeds", "Ibis again", "third one");
        put("Junk", "Ibis for free", "buy now");
        put("Shore", "Stilt one", "walks");
        put("Shore", "Stilt two", "stands");
        dan = stage.visitor().signedIn("dan");
    }

    @AfterAll
    static void leave() {
        dan.close();
    }

    private static void put(String mailbox, String subject, String text) {
        stage.dovecot().put("dan@palomar.example", mailbox, """
                From: "Ines <b>" <ines@palomar.example>\r
                To: dan@palomar.example\r
                Subject: %s\r
                Message-ID: <%s@palomar.example>\r
                \r
                %s\r
                """.formatted(subject, subject.hashCode(), text)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> subjects(Document page) {
        return page.select("[data-testid=message-subject]").eachText();
    }

    @Test
    void resultsOfAllMailboxesSayWhereTheyLieAndWhatWasLeftOut() {
        Document page = dan.get("search?q=ibis").expect(200).html();
        assertThat(subjects(page)).containsExactlyInAnyOrder("Ibis at the pond", "An old letter", "Ibis again");
        assertThat(page.select("[data-testid=message-place]").eachText())
                .containsExactlyInAnyOrder("Inbox", "Archive", "Reeds");
        assertThat(page.select("[data-testid=search-progress]").text())
                .contains("3 found")
                .contains("Junk and Trash");
        assertThat(page.select("mark").eachText()).containsOnly("Ibis");
        assertThat(page.select("[data-testid=message-row] input")).hasSize(3);
        assertThat(page.select("[data-testid=search-form] [name=q]").val()).isEqualTo("ibis");
        assertThat(subjects(dan.get("search?q=ibis+in%3Aanywhere").html()))
                .hasSize(4)
                .contains("Ibis for free");
        assertThat(subjects(dan.get("search?q=ibis&mailbox=Archive").html())).containsExactly("An old letter");
        assertThat(subjects(dan.get("search?q=de%3Aines+-morning+asunto%3Aibis").html()))
                .containsExactly("Ibis again");
    }

    @Test
    void partsCanBeTakenAwayAndNothingFoundSaysWhatCanBeDone() {
        Document page = dan.get("search?q=ibis+from%3Anobody").expect(200).html();
        assertThat(page.select("[data-testid=search-empty]")).hasSize(1);
        assertThat(page.select("[data-testid=search-empty] a")).hasSize(2);
        Element chip = page.select("[data-testid=search-chips] a").last();
        assertThat(chip.text()).isEqualTo("from:nobody");
        assertThat(subjects(dan.open(chip.attr("href")).expect(200).html())).hasSize(3);
        assertThat(dan.get("search?q=x+in%3AAttic").html().select(".note").text())
                .contains("Attic");
        assertThat(dan.get("search").expect(200).html().select(".search-help")).hasSize(1);
    }

    @Test
    void whoOpensAResultComesBackToWhatIsLeftOfThem() {
        String results = "search?q=stilt";
        Document before = dan.get(results).expect(200).html();
        assertThat(subjects(before)).hasSize(2);
        Element row =
                before.select("[data-testid=message-row]:contains(Stilt one)").first();
        Answer message = dan.get(row.select(".row-link").attr("href")).expect(200);
        Element form = message.html().select("[data-testid=message] form.bar").first();
        assertThat(form.select("[data-key=up]").attr("href")).isEqualTo("/" + results);
        Answer done = dan.post(
                form.attr("action"),
                "action",
                "delete",
                "ref",
                form.select("[name=ref]").val(),
                "from",
                "message",
                "q",
                form.select("[name=q]").val(),
                "within",
                form.select("[name=within]").val());
        assertThat(done.header("Location")).isEqualTo("/" + results);
        put("Shore", "Stilt three", "arrives");
        assertThat(subjects(dan.follow(done).expect(200).html())).containsExactlyInAnyOrder("Stilt two", "Stilt three");
    }

    @Test
    void aSearchBelongsToOnePerson() {
        dan.get("search?q=ibis").expect(200);
        try (Visitor carol = stage.visitor().signedIn("carol")) {
            Document page = carol.get("search?q=ibis").expect(200).html();
            assertThat(subjects(page)).isEmpty();
            carol.get("search/more?id=0123456789abcdef0123456789abcdef&q=ibis&after=0")
                    .expect(404);
        }
    }
}
