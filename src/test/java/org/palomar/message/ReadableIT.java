package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.mime.TnefBytes;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;

/** What a person finds where a message is more, or less, than a letter: reports, packed files, wrong charsets, ruins. */
class ReadableIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String PERSON = "fay";

    private static Visitor fay;

    @BeforeAll
    static void signIn() {
        fay = stage.visitor().signedIn(PERSON);
    }

    private static Opened open(String mailbox, String source) {
        return new Opened(fay, put(mailbox, source));
    }

    private static String put(String mailbox, String source) {
        stage.dovecot()
                .put(
                        PERSON + "@palomar.example",
                        mailbox,
                        source.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return "mailboxes/" + mailbox + "/messages/"
                + stage.refs(PERSON, mailbox).getLast().key();
    }

    private static String report(String type, String fields) {
        return """
                From: mailer@elsewhere.example
                Subject: About your message
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=%s; boundary=b

                --b

                This is the human part.
                --b
                Content-Type: message/%s

                %s
                --b--
                """.formatted(type, type, fields);
    }

    @Test
    void aBounceSaysWhoDidNotGetItAndWhy() {
        Opened bounce = open("Bounce", report("delivery-status", """
                Reporting-MTA: dns; mx.elsewhere.example

                Final-Recipient: rfc822; <b>carol</b>@nowhere.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 No such <script>user</script>
                """));
        String card = bounce.page.select("[data-testid=report]").text();
        assertThat(card)
                .contains("Not delivered", "did not get the message", "There is no such address.")
                .contains("<b>carol</b>@nowhere.example", "550 No such <script>user</script>");
        assertThat(bounce.page.select("[data-testid=report] script, [data-testid=report] p b"))
                .isEmpty();
        assertThat(bounce.letter).contains("This is the human part.");
        assertThat(bounce.files).isEmpty();
        assertThat(fay.get(bounce.page
                                .select("[data-testid=report] a[download]")
                                .attr("href"))
                        .text())
                .contains("Reporting-MTA");
    }

    @Test
    void aReceiptAndAComplaintAreToldInWords() {
        assertThat(open("Receipt", report("disposition-notification", """
                                Final-Recipient: rfc822; carol@elsewhere.example
                                Disposition: automatic-action/MDN-sent-automatically; displayed
                                """))
                        .page
                        .select("[data-testid=report]")
                        .text())
                .contains("carol@elsewhere.example opened the message", "A program answered");
        assertThat(open("Complaint", report("feedback-report", """
                                Feedback-Type: abuse
                                Source-IP: 192.0.2.7
                                Original-Rcpt-To: <dan@palomar.example>
                                """))
                        .page
                        .select("[data-testid=report]")
                        .text())
                .contains("Somebody reported a message as spam.", "192.0.2.7", "dan@palomar.example");
    }

    @Test
    void aDigestListsItsMessages() {
        Opened digest = open("Digest", """
                Subject: Digest
                MIME-Version: 1.0
                Content-Type: multipart/digest; boundary=b

                --b

                From: Carol <carol@elsewhere.example>
                Subject: First
                Date: Mon, 23 Nov 2026 07:58:00 +0000

                one
                --b

                From: Dan <dan@elsewhere.example>
                Subject: Second

                two
                --b--
                """);
        assertThat(digest.page.select("[data-testid=attachment]").eachText().getFirst())
                .contains("First", "Carol", "2026");
        assertThat(digest.inner).extracting(Opened::subject).containsExactly("First", "Second");
    }

    @Test
    void aFileElsewhereIsNamedAndNotAsked() {
        Opened mail = open("Elsewhere", """
                Subject: Elsewhere
                MIME-Version: 1.0
                Content-Type: message/external-body; access-type=anon-ftp; name="plan.ps"; site="ftp.elsewhere.example"

                Content-Type: application/postscript

                """);
        assertThat(mail.page.select("[data-testid=elsewhere-file]").text())
                .contains("plan.ps", "ftp.elsewhere.example", "ANON-FTP");
        assertThat(mail.page.select("[data-testid=elsewhere-file] a")).isEmpty();
    }

    @Test
    void winmailIsUnpacked() {
        byte[] tnef = new TnefBytes()
                .attribute(1, 0x0002800C, new TnefBytes().raw("The letter in the box"))
                .attribute(2, 0x00069002, new TnefBytes().zeros(14))
                .attribute(2, 0x00018010, new TnefBytes().raw("../plan.txt"))
                .attribute(2, 0x0006800F, new TnefBytes().raw("the plan"))
                .signed();
        String path = put("Winmail", """
                Subject: Boxed
                MIME-Version: 1.0
                Content-Type: application/ms-tnef; name="winmail.dat"
                Content-Transfer-Encoding: base64

                """ + Base64.getMimeEncoder().encodeToString(tnef) + "\n");
        Opened mail = new Opened(fay, path);
        assertThat(mail.letter).contains("The letter in the box");
        assertThat(mail.files).extracting(Opened.FileRow::name).containsExactly("winmail.dat", "plan.txt");
        assertThat(new String(mail.files.getLast().content(), StandardCharsets.US_ASCII))
                .isEqualTo("the plan");
        assertThat(Opened.entries(fay.get(path + "/attachments.zip").body()))
                .containsExactly("winmail.dat", "plan.txt");
        assertThat(fay.get(path.replace("/messages", "").replace("mailboxes/", "compose?reply="))
                        .text())
                .contains("The letter in the box");
    }

    @Test
    void aFileInTheTextIsAFile() {
        Opened mail = open("Uuencode", "Subject: Old\n\nHello\n\nbegin 644 cat.txt\n#8V%T\n`\nend\nbye\n");
        assertThat(mail.letter).contains("Hello", "bye").doesNotContain("begin 644");
        assertThat(mail.files).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("cat.txt");
            assertThat(new String(file.content(), StandardCharsets.US_ASCII)).isEqualTo("cat");
        });
    }

    @Test
    void aPersonChoosesTheCharset() {
        String path = put("Charset", """
                Subject: Wrong
                MIME-Version: 1.0
                Content-Type: text/html; charset=iso-8859-1

                <p>\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2</p>
                """);
        Opened wrong = new Opened(fay, path);
        assertThat(wrong.letter).isEqualTo("Ïðèâåò");
        String link = wrong.page
                .select("[data-testid=encodings] a:contains(Cyrillic (Windows))")
                .attr("href");
        Opened right = new Opened(fay, link);
        assertThat(right.letter).isEqualTo("Привет");
        assertThat(right.page.select("[data-testid=encodings] [aria-current]").text())
                .isEqualTo("Cyrillic (Windows)");
        assertThat(fay.get(right.page.select("[data-testid=reply]").attr("href"))
                        .text())
                .contains("Привет");
        String print = right.page.select("a[href*=print]").attr("href");
        Opened printed = new Opened(fay, print);
        assertThat(printed.letter).isEqualTo("Привет");
        assertThat(fay.get(path + "?charset=no-such").status()).isEqualTo(200);
    }

    @Test
    void aTextWithoutOrAgainstItsCharsetIsStillRead() {
        assertThat(open("Korean", "Subject: x\n\n" + in("EUC-KR", "이용약관 및 서비스 상품약관 변경 안내입니다.")).letter)
                .contains("이용약관");
        assertThat(open(
                                "Japanese",
                                "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
                                        + in("windows-31j", "メールを簡単に。高速全文検索、タブ表示、設定も簡単で、自由自在。"))
                        .letter)
                .contains("高速全文検索");
        assertThat(open(
                                "Russian",
                                "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x-unknown\n\n"
                                        + in(
                                                "windows-1251",
                                                "Добрый день! Высылаю вам обещанные документы, посмотрите, пожалуйста."))
                        .letter)
                .contains("обещанные");
    }

    private static String in(String charset, String text) {
        return new String(text.getBytes(java.nio.charset.Charset.forName(charset)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatNobodyUnderstandsIsShownAsItCame() {
        Opened ruin = open("Ruin", """
                Subject: Ruin
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --c
                Content-Type: text/plain

                Words in the ruin.
                """);
        assertThat(ruin.letter).contains("Words in the ruin.");
        assertThat(open("Base64", """
                Subject: Broken
                MIME-Version: 1.0
                Content-Type: text/plain
                Content-Transfer-Encoding: base64

                This, my friend, was never encoded at all.
                """).letter).contains("never encoded at all");
    }
}
