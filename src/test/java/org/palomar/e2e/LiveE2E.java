package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.NginxServer;
import org.palomar.testing.Servers;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What happens elsewhere is on the screen by itself, and takes nothing away from the reader. */
@DirtiesContext
class LiveE2E extends BrowserTest {

    private static DovecotServer dovecot;

    @BeforeAll
    static void startServer() {
        dovecot = DovecotServer.builder().maxConnections(100).start();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("palomar.imap.host", () -> "127.0.0.1");
        registry.add("palomar.imap.port", () -> dovecot.port());
        registry.add("palomar.imap.security", () -> "plain");
        registry.add("palomar.trusted-proxies", () -> "127.0.0.1");
    }

    @AfterAll
    static void stopServer() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    private void fill(String name, String mailbox, int count) {
        store().append(
                        name,
                        mailbox,
                        IntStream.rangeClosed(1, count)
                                .mapToObj(each -> letter(name, "Old " + each))
                                .toList());
    }

    private static MimeMessage letter(String to, String subject) {
        return Letters.text("bob", to, subject, "Words.");
    }

    @Test
    void whatOneDeviceDoesShowsOnTheOther() {
        Visitor desk = visitor(Device.DESK);
        Visitor phone = visitor(Device.PHONE);
        ListPage here = desk.signIn("alice");
        ListPage there = phone.signIn("alice");
        store().append("alice", "INBOX", letter("alice", "Just arrived"));
        assertThat(here.row("Just arrived")).isVisible();
        assertThat(there.row("Just arrived")).isVisible();
        assertThat(phone.page).hasTitle("(1) Inbox · Palomar");
        here.open("Just arrived");
        assertThat(there.row("Just arrived")).not().hasClass(Pattern.compile(".*is-unread.*"));
        assertThat(phone.page).hasTitle("Inbox · Palomar");
        there.tick("Just arrived").act("archive", "archived");
        assertThat(here.row("Just arrived")).hasCount(0);
        // What is being read stays.
        new MessagePage(desk, "Just arrived");
        phone.act(() -> create(phone, "Pigeon post"), "created");
        assertThat(desk.testid("mailbox-link").filter(new Locator.FilterOptions().setHasText("Pigeon post")))
                .isVisible();
    }

    private static void create(Visitor visitor, String name) {
        visitor.open("/mailboxes");
        Locator form = visitor.find("form[action$='/mailboxes']").first();
        form.locator("[name=name]").fill(name);
        form.locator("[type=submit]").click();
    }

    @Test
    void nothingTheReaderHoldsIsTakenAway() {
        fill("carol", "INBOX", 60);
        Visitor carol = visitor(Device.DESK);
        ListPage list = carol.signIn("carol");
        list.open("Old 30");
        list.tick("Old 31");
        list.list()
                .locator(".list-tools details.menu")
                .last()
                .locator("summary")
                .click();
        Locator reader = list.row("Old 28").locator(".row-link");
        reader.focus();
        double before = list.row("Old 29").boundingBox().y;
        store().append("carol", "INBOX", List.of(letter("carol", "New 1"), letter("carol", "New 2")));

        Locator newer = carol.testid("new-messages");
        assertThat(newer).hasText("2 new messages");
        assertThat(list.row("Old 29").boundingBox().y).isCloseTo(before, within(1.5));
        assertThat(reader).isFocused();
        assertThat(list.row("Old 31").locator("input[name=ref]")).isChecked();
        assertThat(list.list().locator("input[name=ref]:checked")).hasCount(1);
        assertThat(list.list().locator(".list-tools details.menu").last()).hasAttribute("open", "");
        assertThat(list.row("Old 30")).hasClass(Pattern.compile(".*is-open.*"));
        newer.click();
        assertThat(list.row("New 2")).isInViewport();
        assertThat(newer).hasCount(0);

        carol.open("/mailboxes/INBOX?page=2");
        before = list.row("Old 9").boundingBox().y;
        store().append("carol", "INBOX", letter("carol", "New 3"));
        assertThat(newer).hasText("New messages");
        assertThat(list.row("Old 9").boundingBox().y).isCloseTo(before, within(1.5));
        carol.leave(newer::click);
        assertThat(list.row("New 3")).isInViewport();
    }

    @Test
    void tabsShareOneStream() {
        AtomicInteger streams = new AtomicInteger();
        Visitor bob = visitor(Device.DESK);
        bob.context.onRequest(request -> {
            if (request.url().contains("/events?")) {
                streams.incrementAndGet();
            }
        });
        ListPage list = bob.signIn("bob");
        store().append("bob", "INBOX", letter("bob", "For the first tab"));
        assertThat(list.row("For the first tab")).isVisible();
        int alone = streams.get();
        Page second = bob.context.newPage();
        second.navigate(bob.base() + "/mailboxes/INBOX");
        store().append("bob", "INBOX", letter("bob", "For both tabs"));
        assertThat(second.getByText("For both tabs").first()).isVisible();
        assertThat(list.row("For both tabs")).isVisible();
        assertThat(streams).hasValue(alone);
        bob.page.navigate("about:blank");
        await("the other tab to listen").atMost(Duration.ofSeconds(30)).until(() -> {
            second.evaluate("() => 1");
            return streams.get() == alone + 1;
        });
        store().append("bob", "INBOX", letter("bob", "For the second tab"));
        assertThat(second.getByText("For the second tab").first()).isVisible();
    }

    /** Because some proxies collect an answer until it is whole, and a stream never is. */
    @Test
    void behindAProxyThatBuffersPagesAskByThemselves() throws Exception {
        Servers.requireInstalled("nginx", "openssl");
        try (NginxServer nginx = NginxServer.start(port(), true)) {
            String base = nginx.uri().toString().replaceAll("/$", "");
            Visitor alice =
                    CHROMIUM.visitor(Device.PHONE, Device.PHONE.options().setIgnoreHTTPSErrors(true), base);
            ListPage list = alice.signIn("alice");
            store().append("alice", "INBOX", letter("alice", "Through the proxy"));
            assertThat(list.row("Through the proxy")).isVisible(patient());
            assertThat(alice.testid("stale")).hasCount(0);
        }
    }

    @Test
    void theListStaysWhileTheMailServerIsAway() {
        Visitor dan = visitor(Device.PHONE);
        store().append("dan", "INBOX", letter("dan", "Before"));
        ListPage list = dan.signIn("dan");
        store().append("dan", "INBOX", letter("dan", "Listening"));
        assertThat(list.row("Listening")).isVisible();
        dovecot.stop();
        assertThat(dan.testid("stale")).containsText("isn’t answering");
        assertThat(list.row("Before")).isVisible();
        dovecot.startAgain();
        store().append("dan", "INBOX", letter("dan", "After"));
        assertThat(list.row("After")).isVisible(patient());
        assertThat(dan.testid("stale")).hasCount(0);
    }

    private static com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions patient() {
        return new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    }
}
