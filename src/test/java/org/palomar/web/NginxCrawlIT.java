package org.palomar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.Crawl;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.EventLog;
import org.palomar.testing.NginxServer;
import org.palomar.testing.Product;
import org.palomar.testing.Servers;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;
import org.palomar.testing.Visitor.Cookie;

/** Palomar under https://…/mail/ through deploy/nginx.conf, while it listens on another path and port. */
class NginxCrawlIT {

    private static DovecotServer dovecot;
    private static SmtpRecorder smtp;
    private static Product product;
    private static NginxServer nginx;

    @BeforeAll
    static void start() throws Exception {
        Servers.requireInstalled("nginx", "openssl");
        dovecot = DovecotServer.start();
        for (String mailbox : List.of("INBOX", "Trash", "Año nuevo/ü & co", "Drafts")) {
            dovecot.put(
                    "alice@palomar.example", mailbox, """
                    From: bob@palomar.example
                    To: alice@palomar.example
                    Subject: under a path
                    Message-ID: <a@palomar.example>
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html; charset=utf-8

                    <p>Words <img src="cid:x"> <img src="https://images.example/a.png"> <a href="https://elsewhere.example/">there</a></p>
                    --b
                    Content-Type: image/png; name=a.png
                    Content-ID: <x>
                    Content-Disposition: inline; filename=a.png

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
                    """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        smtp = new SmtpRecorder();
        product = Product.at(
                dovecot.port(),
                "palomar.trusted-proxies=127.0.0.1",
                "palomar.smtp.host=127.0.0.1",
                "palomar.smtp.port=" + smtp.port(),
                "palomar.smtp.security=plain",
                "palomar.smtp.auth=false");
        nginx = NginxServer.start(product.port());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (product != null) {
            product.close();
        }
        if (smtp != null) {
            smtp.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    private static Visitor visitor() {
        return new Visitor(nginx.uri(), nginx.trust(), null);
    }

    @Test
    void everythingStaysUnderThePath() {
        try (Visitor alice = visitor()) {
            Answer door = alice.open("");
            assertThat(door.uri().getPath()).isEqualTo("/mail/login");
            Answer sent = alice.post("login", "username", "alice@palomar.example", "password", "alice");
            assertThat(sent.status()).isEqualTo(303);
            alice.follow(sent).expect(200);
            Crawl crawl = Crawl.from(
                    alice,
                    uri -> !uri.getPath().equals("/mail/remote-image"),
                    1_500,
                    "",
                    "mailboxes",
                    "mailboxes/Trash/empty",
                    "login?reason=expired");
            List<String> faults = new ArrayList<>();
            int forms = 0;
            crawl.answers().put(sent.uri(), sent);
            for (Answer answer : crawl.answers().values()) {
                if (!answer.uri().getPath().startsWith("/mail/")
                        && !answer.uri().getPath().equals("/mail")) {
                    faults.add("outside: " + answer.uri());
                }
                if (answer.status() >= 400) {
                    faults.add(answer.status() + " " + answer.uri());
                }
                String location = answer.header("Location");
                if (!location.isEmpty() && !inside(answer.uri().resolve(location))) {
                    faults.add(answer.uri() + " leads to " + location);
                }
                boolean text = answer.header("Content-Type").matches("text/(html|css|javascript).*");
                if (text
                        && (answer.text().contains(":" + product.port())
                                || answer.text().contains("mail/mail/"))) {
                    faults.add(answer.uri() + " names the inner port or the path twice");
                }
                if (answer.isHtml()) {
                    for (Element form : answer.html()
                            .select(
                                    "form[action], button[formaction], [hx-post], [data-upload-url], [data-seen-url]")) {
                        for (String attribute :
                                List.of("action", "formaction", "hx-post", "data-upload-url", "data-seen-url")) {
                            if (form.hasAttr(attribute)) {
                                forms++;
                                if (!inside(answer.uri().resolve(form.attr(attribute)))) {
                                    faults.add(answer.uri() + " posts to " + form.attr(attribute));
                                }
                            }
                        }
                    }
                }
            }
            assertThat(faults).as(String.join("\n", faults)).isEmpty();
            assertThat(crawl.outside())
                    .allMatch(link -> link.matches("(https?://(images|elsewhere)\\.example/.*|mailto:.*)"));
            assertThat(alice.cookies().values()).extracting(Cookie::name).contains("JSESSIONID", "palomar_key");
            assertThat(alice.cookies().values()).allSatisfy(cookie -> {
                assertThat(cookie.path()).as(cookie.line()).isIn("/mail", "/mail/");
                assertThat(cookie.line()).contains("Secure", "HttpOnly", "SameSite");
            });
            Answer bye = alice.post("logout");
            assertThat(bye.uri().resolve(bye.header("Location")).getPath()).isEqualTo("/mail/login");
            assertThat(alice.cookies()).doesNotContainKey("palomar_key");
            System.err.println("nginx: " + crawl.answers().size() + " addresses and " + forms + " forms under /mail/");
        }
    }

    private static boolean inside(URI uri) {
        return uri.getPath().startsWith("/mail/")
                && uri.getAuthority().equals(nginx.uri().getAuthority());
    }

    @Test
    void newsComeThroughAsTheyHappen() {
        try (Visitor carol = visitor().signedIn("carol");
                EventLog heard = carol.listen("events")) {
            heard.await("state live").await("all");
            dovecot.put(
                    "carol@palomar.example", "INBOX", "Subject: news\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8));
            heard.await("arrived INBOX");
            carol.post("logout").expect(303);
            heard.awaitEnd();
        }
    }

    @Test
    void actionsAndErrorsComeBackUnderThePathToo() {
        try (Visitor bob = visitor().signedIn("bob")) {
            for (Answer answer : List.of(
                    bob.post("mailboxes", "name", "Under the path", "parent", ""),
                    bob.post("mailboxes/INBOX/actions", "action", "read"),
                    bob.post("mailboxes/Under~20the~20path/delete"))) {
                assertThat(answer.status()).isEqualTo(303);
                assertThat(inside(answer.uri().resolve(answer.header("Location"))))
                        .as(answer.header("Location"))
                        .isTrue();
            }
            Answer missing = bob.get("nowhere").expect(404);
            assertThat(Crawl.links(missing)).isNotEmpty().allMatch(NginxCrawlIT::inside);
            try (Visitor stranger = visitor()) {
                Answer asked = stranger.get("mailboxes/Sent?page=1");
                assertThat(inside(asked.uri().resolve(asked.header("Location"))))
                        .isTrue();
                assertThat(asked.header("Location")).contains("next=%2Fmailboxes%2FSent");
                stranger.follow(asked);
                Answer in = stranger.post(
                        "login",
                        "username",
                        "carol@palomar.example",
                        "password",
                        "carol",
                        "next",
                        "/mailboxes/Sent?page=1");
                assertThat(in.uri().resolve(in.header("Location")).getPath()).isEqualTo("/mail/mailboxes/Sent");
            }
        }
    }

    @Test
    void twentyFiveMegabytesAreUploadedAndSent() {
        byte[] file = new byte[25 << 20];
        new java.util.Random(7).nextBytes(file);
        try (Visitor alice = visitor().signedIn("alice")) {
            Answer kept = alice.upload(
                            "compose/files",
                            Map.of(),
                            "attachments",
                            List.of(new Visitor.File("large.bin", "application/octet-stream", file)))
                    .expect(200);
            String id = kept.html().select("input[name=file]").val();
            smtp.forget();
            Answer sent = alice.upload(
                    "compose",
                    Map.of(
                            "to",
                            "bob@palomar.example",
                            "subject",
                            "large",
                            "text",
                            "here",
                            "file",
                            id,
                            "action",
                            "send"),
                    "attachments",
                    List.of());
            assertThat(sent.status())
                    .as(() -> sent.html().select("[role=alert]").text())
                    .isEqualTo(303);
            assertThat(smtp.messages()).hasSize(1);
            assertThat(smtp.messages().getFirst().length).isGreaterThan(file.length / 3 * 4);
            assertThat(alice.open("mailboxes/Sent")
                            .html()
                            .select("[data-testid=message-subject]")
                            .text())
                    .contains("large");
            alice.upload(
                            "compose/files",
                            Map.of(),
                            "attachments",
                            List.of(new Visitor.File(
                                    "larger.bin", "application/octet-stream", new byte[(25 << 20) + 1])))
                    .expect(422);
        }
    }

    @Test
    void s45_aStrangersForwardedHeadersAreThrownAway() throws Exception {
        URI direct = URI.create("http://127.0.0.1:" + product.port() + "/");
        try (Visitor stranger = new Visitor(direct, null, InetAddress.getByName("127.0.0.2"))
                        .with("X-Forwarded-Proto", "https")
                        .with("X-Forwarded-Host", "evil.example")
                        .with("X-Forwarded-Port", "666")
                        .with("X-Forwarded-Prefix", "/evil")
                        .with("X-Forwarded-For", "192.0.2.1")
                        .with("Forwarded", "for=192.0.2.1;host=evil.example;proto=https");
                Visitor proxy = new Visitor(direct, null, InetAddress.getByName("127.0.0.1"))
                        .with("X-Forwarded-Prefix", "/good")) {
            Answer answer = stranger.get("login").expect(200);
            assertThat(answer.text()).doesNotContain("evil", "192.0.2.1");
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("Secure"));
            assertThat(stranger.get("").header("Location")).doesNotContain("evil");
            // The counterpart: from the proxy's address the same header works.
            assertThat(proxy.get("login").text()).contains("/good/assets/");
        }
    }
}
