package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** From whom a letter goes out, with which signature, and what becomes of HTML that a browser sends. */
class SenderIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static Visitor gus;
    private static String original;

    @BeforeAll
    static void seed() {
        stage.dovecot()
                .put("gus@palomar.example", "Sender", """
                Date: Sat, 21 Nov 2026 10:00:00 +0100
                From: Bob <bob@palomar.example>
                To: Gus at work <gus+tiles@firm.example>, carol@palomar.example
                Subject: Tiles
                Message-ID: <tiles-1@palomar.example>
                Content-Type: text/html; charset=utf-8

                <p>How <b>many</b>?<img src="https://tracker.example/x.png"></p>
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        gus = stage.visitor().signedIn("gus");
        original = "Sender/" + stage.refs("gus", "Sender").getFirst().key();
        gus.open("settings/identities");
        gus.post(
                        "settings/identities",
                        "name",
                        "Gus \"Tiles\"\r\nBcc: evil@x.example",
                        "address",
                        "gus@firm.example",
                        "replyTo",
                        "desk@firm.example",
                        "copyToSelf",
                        "true",
                        "html",
                        "<div><b>Gus</b>, tiles</div><script>x</script>")
                .expect(303);
    }

    @BeforeEach
    void forget() {
        stage.smtp().forget();
    }

    @Test
    void anAnswerGoesOutFromTheAddressThatWasWrittenTo() throws Exception {
        Document page = gus.get("compose?replyAll=" + original).expect(200).html();
        assertThat(page.select("select[name=from] option[selected]").val()).isEqualTo("gus+tiles@firm.example");
        assertThat(page.select("[name=cc]").val()).isEqualTo("carol@palomar.example");
        assertThat(page.select("[name=text]").val())
                .contains("-- \nGus, tiles\n")
                .contains("> How many?");
        assertThat(page.select("textarea[name=html]").val())
                .contains("<b>Gus</b>, tiles", "<b>many</b>")
                .doesNotContain("tracker.example", "script");
        MimeMessage sent = send(page, Map.of("from", "gus+tiles@firm.example"));
        assertThat(sent.getFrom()[0].toString()).contains("gus+tiles@firm.example");
        assertThat(sent.getHeader("Bcc")).isNull();
        assertThat(sent.getReplyTo()[0]).hasToString("desk@firm.example");
        assertThat(stage.smtp().commands())
                .filteredOn(line -> line.startsWith("RCPT"))
                .anyMatch(line -> line.contains("gus+tiles@firm.example"))
                .noneMatch(line -> line.contains("evil@"));
        assertThat(stage.smtp().commands()).anyMatch(line -> line.startsWith("MAIL FROM:<gus+tiles@firm.example>"));
    }

    @Test
    void anAddressOfSomebodyElseIsNotUsed() throws Exception {
        Document page = gus.get("compose").expect(200).html();
        MimeMessage sent = send(
                page, Map.of("to", "bob@palomar.example", "subject", "x", "text", "y", "from", "boss@firm.example"));
        assertThat(sent.getFrom()[0]).hasToString("gus@palomar.example");
        assertThat(sent.isMimeType("text/plain")).isTrue();
    }

    @Test
    void htmlOfABrowserIsCleanedAgain() throws Exception {
        Document page = gus.get("compose").expect(200).html();
        MimeMessage sent = send(
                page,
                Map.of(
                        "to", "bob@palomar.example",
                        "subject", "x",
                        "text", "not this",
                        "importance", "high",
                        "receipt", "true",
                        "html",
                                "<div onclick=x><b>Bold</b><script>y</script><img src='compose/files/" + "0".repeat(32)
                                        + "'><a href='javascript:z'>go</a></div>"));
        MimeMultipart forms = (MimeMultipart) sent.getContent();
        assertThat((String) forms.getBodyPart(0).getContent()).isEqualToIgnoringNewLines("Boldgo");
        assertThat((String) forms.getBodyPart(1).getContent()).contains("<div><b>Bold</b><a>go</a></div>");
        assertThat(sent.getHeader("Importance", " ")).isEqualTo("high");
        assertThat(sent.getHeader("Disposition-Notification-To", " ")).contains("gus@palomar.example");
    }

    @Test
    void whatIsMissingIsAskedOnceAndNothingIsLost() {
        Document page = gus.get("compose").expect(200).html();
        Map<String, String> fields = fields(page);
        fields.putAll(Map.of("to", "bob@palomar.example", "text", "The plan is attached.", "action", "send"));
        Answer asked = gus.upload("compose", fields, "attachments", List.of()).expect(422);
        assertThat(asked.html().select("[data-testid=questions] li").eachText())
                .containsExactly("The subject is empty.", "You wrote “attached”, but no file is attached.");
        assertThat(asked.html().select("[name=text]").val()).isEqualTo("The plan is attached.");
        assertThat(stage.smtp().messages()).isEmpty();
        Map<String, String> again = fields(asked.html());
        assertThat(again).containsEntry("sure", "true").containsEntry("id", fields.get("id"));
        again.put("action", "send");
        gus.upload("compose", again, "attachments", List.of()).expect(303);
        arrived();
    }

    @Test
    void aPictureIsShownToItsOwnerOnly() {
        assertThat(gus.get("compose/files/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(gus.get("compose").expect(200).header("Content-Security-Policy"))
                .contains("style-src 'self'; style-src-attr 'unsafe-inline'")
                .contains("script-src 'self';");
    }

    private static Map<String, String> fields(Document page) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element field : page.select("[data-testid=compose-form] [name]")) {
            boolean asleep = field.hasAttr("disabled")
                    || field.closest("template") != null
                    || (field.attr("type").equals("checkbox") && !field.hasAttr("checked"));
            if (!asleep
                    && !field.tagName().equals("button")
                    && !field.attr("type").equals("file")) {
                fields.put(field.attr("name"), field.val());
            }
        }
        return fields;
    }

    private static MimeMessage send(Document page, Map<String, String> changed) throws Exception {
        Map<String, String> fields = fields(page);
        fields.put("action", "send");
        fields.putAll(changed);
        gus.upload("compose", fields, "attachments", List.of()).expect(303);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(arrived()));
    }

    private static byte[] arrived() {
        await("the message")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !stage.smtp().messages().isEmpty());
        return stage.smtp().messages().getFirst();
    }
}
