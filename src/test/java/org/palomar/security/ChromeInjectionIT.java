package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.mail.MailboxName;
import org.palomar.testing.Crawl;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Markup in every place a stranger can write to, on every page a person can see: it stays text. */
class ChromeInjectionIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String TAG = "\"><img src=x onerror=pwned()><script>pwned()</script><svg onload=pwned()>'";
    private static final String LINK = "javascript:pwned()";
    private static final java.util.regex.Pattern OURS =
            java.util.regex.Pattern.compile("/assets/(app|editor)-[0-9a-f]+\\.js");

    /** As {@link #TAG}, without the slash that divides mailboxes. */
    private static final String MAILBOX = "\"><img src=x onerror=pwned()><svg onload=pwned()>'";

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "data");

    private static Visitor alice;
    private static String hostile;

    @BeforeAll
    static void deliver() {
        String user = "alice@palomar.example";
        for (String mailbox : List.of("INBOX", MAILBOX, "Trash", "Sent")) {
            stage.dovecot().put(user, mailbox, message().getBytes(StandardCharsets.UTF_8));
            stage.dovecot().put(user, mailbox, simple().getBytes(StandardCharsets.UTF_8));
        }
        alice = stage.visitor().signedIn("alice");
        hostile = new MailboxName(MAILBOX).toSegment();
    }

    @AfterAll
    static void leave() {
        alice.close();
    }

    private static String message() {
        String quoted = TAG.replace("\"", "\\\"");
        return """
                From: "%2$s" <"%2$s"@evil.example>
                Sender: "%2$s" <"s%2$s"@evil.example>
                Reply-To: "%2$s" <"r%2$s"@evil.example>
                To: "%2$s" <"t%2$s"@evil.example>, alice@palomar.example
                Cc: %1$s <"c%2$s"@evil.example>
                Bcc: "%2$s" <bcc@evil.example>
                Subject: %1$s %3$s
                Date: Mon, 23 Nov 2026 10:00:00 +0000 (%1$s)
                Message-ID: <%1$s@evil.example>
                In-Reply-To: <%1$s@evil.example>
                References: <%1$s@evil.example>
                List-Id: %1$s
                List-Unsubscribe: <%3$s>, <mailto:%1$s@evil.example>
                X-Payload: %1$s
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b; name="%2$s"

                --b
                Content-Type: text/plain; charset="%2$s"; format=flowed

                %1$s %3$s
                http://evil.example/%1$s
                > %1$s

                --b
                Content-Type: text/calendar; method="%2$s"; name="%2$s"
                Content-Disposition: attachment; filename="%2$s.ics"
                Content-Description: %1$s
                Content-ID: <%1$s>

                BEGIN:VCALENDAR
                DESCRIPTION:%1$s
                END:VCALENDAR
                --b
                Content-Type: text/%2$s; name="%2$s"
                Content-Disposition: %2$s; filename="%2$s"

                %1$s
                --b
                Content-Type: application/x"><img src=x onerror=pwned()>; name="%3$s"
                Content-Disposition: attachment; filename="%3$s"
                Content-Transfer-Encoding: %1$s

                %1$s
                --b
                Content-Type: text/html; name="%2$s.html"
                Content-Disposition: attachment; filename="%2$s.html"

                %1$s
                --b
                Content-Type: image/png; name="%2$s"
                Content-Disposition: attachment; filename="%2$s"

                %1$s
                --b
                Content-Type: application/pdf; name="%2$s"
                Content-Disposition: attachment; filename="%2$s"

                %1$s
                --b
                Content-Type: message/rfc822; name="%2$s"
                Content-Disposition: attachment; filename="%2$s"

                From: "%2$s" <"%2$s"@evil.example>
                To: "%2$s" <t@evil.example>
                Subject: %1$s

                %1$s
                --b--
                """.formatted(TAG, quoted, LINK).replace("\n", "\r\n");
    }

    /** Encoded words, and HTML with its own payloads beside. */
    private static String simple() {
        String encoded = "=?utf-8?B?"
                + java.util.Base64.getEncoder().encodeToString(TAG.getBytes(StandardCharsets.UTF_8)) + "?=";
        return """
                From: %1$s <from@evil.example>
                To: %1$s <alice@palomar.example>
                Cc: %1$s:;
                Subject: %1$s
                Message-ID: <simple@evil.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <p title='%2$s'>&quot;&gt;&lt;script&gt;pwned()&lt;/script&gt; words</p>%2$s
                --b
                Content-Type: application/octet-stream; name="%1$s"
                Content-Disposition: attachment; filename*=utf-8''%%22%%3E%%3Cimg%%20src=x%%20onerror=pwned()%%3E

                x
                --b--
                """.formatted(encoded, TAG).replace("\n", "\r\n");
    }

    @Test
    void s9_everyPageShowsMarkupOfStrangersAsText() {
        Crawl crawl = Crawl.from(
                alice,
                uri -> !uri.getPath().startsWith("/assets/"),
                1_200,
                "",
                "mailboxes/" + hostile,
                "mailboxes/" + hostile + "/delete",
                "mailboxes/" + hostile + "/empty",
                "mailboxes/Trash/empty",
                "mailboxes",
                "tree?current=" + hostile,
                "compose");
        List<String> faults = new ArrayList<>();
        int pages = 0;
        int reached = 0;
        for (Answer answer : crawl.answers().values()) {
            if (answer.isHtml()) {
                pages++;
                faults.addAll(faults(answer));
                reached += answer.html().text().contains("pwned()")
                                || answer.text().contains("pwned()")
                        ? 1
                        : 0;
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        Set<String> kinds = new java.util.TreeSet<>();
        crawl.answers()
                .keySet()
                .forEach(uri -> kinds.add(uri.getPath().replaceAll(".*/", "").replaceAll("[0-9.]+", "N")));
        assertThat(kinds)
                .contains(
                        "body",
                        "measure",
                        "print",
                        "source",
                        "preview",
                        "compose",
                        "empty",
                        "delete",
                        "tree",
                        "mailboxes");
        assertThat(reached).as("pages with the payload").isGreaterThan(30);
        System.err.println("S9: " + pages + " pages of " + crawl.answers().size() + " answers, payload on " + reached);
    }

    @Test
    void s9_theMessageReallyCarriesThePayload() {
        Document list = alice.get("mailboxes/" + hostile).html();
        assertThat(list.select("[data-testid=message-subject]").eachText()).anyMatch(text -> text.startsWith(TAG));
        String href = list.select("[data-testid=message-row] a").last().attr("href");
        Document page = alice.get(href).html();
        assertThat(page.select("h1[data-testid=message-subject]").text()).startsWith(TAG);
        assertThat(page.select("[data-testid=message-from]").text()).contains("onerror=pwned()");
        assertThat(page.select("[data-testid=attachment]").text()).contains("onload=pwned()");
    }

    @Test
    void s9_answersOfFormsShowWhatWasTypedAsText() {
        List<String> faults = new ArrayList<>();
        alice.get("mailboxes");
        // No name: the page comes back with what was typed in the other field.
        faults.addAll(faults(alice.post("mailboxes", "name", " ", "parent", hostile)));
        faults.addAll(
                faults(alice.post("mailboxes", "name", "a/" + TAG, "parent", "").expect(422)));
        faults.addAll(faults(alice.post("mailboxes/" + hostile + "/rename", "name", "b/" + TAG, "parent", "")));
        Answer created = alice.follow(alice.post("mailboxes", "name", "new" + MAILBOX, "parent", ""));
        assertThat(created.flash()).contains("new" + MAILBOX);
        faults.addAll(faults(created));
        String segment = new MailboxName("new" + MAILBOX).toSegment();
        Answer deleted = alice.follow(alice.post("mailboxes/" + segment + "/delete"));
        assertThat(deleted.flash()).contains(MAILBOX);
        faults.addAll(faults(deleted));
        Answer compose = alice.upload(
                "compose",
                Map.of(
                        "to",
                        TAG,
                        "cc",
                        TAG,
                        "bcc",
                        TAG,
                        "subject",
                        TAG,
                        "text",
                        TAG,
                        "who",
                        TAG,
                        "mode",
                        TAG,
                        "original",
                        TAG,
                        "id",
                        TAG,
                        "action",
                        "send"),
                "attachments",
                List.of(new Visitor.File(TAG, "text/" + TAG, new byte[] {1})));
        compose.expect(422);
        assertThat(compose.html().select("textarea[name=text]").val()).isEqualTo(TAG);
        assertThat(compose.html().select("input[name=to]").val()).isEqualTo(TAG);
        faults.addAll(faults(compose));
        faults.addAll(faults(alice.upload(
                "compose/files", Map.of(), "attachments", List.of(new Visitor.File(TAG, "text/html", new byte[] {1
                })))));
        String ref = stage.refs("alice", "INBOX").getFirst().key();
        faults.addAll(faults(alice.post(
                "mailboxes/" + hostile + "/actions", "action", "expunge", "ref", ref, "ref", TAG, "page", "1")));
        faults.addAll(faults(alice.post("mailboxes/INBOX/actions", "action", TAG, "ref", ref)));
        faults.addAll(faults(alice.post("mailboxes/INBOX/actions", "action", "move", "ref", ref, "target", TAG)));
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    @Test
    void s33_noParameterIsReflectedAsMarkup() {
        String ref = stage.refs("alice", "INBOX").getFirst().key();
        String message = "mailboxes/INBOX/messages/" + ref;
        Map<String, List<String>> parameters = Map.ofEntries(
                Map.entry("mailboxes/INBOX", List.of("page", "sort", "dir", "view", "q", "open")),
                Map.entry("mailboxes", List.of("name", "parent", "fault", "opened")),
                Map.entry("mailboxes/INBOX/empty", List.of("back", "name", "count")),
                Map.entry("mailboxes/INBOX/delete", List.of("back", "name", "count")),
                Map.entry(message, List.of("part", "images", "page", "q", "within")),
                Map.entry(message + "/body", List.of("part", "images")),
                Map.entry(message + "/measure", List.of("part", "images")),
                Map.entry(message + "/beside", List.of("part")),
                Map.entry(message + "/print", List.of("part", "images")),
                Map.entry(message + "/source", List.of("part")),
                Map.entry(message + "/parts/2", List.of("inline")),
                Map.entry(message + "/parts/2/preview", List.of("inline")),
                Map.entry(
                        "compose",
                        List.of(
                                "to",
                                "cc",
                                "bcc",
                                "subject",
                                "body",
                                "reply",
                                "replyAll",
                                "forward",
                                "forwardAttached")),
                Map.entry("tree", List.of("current")),
                Map.entry("search", List.of("q", "mailbox", "resume")),
                Map.entry("search/more", List.of("id", "q", "after")),
                Map.entry("login", List.of("reason", "next", "username", "error")),
                Map.entry("error", List.of("status", "message", "path", "trace")));
        List<String> faults = new ArrayList<>();
        for (String payload : List.of(TAG, LINK, "'-pwned()-'", "${7*191}", "__${7*191}__::.x", "{{7*191}}")) {
            String encoded = java.net.URLEncoder.encode(payload, StandardCharsets.UTF_8);
            parameters.forEach((path, names) -> names.forEach(name -> {
                Answer answer = alice.get(path + "?" + name + "=" + encoded);
                faults.addAll(faults(answer));
                if (answer.status() >= 500 && !path.equals("error")) {
                    faults.add(answer.status() + " for " + name + "=" + payload + " at " + path);
                }
                if (answer.text().contains("1337") && payload.contains("7*191")) {
                    faults.add("evaluated: " + name + " at " + path);
                }
            }));
            for (String path : List.of(
                    "mailboxes/" + encoded,
                    "mailboxes/INBOX/messages/" + encoded,
                    message + "/parts/" + encoded,
                    message + "/parts/" + encoded + "/preview",
                    encoded)) {
                Answer answer = alice.get(path);
                faults.addAll(faults(answer));
                if (answer.status() < 400 || answer.status() >= 500) {
                    faults.add(answer.status() + " for " + answer.uri());
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    /** What in a page could run or lead away: there is nothing of the kind but our own script. */
    static List<String> faults(Answer answer) {
        List<String> faults = new ArrayList<>();
        if (!answer.isHtml() || refusedByTomcat(answer)) {
            return faults;
        }
        Document page = answer.html();
        page.select("template").forEach(template -> page.body().append(template.html()));
        for (Element element : page.getAllElements()) {
            String tag = element.normalName();
            if (tag.equals("script") && !OURS.matcher(element.attr("src")).matches()
                    || tag.equals("style") && !framed(answer)) {
                faults.add(answer.uri() + " <" + tag + ">");
            }
            if (Set.of("object", "embed", "base", "applet", "frame", "math", "portal")
                    .contains(tag)) {
                faults.add(answer.uri() + " <" + tag + ">");
            }
            if (tag.equals("img") && element.attr("src").equals("x")) {
                faults.add(answer.uri() + " " + element);
            }
            for (Attribute attribute : element.attributes()) {
                String value = attribute.getValue().strip().toLowerCase(Locale.ROOT);
                if (attribute.getKey().startsWith("on") || attribute.getKey().equals("srcdoc")) {
                    faults.add(answer.uri() + " " + attribute);
                }
                if (Set.of("href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href", "data", "poster")
                                .contains(attribute.getKey())
                        && value.matches("(?s)[a-z][a-z0-9+.-]*:.*")
                        && !SCHEMES.contains(value.substring(0, value.indexOf(':')))) {
                    faults.add(answer.uri() + " " + attribute);
                }
                if (attribute.getKey().startsWith("hx-") && attribute.getValue().contains("js:")) {
                    faults.add(answer.uri() + " " + attribute);
                }
            }
        }
        return faults;
    }

    /** Tomcat answers a malformed request line before the product sees it, and repeats nothing of it. */
    private static boolean refusedByTomcat(Answer answer) {
        return answer.status() == 400
                && answer.header("Content-Security-Policy").isEmpty()
                && !answer.text().contains("pwned");
    }

    /** Letters carry a look of their own and can run nothing: see their policy. */
    private static boolean framed(Answer answer) {
        return answer.header("Content-Security-Policy").startsWith("sandbox");
    }
}
