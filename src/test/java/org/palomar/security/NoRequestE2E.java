package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageSummary;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.HeadlessBrowser;
import org.palomar.testing.Product;
import org.palomar.testing.RecordingProxy;
import org.palomar.testing.Servers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * S4, S14, S15, S44: every hostile payload and HTML mail of the shared corpus as a message of a real server, opened in a real browser
 * all of whose connections are recorded. Before consent it asks nobody but us, and afterwards too.
 */
class NoRequestE2E {

    /** Chromium asks these by itself now and then, for updates of its own; no mail of the corpus names them. */
    private static final List<String> BROWSERS_OWN = List.of(
            "accounts.google.com",
            "clients2.google.com",
            "clientservices.googleapis.com",
            "content-autofill.googleapis.com",
            "edgedl.me.gvt1.com",
            "optimizationguide-pa.googleapis.com",
            "safebrowsing.googleapis.com",
            "update.googleapis.com");

    private static final int BATCH = 20;

    /** Opens letters in frames as the page of a message does, and waits until all are there. */
    private static final String FRAMES = """
            urls => Promise.all(urls.map(url => new Promise(loaded => {
              const frame = document.createElement("iframe");
              frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
              frame.addEventListener("load", loaded);
              frame.src = url;
              document.body.prepend(frame);
            }))).then(() => urls.length)""";

    private static DovecotServer dovecot;
    private static Product product;
    private static RecordingProxy proxy;
    private static HeadlessBrowser browser;
    private static BrowserContext context;
    private static List<MessageSummary> messages;

    private static final List<String> dialogs = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Servers.requireInstalled("chromium", "dovecot");
        List<DovecotServer.Filed> corpus = corpus();
        dovecot = DovecotServer.start();
        dovecot.fill("alice@palomar.example", "Hostile", corpus);
        // No port that anything is served at: what goes out of the product is not the matter here.
        product = Product.at(dovecot.port(), "palomar.door.ports=9", "palomar.door.networks=");
        proxy = new RecordingProxy(product.port());
        try (MailSession mail =
                product.bean(ImapConnector.class).open(new Credentials("alice@palomar.example", "alice"), null)) {
            messages = mail.examine(new MailboxName("Hostile"), open -> open.newest(0, 500))
                    .messages();
        }
        assertThat(messages).hasSameSizeAs(corpus);
        browser = HeadlessBrowser.start(
                "--disable-domain-reliability",
                "--disable-client-side-phishing-detection",
                "--proxy-server=http://127.0.0.1:" + proxy.port(),
                "--proxy-bypass-list=<-loopback>");
        context = browser.browser().newContext();
        context.setDefaultTimeout(60_000);
        context.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        try (Page page = context.newPage()) {
            page.navigate(base() + "/login");
            page.fill("[name=username]", "alice@palomar.example");
            page.fill("[name=password]", "alice");
            page.locator("[data-testid=login-form] button[type=submit]").click();
            page.locator("[data-testid=message-list]").waitFor();
        }
        proxy.strangers().clear();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {browser, proxy, product, dovecot}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void s4NobodyIsAskedBeforeConsent() {
        visit("");
        assertThat(proxy.ours()).noneMatch(path -> path.startsWith("/remote-image"));
    }

    @Test
    void s14WithConsentNobodyButUsIsAsked() {
        visit("?images=1");
        assertThat(proxy.ours()).anyMatch(path -> path.startsWith("/remote-image?"));
    }

    private static void visit(String query) {
        proxy.ours().clear();
        proxy.strangers().clear();
        try (Page page = context.newPage()) {
            for (int from = 0; from < messages.size(); from += BATCH) {
                List<MessageSummary> batch = messages.subList(from, Math.min(messages.size(), from + BATCH));
                // Letters stand in frames of our pages; twenty at once are quicker than one after the other.
                page.navigate(base() + "/search");
                page.evaluate(
                        FRAMES,
                        batch.stream()
                                .map(message -> url(message) + "/body" + query)
                                .toList());
                page.mouse().move(20, 20);
                assertHarmless(batch);
                // The page around a letter, and its print view.
                page.navigate(url(batch.getFirst()) + query);
                page.navigate(url(batch.getLast()) + "/print" + query);
                assertHarmless(batch);
            }
            page.navigate("about:blank");
            assertHarmless(messages);
            page.setContent("<img src=http://control.example/picture>");
            page.waitForCondition(() -> !strangers().isEmpty());
            assertThat(strangers())
                    .as("the recorder sees what is asked")
                    .containsExactly("GET http://control.example/picture");
        }
    }

    private static List<String> strangers() {
        return proxy.strangers().stream()
                .filter(each -> BROWSERS_OWN.stream().noneMatch(each::contains))
                .toList();
    }

    private static void assertHarmless(List<MessageSummary> batch) {
        List<String> names =
                batch.stream().map(message -> message.envelope().subject()).toList();
        assertThat(strangers()).as("one of %s", names).isEmpty();
        assertThat(dialogs).as("one of %s", names).isEmpty();
        assertThat(context.pages()).as("one of %s", names).hasSize(1);
    }

    private static String url(MessageSummary message) {
        return base() + "/mailboxes/Hostile/messages/" + message.ref().key();
    }

    private static String base() {
        return "http://127.0.0.1:" + product.port();
    }

    private static List<DovecotServer.Filed> corpus() throws IOException {
        Path shared = Path.of(System.getProperty("palomar.shared", "../shared"), "corpora");
        if (!Files.isDirectory(shared)) {
            assertThat(System.getenv("CI"))
                    .as("the shared corpus is needed at ../shared")
                    .isNotEqualTo("true");
            abort("skipped: no corpus at " + shared);
        }
        List<DovecotServer.Filed> mails = new ArrayList<>();
        for (Path file : files(shared.resolve("payloads"), ".json")) {
            for (JsonNode entry :
                    new JsonMapper().readTree(Files.readString(file)).get("entries")) {
                mails.add(mail(
                        entry.get("id").asString(),
                        entry.get("payload").asString().getBytes(StandardCharsets.UTF_8)));
            }
        }
        for (Path file : files(shared.resolve("html"), ".html")) {
            mails.add(mail(file.getFileName().toString(), Files.readAllBytes(file)));
        }
        return mails;
    }

    private static DovecotServer.Filed mail(String subject, byte[] html) {
        assertThat(new String(html, StandardCharsets.UTF_8)).doesNotContain(BROWSERS_OWN.toArray(String[]::new));
        String message = "From: Mallory <mallory@hostile.example>\r\nTo: alice@palomar.example\r\nSubject: " + subject
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(html) + "\r\n";
        return new DovecotServer.Filed(
                message.getBytes(StandardCharsets.US_ASCII), Instant.parse("2026-11-25T08:00:00Z"), "");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
