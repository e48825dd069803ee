package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Crawl;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;
import org.palomar.web.SecurityHeaders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Other sites can neither act in a person's name nor frame a page; looking changes nothing. */
class ForgeryIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String CAROL = "carol@palomar.example";

    private static Visitor carol;

    @BeforeAll
    static void deliver() {
        for (String mailbox : List.of("INBOX", "Trash", "Drafts", "Papers/Old")) {
            stage.dovecot().put(CAROL, mailbox, letter("one " + mailbox));
            stage.dovecot().put(CAROL, mailbox, letter("two " + mailbox));
        }
        carol = stage.visitor().signedIn("carol");
    }

    @AfterAll
    static void leave() {
        carol.close();
    }

    private static byte[] letter(String subject) {
        return """
                From: alice@palomar.example
                To: carol@palomar.example
                Subject: %s
                Disposition-Notification-To: alice@palomar.example
                List-Unsubscribe: <http://127.0.0.1:1/>
                Message-ID: <%s@palomar.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html; charset=utf-8

                <p>Hello <img src="http://127.0.0.1:1/a.png"></p>
                --b
                Content-Type: image/png; name=a.png
                Content-Disposition: attachment; filename=a.png

                x
                --b
                Content-Type: text/plain; name=a.txt
                Content-Disposition: attachment; filename=a.txt

                x
                --b
                Content-Type: message/rfc822

                Subject: inner

                words
                --b--
                """.formatted(subject, Math.abs(subject.hashCode()))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Paths of everything that takes a method other than GET, with real mailboxes and messages in them. */
    private static Map<String, Set<RequestMethod>> changes(String ref) {
        var mapping = (RequestMappingHandlerMapping) stage.product().bean("requestMappingHandlerMapping");
        Map<String, Set<RequestMethod>> changes = new TreeMap<>();
        mapping.getHandlerMethods().forEach((info, method) -> {
            if (!method.getBeanType().getName().startsWith("org.palomar.")) {
                return;
            }
            assertThat(info.getMethodsCondition().getMethods())
                    .as("%s takes named methods only", method)
                    .isNotEmpty();
            Set<RequestMethod> others = new TreeSet<>(info.getMethodsCondition().getMethods());
            others.remove(RequestMethod.GET);
            for (String pattern : info.getPatternValues()) {
                String path = pattern.replace("{mailbox}", "INBOX")
                        .replace("{ref}", ref)
                        .replace("{path}", "2")
                        .replace("{part}", "2")
                        .replace("{id}", "0123456789abcdef0123456789abcdef");
                if (!others.isEmpty()) {
                    assertThat(path).doesNotContain("{");
                    changes.put(path.substring(1), others);
                }
            }
        });
        changes.put("logout", Set.of(RequestMethod.POST));
        return changes;
    }

    @Test
    void s30_everyChangeNeedsTheToken() {
        String ref = stage.refs("carol", "INBOX").getFirst().key();
        String before = stage.state("carol");
        stage.smtp().forget();
        Map<String, Set<RequestMethod>> changes = changes(ref);
        assertThat(changes.keySet())
                .contains("login", "logout", "mailboxes", "mailboxes/INBOX/actions", "compose", "compose/files")
                .contains("mailboxes/INBOX/empty", "mailboxes/INBOX/messages/" + ref + "/seen");
        List<String> faults = new ArrayList<>();
        String good = carol.token();
        try (Visitor stranger = stage.visitor().signedIn("bob")) {
            String foreign = stranger.token();
            changes.forEach((path, methods) -> {
                assertThat(methods).as(path).containsExactly(RequestMethod.POST);
                for (String token : List.of("", "wrong", foreign, good.substring(1))) {
                    Answer answer = carol.postPlain(path, fields(ref, token));
                    if (answer.status() != 403) {
                        faults.add(path + " with " + token + ": " + answer.status());
                    }
                    assertPlainRefusal(answer);
                    answer = carol.uploadPlain(
                            path,
                            map(fields(ref, token)),
                            "attachments",
                            List.of(new Visitor.File("a", "x/y", new byte[1])));
                    if (answer.status() != 403) {
                        faults.add(path + " multipart with " + token + ": " + answer.status());
                    }
                }
            });
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(stage.smtp().commands()).isEmpty();
        carol.get("mailboxes").expect(200);
        assertThat(stage.state("carol")).isEqualTo(before);
        System.err.println("S30: " + changes.size() + " changes refused without the token");
    }

    private static void assertPlainRefusal(Answer answer) {
        assertThat(answer.text()).doesNotContain("Whitelabel");
        assertThat(answer.html().select("[data-testid=error]").text()).isNotBlank();
    }

    private static String[] fields(String ref, String token) {
        return new String[] {
            "action",
            "expunge",
            "confirmed",
            "true",
            "ref",
            ref,
            "target",
            "Trash",
            "name",
            "forged",
            "parent",
            "",
            "to",
            "bob@palomar.example",
            "subject",
            "forged",
            "text",
            "forged",
            "username",
            "bob@palomar.example",
            "password",
            "bob",
            "_csrf",
            token
        };
    }

    private static Map<String, String> map(String[] fields) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i], fields[i + 1]);
        }
        return map;
    }

    @Test
    void s30_whatChangesCannotBeDoneWithGet() {
        String ref = stage.refs("carol", "INBOX").getFirst().key();
        String before = stage.state("carol");
        for (String path : changes(ref).keySet()) {
            carol.get(path + "?action=expunge&confirmed=true&ref=" + ref + "&target=Trash&name=forged&_csrf="
                    + carol.token());
        }
        carol.get("mailboxes").expect(200);
        assertThat(stage.state("carol")).isEqualTo(before);
    }

    @Test
    void s30_s31_lookingAtEverythingChangesNothing() {
        String before = stage.state("carol");
        assertThat(before).contains("[]").doesNotContain("Seen");
        stage.smtp().forget();
        // Pictures from elsewhere are signed addresses of nobody's session; RemotePicturesIT looks at them.
        Crawl crawl = Crawl.from(
                carol,
                uri -> !uri.getPath().equals("/remote-image"),
                1_200,
                "",
                "mailboxes",
                "mailboxes/Trash/empty",
                "mailboxes/Papers~2FOld/delete");
        assertThat(stage.state("carol")).isEqualTo(before);
        assertThat(stage.smtp().commands()).isEmpty();
        List<String> faults = new ArrayList<>();
        Map<String, Integer> policies = new TreeMap<>();
        crawl.answers().forEach((uri, answer) -> check(uri, answer, faults, policies));
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(crawl.answers().size()).isGreaterThan(100);
        System.err.println("S30, S31: " + crawl.answers().size() + " addresses opened, state unchanged; " + policies);
    }

    private static void check(URI uri, Answer answer, List<String> faults, Map<String, Integer> policies) {
        String path = uri.getPath();
        String policy = answer.header("Content-Security-Policy");
        boolean asset = path.startsWith("/assets/");
        boolean strangers = path.matches(".*/(body|measure|message\\.eml|attachments\\.zip)|.*/parts/[0-9.]+");
        if (answer.status() >= 400) {
            faults.add(uri + " " + answer.status());
        }
        if (answer.headers().allValues("Content-Security-Policy").size() != 1) {
            faults.add(uri + " has not one policy");
        }
        if (!policy.contains("frame-ancestors " + (strangers ? "'self'" : "'none'"))
                || !policy.contains("default-src 'none'")) {
            faults.add(uri + " policy " + policy);
        }
        // Where one writes with formatting, words carry their look in style attributes, and nothing else is different.
        boolean writing =
                path.equals("/compose") || path.equals("/settings/identities") || path.equals("/settings/templates");
        if (writing && !policy.equals(SecurityHeaders.WRITING)) {
            faults.add(uri + " policy " + policy);
        }
        if (!strangers && !writing && (policy.contains("unsafe-") || policy.contains("*") || policy.contains("http"))) {
            faults.add(uri + " policy " + policy);
        }
        if (path.endsWith("/body")
                && (!policy.startsWith("sandbox allow-popups allow-popups-to-escape-sandbox;")
                        || policy.contains("http:")
                                && !String.valueOf(uri.getQuery()).startsWith("images="))) {
            faults.add(uri + " policy " + policy);
        }
        if (path.endsWith("/measure") && policy.contains("allow-scripts")) {
            faults.add(uri + " policy " + policy);
        }
        policies.merge(strangers ? "strangers' content" : asset ? "assets" : "our pages", 1, Integer::sum);
        expect(answer, "X-Content-Type-Options", "nosniff", faults);
        expect(answer, "Referrer-Policy", "no-referrer", faults);
        if (!asset && !answer.header("Cache-Control").contains("no-store")) {
            faults.add(uri + " cache " + answer.header("Cache-Control"));
        }
        if (answer.header("Server").length() > 0) {
            faults.add(uri + " tells its server");
        }
    }

    private static void expect(Answer answer, String name, String value, List<String> faults) {
        if (!answer.headers().allValues(name).equals(List.of(value))) {
            faults.add(answer.uri() + " " + name + " " + answer.headers().allValues(name));
        }
    }

    @Test
    void s31_errorsAndTheSignInPageMayNotBeFramedEither() {
        try (Visitor stranger = stage.visitor()) {
            List<String> faults = new ArrayList<>();
            for (String path : List.of(
                    "login", "login?reason=expired", "nowhere", "mailboxes/INBOX", "error", "assets/nothing.js")) {
                Answer answer = stranger.get(path);
                if (!answer.header("Content-Security-Policy").contains("frame-ancestors 'none'")) {
                    faults.add(path + " " + answer.header("Content-Security-Policy"));
                }
                expect(answer, "X-Content-Type-Options", "nosniff", faults);
                expect(answer, "Referrer-Policy", "no-referrer", faults);
            }
            for (String path : List.of("nowhere", "mailboxes/Nowhere", "mailboxes/INBOX/messages/1.1", "mailboxes/~")) {
                Answer answer = carol.get(path);
                if (!answer.header("Content-Security-Policy").contains("frame-ancestors 'none'")
                        || answer.status() < 400) {
                    faults.add(path + " " + answer.status() + " " + answer.header("Content-Security-Policy"));
                }
                assertPlainRefusal(answer);
            }
            assertThat(faults).as(String.join("\n", faults)).isEmpty();
        }
    }

    @Test
    void s30_aForgedOriginDoesNotHelp() {
        String before = stage.state("carol");
        String ref = stage.refs("carol", "INBOX").getFirst().key();
        try (Visitor forged =
                stage.visitor().with("Origin", "http://evil.example").with("HX-Request", "true")) {
            forged.cookies().putAll(carol.cookies());
            forged.postPlain("mailboxes/INBOX/actions", "action", "flag", "ref", ref)
                    .expect(403);
        }
        assertThat(stage.state("carol")).isEqualTo(before);
    }
}
