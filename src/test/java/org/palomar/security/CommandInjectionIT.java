package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Nothing a person or a stranger types becomes a command of IMAP or SMTP or a header of its own. */
class CommandInjectionIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    /** Every command the gateway has a reason to send. */
    private static final Set<String> COMMANDS = Set.of(
            "LOGIN",
            "AUTHENTICATE",
            "CAPABILITY",
            "ENABLE",
            "ID",
            "NAMESPACE",
            "LIST",
            "LSUB",
            "STATUS",
            "SELECT",
            "EXAMINE",
            "UNSELECT",
            "NOOP",
            "FETCH",
            "UID",
            "CREATE",
            "RENAME",
            "DELETE",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "APPEND",
            "GETQUOTAROOT",
            "LOGOUT");

    private static final List<String> NAMES = List.of(
            "INBOX\r\nA1 CREATE PWNED",
            "INBOX\nA1 CREATE PWNED",
            "INBOX\rA1 CREATE PWNED",
            "INBOX\"\r\nA1 CREATE \"PWNED",
            "x\u0000A1 CREATE PWNED",
            "x\" CREATE PWNED",
            "x\\",
            "x\\\" (MESSAGES)",
            "{20}",
            "{20+}",
            "~{20+}",
            "x {20}",
            "x{3}\r\nA1 CREATE PWNED",
            "\uD83D\uDE00",
            "\uD83D\uDE00\" A1 CREATE PWNED",
            "\u560D\u560AA1 CREATE PWNED",
            "\u010D\u010AA1 CREATE PWNED",
            "\u2028A1 CREATE PWNED",
            "\u0085A1 CREATE PWNED",
            "x\u007f\u001b",
            "&AA0ACg-A1 CREATE PWNED",
            "&",
            "&-",
            "&Jjo",
            "%",
            "*",
            "a*%",
            "()",
            "NIL",
            " lead and trail ",
            "x".repeat(900));

    private static Visitor bob;

    @BeforeAll
    static void signIn() {
        stage.dovecot().put("bob@palomar.example", "INBOX", """
                From: alice@palomar.example\r
                To: bob@palomar.example\r
                Subject: hello\r
                Message-ID: <a@palomar.example>\r
                \r
                hello\r
                """.getBytes(StandardCharsets.US_ASCII));
        bob = stage.visitor().signedIn("bob");
    }

    @AfterAll
    static void leave() {
        bob.close();
    }

    /** Any octets as a mailbox segment, also those no name may have. */
    private static String segment(String name) {
        StringBuilder segment = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            segment.append('~').append(HexFormat.of().withUpperCase().toHexDigits(octet));
        }
        return segment.toString();
    }

    @Test
    void s20_mailboxSegmentsAreNeverCommands() {
        String before = stage.state("bob");
        String ref = stage.refs("bob", "INBOX").getFirst().key();
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        for (String name : NAMES) {
            String segment = segment(name);
            for (String path : List.of(
                    "mailboxes/" + segment,
                    "mailboxes/" + segment + "/delete",
                    "mailboxes/" + segment + "/empty",
                    "mailboxes/" + segment + "/messages/" + ref,
                    "mailboxes/" + segment + "/messages/" + ref + "/source",
                    "mailboxes/" + segment + "/messages/" + ref + "/parts/1",
                    "compose?reply=" + segment + "/" + ref,
                    "compose?forwardAttached=" + segment + "/" + ref,
                    "tree?current=" + segment)) {
                expectRefused(bob.get(path), path.startsWith("tree"), faults);
            }
            bob.get("mailboxes");
            for (String action : List.of("read", "junk", "archive", "expunge")) {
                expectRefused(
                        bob.post(
                                "mailboxes/" + segment + "/actions", "action", action, "ref", ref, "confirmed", "true"),
                        false,
                        faults);
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertOnlyOurCommands();
        assertThat(stage.state("bob")).isEqualTo(before);
    }

    @Test
    void s20_targetsAreNeverCommands() {
        String before = stage.state("bob");
        String ref = stage.refs("bob", "INBOX").getFirst().key();
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        for (String name : NAMES) {
            bob.get("mailboxes");
            for (String target : List.of(segment(name), name)) {
                for (String action : List.of("move", "copy")) {
                    Answer answer = bob.post("mailboxes/INBOX/actions", "action", action, "ref", ref, "target", target);
                    expectRefused(answer, false, faults);
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertOnlyOurCommands();
        assertThat(stage.state("bob")).isEqualTo(before);
    }

    @Test
    void s20_parentsAreNeverCommands() {
        Set<String> before = mailboxes();
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        for (String name : NAMES) {
            bob.get("mailboxes");
            for (String parent : List.of(segment(name), name)) {
                expectRefused(bob.post("mailboxes", "name", "child", "parent", parent), true, faults);
                expectRefused(bob.post("mailboxes/Nowhere/rename", "name", "child", "parent", parent), true, faults);
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertOnlyOurCommands();
        clean("child");
        assertThat(mailboxes()).isEqualTo(before);
    }

    @Test
    void s20_aNameIsCreatedAsTypedOrRefused() {
        Set<String> before = mailboxes();
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        for (String name : NAMES) {
            bob.get("mailboxes");
            Answer answer = bob.post("mailboxes", "name", name, "parent", "");
            Set<String> made = mailboxes();
            made.removeAll(before);
            if (answer.status() == 303) {
                if (!made.equals(Set.of(name.strip()))) {
                    faults.add(printable(name) + " made "
                            + made.stream().map(CommandInjectionIT::printable).toList());
                }
                for (String each : made) {
                    bob.get("mailboxes/" + segment(each)).expect(200);
                    bob.get("mailboxes");
                    bob.post("mailboxes/" + segment(each) + "/rename", "name", "renamed " + each, "parent", "")
                            .expect(303);
                    bob.post("mailboxes/" + segment("renamed " + each) + "/delete")
                            .expect(303);
                }
            } else if (answer.status() != 422 || !made.isEmpty()) {
                faults.add(printable(name) + ": " + answer.status() + " made " + made);
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertOnlyOurCommands();
        assertThat(mailboxes()).isEqualTo(before);
    }

    @Test
    void s20_searchesAreNeverCommands() {
        String before = stage.state("bob");
        Set<String> mailboxesBefore = mailboxes();
        List<String> faults = new ArrayList<>();
        List<String> texts = new ArrayList<>(NAMES);
        texts.addAll(List.of("ALL", "OR ALL ALL", "hello\" OR ALL \"", "(ALL)", "x".repeat(10_000)));
        for (String text : texts) {
            for (String query :
                    List.of(text, "\"" + text + "\"", "from:" + text, "in:\"" + text + "\" hello", "-" + text)) {
                String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
                Answer answer = bob.get("search?q=" + encoded);
                boolean failed =
                        !answer.html().select("[data-testid=search-failed]").isEmpty();
                if (answer.status() != 200 || failed) {
                    faults.add(answer.status() + (failed ? " not searched " : " ") + printable(query));
                }
            }
            Answer within =
                    bob.get("search?q=hello&mailbox=" + segment(text.substring(0, Math.min(900, text.length()))));
            if (within.status() != 200 && within.status() != 400) {
                faults.add(within.status() + " in " + printable(text));
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(mailboxes()).isEqualTo(mailboxesBefore);
        assertThat(stage.state("bob")).isEqualTo(before);
        assertThat(bob.get("search?q=hello").html().select("[data-testid=message-row]"))
                .isNotEmpty();
    }

    @Test
    void s20_numbersAndPartsAreNeverCommands() {
        String before = stage.state("bob");
        String ref = stage.refs("bob", "INBOX").getFirst().key();
        String era = ref.substring(0, ref.indexOf('.'));
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        for (String bad : List.of(
                "1\r\nA1 CREATE PWNED",
                "1 BODY[]",
                "1:*",
                "*",
                "1,2",
                "0",
                "-1",
                "+1",
                "4294967296",
                "1]<0.1> BODY[]",
                "1.MIME",
                "1.TEXT",
                "HEADER",
                "1.0",
                "01",
                "\u0661",
                "1\u0000",
                "{3}",
                "\"1\"",
                "1..1")) {
            String encoded = URLEncoder.encode(bad, StandardCharsets.UTF_8).replace("+", "%20");
            for (String path : List.of(
                    "mailboxes/INBOX/messages/" + era + "." + encoded,
                    "mailboxes/INBOX/messages/" + encoded + ".1",
                    "mailboxes/INBOX/messages/" + ref + "/parts/" + encoded,
                    "mailboxes/INBOX/messages/" + ref + "/parts/" + encoded + "/preview",
                    "mailboxes/INBOX/messages/" + ref + "?part=" + encoded,
                    "mailboxes/INBOX/messages/" + ref + "/body?part=" + encoded,
                    "mailboxes/INBOX/messages/" + ref + "/source?part=" + encoded,
                    "mailboxes/INBOX/messages/" + ref + "/message.eml?part=" + encoded,
                    "compose?reply=INBOX/" + era + "." + encoded,
                    "compose?forward=INBOX/" + ref + "/" + encoded)) {
                expectRefused(bob.get(path), false, faults);
            }
            bob.get("mailboxes");
            // Spring trims what a list is made of, and NUL with it.
            if (!bad.trim().equals("1")) {
                Answer flagged = bob.post("mailboxes/INBOX/actions", "action", "flag", "ref", era + "." + bad);
                if (flagged.status() != 404) {
                    faults.add("flagging " + printable(bad) + ": " + flagged.status());
                }
            }
            Answer page = bob.get("mailboxes/INBOX?page=" + encoded);
            if (page.status() != 200 && page.status() != 400) {
                faults.add(page.uri() + ": " + page.status());
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertOnlyOurCommands();
        assertThat(stage.state("bob")).isEqualTo(before);
    }

    @Test
    void s20_credentialsAreNeverCommands() {
        stage.wire().forget();
        List<String> faults = new ArrayList<>();
        int attempt = 0;
        for (String bad : List.of(
                "bob@palomar.example\r\nA1 CREATE PWNED",
                "bob@palomar.example\" \"bob\"\r\nA1 CREATE \"PWNED",
                "bob@palomar.example\u0000bob",
                "{3+}\r\nbob",
                "\"",
                "\\",
                "\u560D\u560AA1 CREATE PWNED",
                "\uD83D\uDE00")) {
            try (Visitor stranger = stage.visitor().with("X-Forwarded-For", "203.0.113." + attempt++)) {
                for (String[] pair : List.of(new String[] {bad, "bob"}, new String[] {"bob@palomar.example", bad})) {
                    stranger.open("login");
                    Answer answer = stranger.post("login", "username", pair[0], "password", pair[1]);
                    if (answer.status() != 401 && answer.status() != 429) {
                        faults.add(printable(pair[0]) + " " + printable(pair[1]) + ": " + answer.status());
                    }
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(stage.wire().commands()).noneMatch(line -> line.startsWith("CREATE"));
    }

    private static final List<String> SMUGGLED = List.of(
            "x\r\nBcc: pwned@evil.example",
            "x\nBcc: pwned@evil.example",
            "x\rBcc: pwned@evil.example",
            "x\r\n\r\n<script>pwned()</script>",
            "x\u560D\u560ABcc: pwned@evil.example",
            "x\u760D\u760ABcc: pwned@evil.example",
            "x\u010D\u010ABcc: pwned@evil.example",
            "x\u0085Bcc: pwned@evil.example",
            "x\u2028Bcc: pwned@evil.example",
            "x\u000BBcc: pwned@evil.example",
            "x\u0000Bcc: pwned@evil.example",
            "=?utf-8?Q?x=0D=0ABcc:_pwned@evil.example?=",
            "x\r\n.\r\nMAIL FROM:<pwned@evil.example>");

    @Test
    void s21_recipientsAreNeverCommands() throws Exception {
        List<String> faults = new ArrayList<>();
        List<String> recipients = new ArrayList<>();
        for (String smuggled : SMUGGLED) {
            recipients.add(smuggled + "@palomar.example");
            recipients.add("bob@palomar.example" + smuggled);
            recipients.add("<bob@palomar.example>" + smuggled + ">");
            recipients.add("\"" + smuggled + "\" <bob@palomar.example>");
            recipients.add("\"" + smuggled + "\"@palomar.example");
            recipients.add("bob@" + smuggled + ".example");
        }
        recipients.add("<bob@palomar.example> NOTIFY=NEVER");
        recipients.add("<bob@palomar.example>\r\nRCPT TO:<pwned@evil.example>");
        recipients.add("bob\u760D\u760ARCPT TO:<pwned@evil.example>@palomar.example");
        for (String field : List.of("to", "cc", "bcc")) {
            for (String recipient : recipients) {
                Map<String, String> form = form("words");
                form.put(field, recipient);
                stage.smtp().forget();
                Answer answer = bob.upload("compose", form, "attachments", List.of());
                if (answer.status() == 303) {
                    checkTranscript(field + "=" + printable(recipient), faults);
                    bob.follow(answer);
                } else if (answer.status() != 422) {
                    faults.add(field + "=" + printable(recipient) + ": " + answer.status());
                } else if (!stage.smtp().messages().isEmpty()) {
                    faults.add(field + "=" + printable(recipient) + " was refused but sent");
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    @Test
    void s22_subjectTextAndFileNamesAreNeverHeaders() throws Exception {
        List<String> faults = new ArrayList<>();
        int sent = 0;
        for (String smuggled : SMUGGLED) {
            for (String field : List.of("subject", "text", "id", "original", "mode", "who")) {
                Map<String, String> form = form("words");
                form.put("to", "bob@palomar.example");
                form.put(field, smuggled);
                stage.smtp().forget();
                Answer answer = bob.upload("compose", form, "attachments", List.of());
                if (answer.status() == 303) {
                    sent++;
                    checkTranscript(field + "=" + printable(smuggled), faults);
                    bob.follow(answer);
                } else if (answer.status() != 422) {
                    faults.add(field + "=" + printable(smuggled) + ": " + answer.status());
                }
            }
            Map<String, String> form = form("words");
            form.put("to", "bob@palomar.example");
            form.put("subject", "a file");
            stage.smtp().forget();
            Answer answer = bob.upload(
                    "compose",
                    form,
                    "attachments",
                    List.of(
                            new Visitor.File(smuggled, "text/plain", new byte[] {'x'}),
                            new Visitor.File(
                                    "a.txt",
                                    "text/plain; name=\"" + smuggled.replaceAll("[\r\n]", "%0D%0A") + "\"",
                                    new byte[] {'x'})));
            if (answer.status() == 303) {
                sent++;
                checkTranscript("file=" + printable(smuggled), faults);
                bob.follow(answer);
            } else if (answer.status() != 400) {
                faults.add("file " + printable(smuggled) + ": " + answer.status());
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(sent).isGreaterThan(3 * SMUGGLED.size());
    }

    @Test
    void s22_answersToHostileMessagesCarryNoHeadersOfTheirs() throws Exception {
        stage.dovecot().put("bob@palomar.example", "Hostile", """
                From: =?utf-8?Q?x=0D=0ABcc=3A_pwned=40evil.example?= <alice@palomar.example>\r
                Reply-To: =?utf-8?Q?y=0D=0ABcc=3A_pwned=40evil.example?= <alice@palomar.example>, "a\rBcc: pwned@evil.example" <bob@palomar.example>\r
                To: =?utf-8?B?eg0KQmNjOiBwd25lZEBldmlsLmV4YW1wbGU=?= <bob@palomar.example>\r
                Subject: =?utf-8?Q?s=0D=0ABcc:_pwned@evil.example?=\r
                Message-ID: <a\rBcc: pwned@evil.example>\r
                References: <b@x>\rBcc: pwned@evil.example <c@x>\r
                In-Reply-To: <=?utf-8?Q?d=0D=0ABcc:_pwned@evil.example?=>\r
                MIME-Version: 1.0\r
                Content-Type: multipart/mixed; boundary=b\r
                \r
                --b\r
                \r
                hello\r
                --b\r
                Content-Type: application/pdf; name="=?utf-8?Q?n=0D=0ABcc:_pwned@evil.example?="\r
                Content-Disposition: attachment; filename*=utf-8''f%0D%0ABcc:%20pwned@evil.example\r
                \r
                x\r
                --b--\r
                """.getBytes(StandardCharsets.UTF_8));
        String original = "Hostile/" + stage.refs("bob", "Hostile").getFirst().key();
        List<String> faults = new ArrayList<>();
        for (String mode : List.of("reply", "replyAll", "forward", "forwardAttached")) {
            Answer page = bob.get("compose?" + mode + "=" + original).expect(200);
            Map<String, String> form = new LinkedHashMap<>();
            page
                    .html()
                    .select("form[data-testid=compose-form] input[name], form[data-testid=compose-form] textarea")
                    .stream()
                    .filter(field -> !field.attr("type").equals("file"))
                    .filter(field -> !field.attr("type").equals("checkbox") || field.hasAttr("checked"))
                    .forEach(field -> form.put(field.attr("name"), field.val()));
            form.put("action", "send");
            if (form.get("to").isEmpty()) {
                form.put("to", "alice@palomar.example");
            }
            stage.smtp().forget();
            Answer answer = bob.upload("compose", form, "attachments", List.of());
            if (answer.status() == 303) {
                checkTranscript(mode, faults);
                bob.follow(answer);
            } else {
                faults.add(mode + ": " + answer.status() + " " + answer.flash()
                        + answer.html().select("[role=alert]").text());
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    private static Map<String, String> form(String text) {
        bob.get("compose");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("subject", "words");
        form.put("text", text);
        form.put("action", "send");
        return form;
    }

    private static final Set<String> HEADERS = Set.of(
            "date",
            "from",
            "to",
            "cc",
            "subject",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-language",
            "in-reply-to",
            "references",
            "user-agent");

    /** One transaction, nobody at evil.example, and no header but those we write, once each. */
    private static void checkTranscript(String what, List<String> faults) throws Exception {
        for (String line : stage.smtp().commands()) {
            if (!line.matches(
                            "(EHLO|HELO) \\S+|MAIL FROM:<\\S*>( [A-Z0-9=]+)*|RCPT TO:<\\S+>( [A-Z0-9=]+)*|DATA|QUIT|RSET|NOOP")
                    || line.contains("evil.example") && !line.matches("RCPT TO:<[^<>\\s]*>")) {
                faults.add(what + ": command " + printable(line));
            }
            // In an address field a second line is a second address, which the person sees; elsewhere it is an attack.
            if (line.contains("pwned") && !what.matches("(to|cc|bcc)=.*")) {
                faults.add(what + ": recipient " + printable(line));
            }
        }
        if (stage.smtp().messages().size() != 1) {
            faults.add(what + ": " + stage.smtp().messages().size() + " messages");
        }
        for (byte[] message : stage.smtp().messages()) {
            List<String> names = new ArrayList<>();
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(message));
            Collections.list(headers.getAllHeaders())
                    .forEach(header -> names.add(header.getName().toLowerCase(java.util.Locale.ROOT)));
            if (!HEADERS.containsAll(names) || Set.copyOf(names).size() != names.size()) {
                faults.add(what + ": headers " + names);
            }
            String raw = new String(message, StandardCharsets.ISO_8859_1);
            if (raw.replace("\r\n", "").matches("(?s).*[\r\n\u0000].*")) {
                faults.add(what + ": bare CR, LF or NUL");
            }
            MimeMessage parsed =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
            if (parsed.getContent() instanceof jakarta.mail.Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    for (var header : Collections.list(parts.getBodyPart(i).getAllHeaders())) {
                        if (!header.getName().toLowerCase(java.util.Locale.ROOT).startsWith("content-")) {
                            faults.add(what + ": part header " + header.getName());
                        }
                    }
                }
            }
        }
    }

    private static void expectRefused(Answer answer, boolean mayBeShown, List<String> faults) {
        boolean shown = answer.status() == 200 || answer.status() == 303;
        if (answer.status() >= 500 && answer.status() != 502 || shown && !mayBeShown) {
            faults.add(answer.status() + " " + answer.header("Location") + " for " + answer.uri()
                    + (answer.isHtml() ? " " + answer.html().select("h1").text() : ""));
        }
    }

    private static void assertOnlyOurCommands() {
        List<String> strange = stage.wire().commands().stream()
                .filter(line -> !COMMANDS.contains(line.split(" ", 2)[0]) && !line.matches("[0-9]+"))
                .map(CommandInjectionIT::printable)
                .distinct()
                .toList();
        assertThat(strange).isEmpty();
        assertThat(stage.wire().commands()).noneMatch(line -> line.startsWith("CREATE PWNED"));
        assertThat(mailboxes()).noneMatch(name -> name.equals("PWNED"));
    }

    private static Set<String> mailboxes() {
        try (MailSession mail = stage.mail("bob")) {
            Set<String> names = new TreeSet<>();
            mail.mailboxes(false).stream()
                    .map(Mailbox::name)
                    .map(MailboxName::value)
                    .forEach(names::add);
            return names;
        }
    }

    /** Removes what a legal but odd parent let be made. */
    private static void clean(String leaf) {
        try (MailSession mail = stage.mail("bob")) {
            for (Mailbox mailbox : mail.mailboxes(false)) {
                if (mailbox.name().value().endsWith(leaf)) {
                    mail.delete(mailbox.name());
                }
            }
            for (Mailbox mailbox : mail.mailboxes(false)) {
                // What is left of a parent holds others only; made anew, it can be removed.
                if (!mailbox.selectable()) {
                    mail.create(mailbox.name(), null);
                    mail.delete(mailbox.name());
                }
            }
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars()
                .limit(120)
                .forEach(c -> printable.append(c < 32 || c > 126 ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
        return printable.toString().replaceAll("\\\\u(....)", "<$1>");
    }
}
