package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
import org.palomar.imap.MailSession;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** What leaves the editor, read back by another parser: answers to all, forwarded letters, hidden copies. */
class WritingIT {

    private static final String BOX = "Writing";

    @RegisterExtension
    static final Stage stage = new Stage();

    private static Visitor dan;
    private static MessageRef original;

    @BeforeAll
    static void seed() {
        stage.dovecot()
                .put("dan@palomar.example", BOX, """
                        Date: Sat, 21 Nov 2026 10:00:00 +0100
                        From: "Okafor, Bob" <bob@palomar.example>
                        To: Dan <dan@palomar.example>, Dora <dora@elsewhere.example>
                        Cc: alice@palomar.example
                        Subject: =?utf-8?Q?El_palomar_=E2=80=94_plans?=
                        Message-ID: <plans-2@palomar.example>
                        In-Reply-To: <plans-1@palomar.example>
                        References: <plans-0@palomar.example> <plans-1@palomar.example>
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b

                        --b
                        Content-Type: text/plain; charset=utf-8

                        Shall we begin with the roof?
                        --b
                        Content-Type: text/csv; name="oak.csv"
                        Content-Disposition: attachment; filename="oak.csv"
                        Content-Transfer-Encoding: base64

                        cmFmdGVycywzMw0K
                        --b--
                        """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        dan = stage.visitor().signedIn("dan");
        original = stage.refs("dan", BOX).getFirst();
    }

    @BeforeEach
    void forget() {
        stage.smtp().forget();
    }

    @Test
    void anAnswerToAllGoesToAllButOneselfAndJoinsTheConversation() throws Exception {
        Document page = editor("replyAll");
        assertThat(value(page, "to")).isEqualTo("\"Okafor, Bob\" <bob@palomar.example>");
        assertThat(value(page, "cc")).isEqualTo("Dora <dora@elsewhere.example>, alice@palomar.example");
        assertThat(value(page, "subject")).isEqualTo("Re: El palomar — plans");
        MimeMessage sent = send(page, Map.of("bcc", "erik@elsewhere.example"));
        assertThat(sent.getHeader("In-Reply-To", " ")).isEqualTo("<plans-2@palomar.example>");
        assertThat(sent.getHeader("References", " ").split("\\s+"))
                .containsExactly("<plans-0@palomar.example>", "<plans-1@palomar.example>", "<plans-2@palomar.example>");
        assertThat(sent.getSubject()).isEqualTo("Re: El palomar — plans");
        assertThat((String) sent.getContent()).contains("> Shall we begin with the roof?");
        assertThat(sent.getRecipients(RecipientType.BCC)).isNull();
        assertThat(new String(stage.smtp().messages().getFirst(), StandardCharsets.UTF_8))
                .doesNotContain("erik@");
        assertThat(stage.smtp().commands())
                .filteredOn(line -> line.startsWith("RCPT"))
                .extracting(line -> line.replaceAll(".*<(.*)>.*", "$1"))
                .containsExactlyInAnyOrder(
                        "bob@palomar.example",
                        "dora@elsewhere.example",
                        "alice@palomar.example",
                        "erik@elsewhere.example");
        assertThat(flags().answered()).isTrue();
    }

    @Test
    void aForwardedLetterBringsItsTextAndFiles() throws Exception {
        Document page = editor("forward");
        assertThat(value(page, "subject")).isEqualTo("Fwd: El palomar — plans");
        assertThat(page.select("[data-testid=upload]").text()).contains("oak.csv");
        MimeMessage sent = send(page, Map.of("to", "alice@palomar.example"));
        Multipart parts = (Multipart) sent.getContent();
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains("Shall we begin with the roof?")
                .contains("bob@palomar.example");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("oak.csv");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
                .isEqualTo("rafters,33\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(flags().forwarded()).isTrue();
    }

    @Test
    void aLetterForwardedAsAnAttachmentIsTheOriginalItself() throws Exception {
        MimeMessage sent = send(editor("forwardAttached"), Map.of("to", "alice@palomar.example"));
        Multipart parts = (Multipart) sent.getContent();
        assertThat(parts.getBodyPart(1).isMimeType("message/rfc822")).isTrue();
        MimeMessage inner = (MimeMessage) parts.getBodyPart(1).getContent();
        assertThat(inner.getMessageID()).isEqualTo("<plans-2@palomar.example>");
        assertThat(((Multipart) inner.getContent()).getBodyPart(1).getFileName())
                .isEqualTo("oak.csv");
    }

    @Test
    void aMessageKnowsItsNeighbours() {
        for (String subject : List.of("first", "second", "third")) {
            stage.dovecot()
                    .put(
                            "dan@palomar.example",
                            "Neighbours",
                            ("Subject: " + subject + "\r\n\r\nx\r\n").getBytes(StandardCharsets.UTF_8));
        }
        List<MessageRef> refs = stage.refs("dan", "Neighbours");
        Document middle =
                dan.get("mailboxes/Neighbours/messages/" + refs.get(1).key()).html();
        assertThat(middle.select("[data-testid=newer]").attr("href"))
                .endsWith("/" + refs.get(0).key());
        assertThat(middle.select("[data-testid=older]").attr("href"))
                .endsWith("/" + refs.get(2).key());
        Document newest =
                dan.get("mailboxes/Neighbours/messages/" + refs.get(0).key()).html();
        assertThat(newest.select("[data-testid=newer]")).isEmpty();
    }

    private static Document editor(String mode) {
        Answer answer = dan.get("compose?" + mode + "=" + BOX + "/" + original.key());
        assertThat(answer.status()).isEqualTo(200);
        return answer.html();
    }

    private static String value(Document page, String field) {
        return page.select("[name=" + field + "]").val();
    }

    /** Sends the form as it stands, but for what is {@code changed}. */
    private static MimeMessage send(Document page, Map<String, String> changed) throws Exception {
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
        fields.put("action", "send");
        fields.putAll(changed);
        Answer answer = dan.upload("compose", fields, "attachments", List.of());
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(303);
        assertThat(stage.smtp().messages()).hasSize(1);
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(stage.smtp().messages().getFirst()));
    }

    private static Flags flags() {
        try (MailSession mail = stage.mail("dan")) {
            return mail.examine(
                    new MailboxName(BOX),
                    open -> open.summaries(List.of(original.uid())).getFirst().flags());
        }
    }
}
