package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the shared corpus of hostile payloads and HTML mails. It lies beside the project ({@code ../shared}, or the system
 * property {@code palomar.shared}) because it is not ours to publish.
 */
class HostileCorpusTest {

    private static final Set<String> JUDGED_ON_THE_TREE = Set.of(
            "NO_SCRIPT",
            "NO_REMOTE",
            "NO_JS_URL",
            "NO_FORM_SUBMIT",
            "NO_FRAME",
            "NO_META_REFRESH",
            "NO_BASE",
            "NO_CLOBBER",
            "NO_CSS_ESCAPE",
            "NO_TEMPLATE");

    /** These are about how the reader names hosts, which the message page shows; cleaning has no part in it. */
    private static final Set<String> JUDGED_ON_THE_PAGE = Set.of("NO_BIDI_SPOOF", "NO_HOMOGRAPH_HIDE");

    @Test
    void everyPayloadIsHarmless() throws IOException {
        List<String> faults = new ArrayList<>();
        int payloads = 0;
        for (Path file : files("payloads", ".json")) {
            for (JsonNode entry :
                    new JsonMapper().readTree(Files.readString(file)).get("entries")) {
                payloads++;
                String id = entry.get("id").asString();
                String payload = entry.get("payload").asString();
                for (JsonNode code : entry.get("must_not")) {
                    assertThat(JUDGED_ON_THE_TREE.contains(code.asString())
                                    || JUDGED_ON_THE_PAGE.contains(code.asString()))
                            .as("code " + code)
                            .isTrue();
                }
                for (boolean allowed : new boolean[] {false, true}) {
                    String html = Harmless.written(HtmlCleaner.clean(payload, Harmless.images(allowed)));
                    Harmless.faults(html, allowed).forEach(fault -> faults.add(id + ": " + fault));
                    String again = Harmless.written(HtmlCleaner.clean(html, Harmless.images(allowed)));
                    // Of our own URLs a message knows none: those of a first cleaning are no pictures to a second one.
                    if (!allowed && !again.equals(html)) {
                        faults.add(id + ": not stable");
                    }
                }
                if (entry.get("benign").asBoolean()) {
                    String expected = Jsoup.parse(payload).select("p").text();
                    if (!Jsoup.parse(Harmless.cleaned(payload)).text().contains(expected)) {
                        faults.add(id + ": text lost");
                    }
                }
            }
        }
        assertThat(payloads).isPositive();
        assertThat(faults).isEmpty();
    }

    @Test
    void everyMailKeepsItsVisibleText() throws IOException {
        List<String> faults = new ArrayList<>();
        int mails = 0;
        for (Path file : files("html", ".html")) {
            mails++;
            String mail = Files.readString(file, StandardCharsets.UTF_8);
            String html = Harmless.cleaned(mail);
            Harmless.faults(html, false).forEach(fault -> faults.add(file.getFileName() + ": " + fault));
            String expected = squeezed(Jsoup.parse(mail).body().text());
            String shown = squeezed(Jsoup.parse(html).body().text());
            // The words of images that are not loaded are shown in their place, so the text may only grow.
            String without = squeezed(withoutPlaceholders(html));
            if (!without.equals(expected)) {
                faults.add(file.getFileName() + ": text differs");
            }
            if (shown.isEmpty() || HtmlToText.text(mail).isBlank()) {
                faults.add(file.getFileName() + ": blank");
            }
        }
        assertThat(mails).isPositive();
        assertThat(faults).isEmpty();
    }

    private static String withoutPlaceholders(String html) {
        var document = Jsoup.parse(html);
        document.select("span." + ElementWriter.PLACEHOLDER).remove();
        return document.body().text();
    }

    private static String squeezed(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().filter(c -> !Character.isWhitespace(c) && c != 0xa0).forEach(out::appendCodePoint);
        return out.toString();
    }

    static List<Path> files(String folder, String ending) throws IOException {
        Path shared = Path.of(System.getProperty("palomar.shared", "../shared"), "corpora", folder);
        if (!Files.isDirectory(shared)) {
            assertThat(System.getenv("CI"))
                    .as("the shared corpus is needed at ../shared")
                    .isNotEqualTo("true");
            abort("skipped: no corpus at " + shared);
        }
        try (Stream<Path> found = Files.walk(shared)) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
