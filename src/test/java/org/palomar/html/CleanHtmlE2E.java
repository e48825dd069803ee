package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cleaned HTML in a real browser, without the sandbox and the policy that protect it in the product: no request, no script,
 * and the same tree as was judged (THREATS S4, S6).
 */
class CleanHtmlE2E {

    private static final String TREES = """
            all => {
              const tree = node => node.nodeType === 3 ? node.data : '[' + node.localName
                + [...node.attributes].map(a => '|' + a.name + '=' + a.value).join('')
                + ':' + [...node.childNodes].map(tree).join('') + ']';
              return all.map(html => tree(new DOMParser().parseFromString('<!doctype html><body>' + html, 'text/html').body));
            }
            """;

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Path chromium = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (chromium == null) {
            assertThat(System.getenv("CI")).as("Chromium is needed").isNotEqualTo("true");
            abort("skipped: no Chromium");
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void s4CorpusMakesNoRequestAndRunsNoScript() throws IOException {
        List<String> html = new ArrayList<>();
        for (Path file : HostileCorpusTest.files("payloads", ".json")) {
            for (JsonNode entry :
                    new JsonMapper().readTree(Files.readString(file)).get("entries")) {
                html.add(entry.get("payload").asString());
            }
        }
        for (Path file : HostileCorpusTest.files("html", ".html")) {
            html.add(Files.readString(file));
        }
        try (Page page = browser.newPage()) {
            List<String> requests = new ArrayList<>();
            List<String> dialogs = new ArrayList<>();
            page.route("**/*", route -> {
                requests.add(route.request().url());
                route.abort();
            });
            page.onDialog(dialog -> {
                dialogs.add(dialog.message());
                dialog.dismiss();
            });
            page.setContent("<img src=http://a.example/control>");
            assertThat(requests).as("the recorder sees requests").containsExactly("http://a.example/control");
            requests.clear();
            for (String payload : html) {
                page.setContent("<!doctype html><html><body>" + Harmless.cleaned(payload) + "</body></html>");
                page.mouse().move(20, 20);
                assertThat(requests).as(payload).isEmpty();
                assertThat(dialogs).as(payload).isEmpty();
            }
        }
    }

    @Test
    void s14WithConsentOnlyImagesLoad() throws IOException {
        try (Page page = browser.newPage()) {
            List<String> others = new ArrayList<>();
            page.route("**/*", route -> {
                if (!route.request().resourceType().equals("image")) {
                    others.add(route.request().resourceType() + " "
                            + route.request().url());
                }
                route.abort();
            });
            for (Path file : HostileCorpusTest.files("payloads", ".json")) {
                for (JsonNode entry :
                        new JsonMapper().readTree(Files.readString(file)).get("entries")) {
                    String payload = entry.get("payload").asString();
                    page.setContent(
                            "<!doctype html><html><body>" + Harmless.cleanedWithRemote(payload) + "</body></html>");
                    assertThat(others).as(payload).isEmpty();
                }
            }
        }
    }

    @Test
    void s6TheBrowserReadsTheTreeThatWasJudged() throws IOException {
        List<String> cleaned = new ArrayList<>();
        Random random = new Random(6);
        for (int i = 0; i < 3_000; i++) {
            cleaned.add(Harmless.cleaned(HtmlBoundsTest.randomMarkup(random)));
        }
        for (Path file : HostileCorpusTest.files("html", ".html")) {
            cleaned.add(Harmless.cleaned(Files.readString(file)));
        }
        try (Page page = browser.newPage()) {
            Object read = page.evaluate(TREES, cleaned);
            List<?> trees = (List<?>) read;
            for (int i = 0; i < cleaned.size(); i++) {
                String tree = (String) trees.get(i);
                assertThat(tree)
                        .isEqualTo(tree(Jsoup.parse("<!doctype html><body>" + cleaned.get(i))
                                .body()));
            }
        }
    }

    /** The tree as text: every element with its attributes, every text as it is. */
    private static String tree(Node node) {
        if (node instanceof TextNode text) {
            return text.getWholeText();
        }
        if (node instanceof DataNode data) {
            return data.getWholeData();
        }
        StringBuilder out = new StringBuilder("[").append(node.nodeName());
        node.attributes()
                .forEach(attribute ->
                        out.append('|').append(attribute.getKey()).append('=').append(attribute.getValue()));
        out.append(':');
        node.childNodes().forEach(child -> out.append(tree(child)));
        return out.append(']').toString();
    }
}
