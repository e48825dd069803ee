package org.palomar.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palomar.testing.DovecotServer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From an address to the report, as somebody does who never heard of POP3. */
@DirtiesContext
class MigrationE2E extends BrowserTest {

    private static DovecotServer old;
    private static DovecotServer home;

    @BeforeAll
    static void startServers() {
        old = DovecotServer.builder().pop3().maxConnections(100).start();
        home = DovecotServer.builder().maxConnections(100).start();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("palomar.imap.host", () -> "127.0.0.1");
        registry.add("palomar.imap.port", () -> home.port());
        registry.add("palomar.imap.security", () -> "plain");
        registry.add("palomar.own-servers.networks", () -> "127.0.0.1");
    }

    @AfterAll
    static void stopServers() {
        home.close();
        old.close();
    }

    @ParameterizedTest
    @EnumSource(Device.class)
    void mailComesHome(Device device) {
        String user = List.of("dan", "erin", "fay", "gus").get(device.ordinal());
        Instant then = Instant.parse("2009-03-03T10:00:00Z");
        old.fill(
                user + "@palomar.example",
                "INBOX",
                IntStream.range(0, 120)
                        .mapToObj(n -> new DovecotServer.Filed(
                                ("Subject: Old " + n + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII),
                                then,
                                ""))
                        .toList());
        Visitor person = visitor(device);
        person.signIn(user);
        person.open("/settings");
        person.leave(() -> person.testid("migration-link").click());
        assertThat(person.testid("migration-explained")).containsText("POP3");
        Locator address = person.testid("migration-address");
        address.locator("[name=address]").fill(user + "@old.invalid");
        person.leave(() -> address.locator("button").click());
        Locator server = person.testid("migration-server");
        assertThat(server.locator("[name=password]")).isEmpty();
        server.locator("[name=host]").fill("127.0.0.1");
        server.locator("[name=port]").fill(String.valueOf(old.pop3Port()));
        server.locator("[name=security]").selectOption("plain");
        server.locator("[name=username]").fill(user + "@palomar.example");
        server.locator("[name=password]").fill(user);
        person.leave(() -> person.testid("migration-look").click());
        assertThat(person.testid("migration-survey")).containsText("120");
        Locator form = person.testid("migration-form");
        form.locator("input[value=move]").check();
        form.locator("[name=target]").selectOption("");
        form.locator("[name=name]").fill("Old days");
        person.leave(() -> person.testid("migration-begin").click());
        if (!device.scripts) {
            for (int n = 0;
                    n < 300
                            && person.find("[data-testid=journey][data-state=done]")
                                            .count()
                                    == 0;
                    n++) {
                person.page.reload();
            }
        }
        assertThat(person.testid("report-verified"))
                .hasText("120 of 120 identical", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(person.testid("report-removed")).hasText("120");
        Object over =
                person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) over).intValue()).as("wider than the screen").isLessThanOrEqualTo(0);
        person.list("Old~20days");
        assertThat(person.find("[data-testid=message-row]")).hasCount(50);
        assertThat(person.problems()).isEmpty();
    }
}
