package org.palomar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/**
 * What the first look at the inbox costs a browser that knows nothing yet, in octets on the wire, on a mail server of its own: a page
 * asks again when another test does something to the mailbox.
 */
@ActiveProfiles("demo")
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class PageWeightE2E extends BrowserTest {

    private static final int ALL = 60 * 1024;
    private static final int SCRIPTS_AND_STYLES = 40 * 1024;

    private static boolean loaded(Map<String, String> urls, Map<String, Long> octets, String path) {
        return urls.entrySet().stream()
                .anyMatch(each -> each.getValue().contains(path) && octets.containsKey(each.getKey()));
    }

    @Test
    void theColdInboxIsLight() {
        Visitor alice = visitor(Device.DESK);
        alice.signIn("alice");
        Map<String, String> types = new ConcurrentHashMap<>();
        Map<String, String> urls = new ConcurrentHashMap<>();
        Map<String, Long> octets = new ConcurrentHashMap<>();
        CDPSession wire = alice.context.newCDPSession(alice.page);
        wire.on("Network.responseReceived", event -> {
            String id = event.get("requestId").getAsString();
            types.put(id, event.get("type").getAsString());
            urls.put(id, event.getAsJsonObject("response").get("url").getAsString());
        });
        wire.on(
                "Network.loadingFinished",
                event -> octets.put(
                        event.get("requestId").getAsString(),
                        event.get("encodedDataLength").getAsLong()));
        wire.send("Network.enable");
        JsonObject disabled = new JsonObject();
        disabled.addProperty("cacheDisabled", true);
        wire.send("Network.setCacheDisabled", disabled);

        alice.list("INBOX");
        // The network never rests while the page listens for news: what is asked for last is the tree, and then all
        // once more.
        alice.page.waitForLoadState(LoadState.LOAD);
        await("the tree").atMost(Duration.ofSeconds(30)).until(() -> loaded(urls, octets, "/tree"));

        long all = octets.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> byType = new TreeMap<>();
        StringBuilder listing = new StringBuilder();
        octets.forEach((id, size) -> {
            byType.merge(types.getOrDefault(id, "?"), size, Long::sum);
            listing.append("\n  ").append(size).append(' ').append(urls.get(id));
        });
        long code = byType.getOrDefault("Script", 0L) + byType.getOrDefault("Stylesheet", 0L);
        System.err.printf(
                "Cold inbox: %,d octets in %d requests; scripts and styles %,d; %s%s%n",
                all, octets.size(), code, byType, listing);
        assertThat(byType).containsKeys("Document", "Script", "Stylesheet");
        assertThat(all).as("everything: %s", listing).isLessThanOrEqualTo(ALL);
        assertThat(code).as("scripts and styles: %s", listing).isLessThanOrEqualTo(SCRIPTS_AND_STYLES);
    }
}
