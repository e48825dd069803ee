package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.imap.MailSession;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Letters in work between the store and the Drafts mailbox of a real server: one copy always, and nothing lost. */
class DraftsIT {

    private static final MailboxName DRAFTS = new MailboxName("Drafts");

    @RegisterExtension
    static final Stage stage = new Stage();

    private static Visitor gus;

    @BeforeAll
    static void signIn() {
        gus = stage.visitor().signedIn("gus");
    }

    @BeforeEach
    void empty() {
        try (MailSession mail = stage.mail("gus")) {
            mail.select(DRAFTS, open -> {
                open.expunge(open.uids());
                return true;
            });
        }
        stage.smtp().forget();
    }

    private static List<MessageSummary> copies() {
        try (MailSession mail = stage.mail("gus")) {
            return mail.examine(DRAFTS, open -> open.newest(0, 50)).messages();
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Instant until = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(until);
            Thread.onSpinWait();
        }
    }

    @Test
    void savedAgainAndAgainThereIsOneCopyAndNoneOnceItIsSent() {
        WritingDesk desk = WritingDesk.open(gus, "compose");
        desk.type("to", "bob@palomar.example, half an addr")
                .type("subject", "One copy")
                .type("text", "one");
        Document page = gus.follow(desk.press("save")).html();
        assertThat(page.select("[data-testid=flash]").text()).contains("Draft saved.");
        for (String text : List.of("one two", "one two three")) {
            desk = WritingDesk.on(gus, gus.follow(desk.type("text", text).press("save")));
        }
        assertThat(desk.value("to")).isEqualTo("bob@palomar.example, half an addr");
        assertThat(copies()).hasSize(1);
        assertThat(copies().getFirst().flags().draft()).isTrue();
        assertThat(copies().getFirst().envelope().to().getFirst().address()).isEqualTo("bob@palomar.example");

        Answer sent = desk.type("to", "bob@palomar.example").press("send");
        assertThat(gus.follow(sent).flash()).contains("Sent.");
        assertThat(stage.smtp().messages()).hasSize(1);
        assertThat(new String(stage.smtp().messages().getFirst(), StandardCharsets.UTF_8))
                .doesNotContain("X-Palomar");
        assertThat(copies()).isEmpty();
        assertThat(desk.press("send").flash())
                .as("a stale page sends nothing twice by accident")
                .contains("sent before");
        assertThat(desk.autosave().status()).as("nor makes a draft of it").isEqualTo(410);
        assertThat(stage.smtp().messages()).hasSize(1);
    }

    @Test
    void aCopyThatAKilledProcessLeftIsTakenAwayByTheNext() {
        WritingDesk desk =
                WritingDesk.open(gus, "compose").type("subject", "Doubled").type("text", "one");
        desk = WritingDesk.on(gus, gus.follow(desk.press("save")));
        byte[] source = gus.get(
                        "mailboxes/Drafts/messages/" + copies().getFirst().ref().key() + "/message.eml")
                .expect(200)
                .body();
        try (MailSession mail = stage.mail("gus")) {
            mail.append(DRAFTS, new ByteArrayInputStream(source), source.length, Flags.of(Flags.DRAFT), null);
        }
        assertThat(copies()).hasSize(2);
        gus.follow(desk.type("text", "one two").press("save"));
        assertThat(copies()).hasSize(1);
    }

    @Test
    void anotherProgramsDraftIsWrittenOnAndItsPlaceTaken() {
        stage.dovecot()
                .put("gus@palomar.example", "Drafts", """
                        From: gus@palomar.example
                        To: Bob <bob@palomar.example>
                        Bcc: carol@palomar.example
                        Subject: From elsewhere
                        Message-ID: <elsewhere@palomar.example>
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b

                        --b
                        Content-Type: text/html; charset=utf-8

                        <p>Words with <b>weight</b></p>
                        --b
                        Content-Type: text/csv; name="oak.csv"
                        Content-Disposition: attachment; filename="oak.csv"

                        oak;6
                        --b--
                        """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        MessageRef ref = copies().getFirst().ref();
        WritingDesk desk = WritingDesk.on(
                gus, gus.open("mailboxes/Drafts/messages/" + ref.key()).expect(200));
        assertThat(desk.value("to")).isEqualTo("Bob <bob@palomar.example>");
        assertThat(desk.value("bcc")).isEqualTo("carol@palomar.example");
        assertThat(desk.value("text")).contains("Words with");
        assertThat(desk.files()).hasSize(1);
        desk = WritingDesk.on(
                gus, gus.follow(desk.type("subject", "Gone on with").press("save")));
        assertThat(copies()).singleElement().satisfies(copy -> {
            assertThat(copy.envelope().subject()).isEqualTo("Gone on with");
            assertThat(copy.body().hasAttachment()).isTrue();
        });
        gus.follow(desk.press("discard"));
        assertThat(copies()).isEmpty();
    }

    @Test
    void whatChangedElsewhereIsNotOverwritten() {
        WritingDesk desk =
                WritingDesk.open(gus, "compose").type("subject", "Ours").type("text", "one");
        desk = WritingDesk.on(gus, gus.follow(desk.press("save")));
        MessageSummary copy = copies().getFirst();
        byte[] theirs = ("From: gus@palomar.example\r\nSubject: Theirs\r\nMessage-ID: "
                        + copy.envelope().messageId().value() + "\r\n\r\ntheirs\r\n")
                .getBytes(StandardCharsets.UTF_8);
        try (MailSession mail = stage.mail("gus")) {
            mail.append(DRAFTS, new ByteArrayInputStream(theirs), theirs.length, Flags.of(Flags.DRAFT), null);
            mail.select(DRAFTS, open -> {
                open.expunge(List.of(copy.ref().uid()));
                return true;
            });
        }
        gus.follow(desk.type("text", "one two").press("save"));
        Answer answer = desk.type("text", "one two three").autosave();
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("clash");
        Answer mine = gus.follow(desk.press("fork"));
        assertThat(WritingDesk.on(gus, mine).value("text")).isEqualTo("one two three");
        gus.follow(WritingDesk.on(gus, mine).press("save"));
        assertThat(copies()).extracting(each -> each.envelope().subject()).containsExactlyInAnyOrder("Theirs", "Ours");
    }

    @Test
    void aPauseBringsTheCopyWithoutAnybodyAskingAndSigningOutAtOnce() {
        WritingDesk desk =
                WritingDesk.open(gus, "compose").type("subject", "By itself").type("text", "one");
        assertThat(desk.autosave().expect(200).text()).contains("\"state\":\"kept\"", "Saved");
        await("the copy", () -> copies().size() == 1);

        Visitor other = stage.visitor().signedIn("gus");
        WritingDesk hurry = WritingDesk.open(other, "compose").type("subject", "In a hurry");
        hurry.autosave().expect(200);
        other.post("logout");
        await("the copy of who left", () -> copies().size() == 2);
    }

    /** The whole way without JavaScript. */
    @Test
    void whatIsSentCanBeTakenBackAndWhatIsThrownAwayToo() {
        Visitor plain = stage.visitor().signedIn("gus");
        plain.open("settings");
        plain.follow(plain.post("settings/undo", "seconds", "30")).expect(200);
        WritingDesk desk = WritingDesk.open(plain, "compose")
                .type("to", "bob@palomar.example")
                .type("subject", "Taken back")
                .type("text", "  two\n\nlines ñ 🏮");
        desk.attach("list.csv", "oak;6".getBytes(StandardCharsets.UTF_8));
        Document page = plain.follow(desk.press("send")).html();
        assertThat(page.select("[data-testid=flash]").text()).contains("Sending in 30 s.");
        assertThat(page.select("[data-testid=outbox-link]")).hasSize(1);
        assertThat(stage.smtp().messages()).isEmpty();
        String undo = page.select("[data-testid=flash] form").attr("action");
        WritingDesk back = WritingDesk.on(plain, plain.follow(plain.post(undo)));
        assertThat(back.value("text")).isEqualTo("  two\n\nlines ñ 🏮");
        assertThat(back.value("to")).isEqualTo("bob@palomar.example");
        assertThat(back.files()).hasSize(1);
        assertThat(plain.follow(plain.post(undo)).flash()).contains("too late");

        Document gone = plain.follow(back.press("discard")).html();
        assertThat(gone.select("[data-testid=flash]").text()).contains("thrown away");
        WritingDesk again = WritingDesk.on(
                plain,
                plain.follow(plain.post(gone.select("[data-testid=flash] form").attr("action"))));
        assertThat(again.value("subject")).isEqualTo("Taken back");
        assertThat(again.files()).hasSize(1);

        Answer later = plain.follow(again.press("later"));
        assertThat(later.status()).as("without a time").isEqualTo(422);
        String tomorrow = later.html().select("[data-testid=later-tomorrow]").val();
        assertThat(plain.follow(again.press(tomorrow)).flash()).contains("Goes on");
        Document outbox = plain.open("outbox").html();
        assertThat(outbox.select("[data-testid=outbox-row]").attr("data-state")).isEqualTo("scheduled");
        assertThat(outbox.select("[data-testid=outbox-row]").text()).contains("Taken back", "bob@palomar.example");
        plain.follow(plain.post("outbox/" + again.id() + "/now")).expect(200);
        await("sent now", () -> stage.smtp().messages().size() == 1);
        assertThat(new String(stage.smtp().messages().getFirst(), StandardCharsets.UTF_8))
                .contains("list.csv");
        plain.follow(plain.post("settings/undo", "seconds", "0"));
    }

    /** Somebody else's draft is nobody's but theirs (S32). */
    @Test
    void s32_nobodyOpensAnothersDraft() {
        WritingDesk desk = WritingDesk.open(gus, "compose").type("text", "mine alone");
        desk.autosave().expect(200);
        Visitor fay = stage.visitor().signedIn("fay");
        assertThat(fay.open("compose?draft=" + desk.id()).status()).isEqualTo(404);
        assertThat(fay.follow(fay.post("compose/draft/" + desk.id() + "/restore"))
                        .text())
                .doesNotContain("mine alone");
        assertThat(fay.follow(fay.post("outbox/" + desk.id() + "/undo")).text()).doesNotContain("mine alone");
    }
}
