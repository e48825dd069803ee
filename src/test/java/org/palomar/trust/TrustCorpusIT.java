package org.palomar.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.palomar.html.CleanHtml;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;

/** S36: mail that was meant well has no banner, and mail that deceives has one; counted over the corpus. */
class TrustCorpusIT {

    /** Mail of people, programs and newsletters; none of it was written to deceive. */
    private static final List<String> BENIGN = List.of(
            "attachments",
            "calendar-invite",
            "charset",
            "format-flowed",
            "inline-images",
            "mailing-list",
            "multipart",
            "nested-message",
            "newsletter",
            "plain",
            "report-dsn",
            "threading");

    @Test
    void designedMailHasNoDoubtfulLinks() throws IOException {
        int doubtful = 0;
        List<Path> pages;
        try (Stream<Path> files = Files.walk(corpus().resolve("html"))) {
            pages = files.filter(file -> file.toString().endsWith(".html")).toList();
        }
        for (Path page : pages) {
            CleanHtml clean = HtmlCleaner.clean(Files.readString(page), Images.none());
            doubtful += clean.doubtful().isEmpty() ? 0 : 1;
            clean.doubtful().forEach(link -> System.err.println(page.getFileName() + ": " + link));
        }
        System.err.println("designed mail: " + doubtful + " of " + pages.size() + " with doubtful links");
        assertThat(doubtful).isZero();
    }

    @Test
    void fewFalseAlarmsAndNoSilence() throws IOException {
        try (DovecotServer dovecot = DovecotServer.start()) {
            Map<String, List<String>> names = new LinkedHashMap<>();
            for (String category :
                    Stream.concat(BENIGN.stream(), Stream.of("spoofing")).toList()) {
                try (Stream<Path> files =
                        Files.list(corpus().resolve("messages").resolve(category))) {
                    for (Path file : files.sorted().toList()) {
                        byte[] message = Files.readAllBytes(file);
                        if (!new String(message, StandardCharsets.ISO_8859_1).startsWith("From ")) {
                            dovecot.put("alice@palomar.example", category, message);
                            names.computeIfAbsent(category, _ -> new ArrayList<>())
                                    .add(file.getFileName().toString());
                        }
                    }
                }
            }
            try (Product product = Product.at(dovecot.port());
                    Visitor alice = product.visitor().signedIn("alice")) {
                int read = 0;
                int warned = 0;
                for (String category : BENIGN) {
                    for (Map.Entry<String, String> each :
                            banners(alice, category, names.get(category)).entrySet()) {
                        read++;
                        if (!each.getValue().isEmpty()) {
                            warned++;
                            System.err.println(category + "/" + each.getKey() + ": " + each.getValue());
                        }
                    }
                }
                System.err.println("benign mail: " + warned + " of " + read + " messages have a banner");
                Map<String, String> tricks = banners(alice, "spoofing", names.get("spoofing"));
                tricks.forEach((name, banner) -> System.err.println("spoofing/" + name + ": " + banner));
                assertThat(warned).as("false alarms among " + read).isLessThanOrEqualTo(read / 50);
                assertThat(tricks.values().stream().filter(String::isEmpty).count())
                        .as(
                                "tricks without a word; four of these only break the form of From, whose address is shown anyway")
                        .isLessThanOrEqualTo(4);
            }
        }
    }

    private static Map<String, String> banners(Visitor alice, String category, List<String> names) {
        Map<String, String> banners = new LinkedHashMap<>();
        Document list = alice.open("/mailboxes/" + category).expect(200).html();
        String era = list.select("[data-testid=message-row]").attr("data-ref").split("\\.")[0];
        for (int uid = 1; uid <= names.size(); uid++) {
            Document page = alice.open("/mailboxes/" + category + "/messages/" + era + "." + uid)
                    .expect(200)
                    .html();
            banners.put(
                    names.get(uid - 1),
                    page.select("[data-testid=trust-warning]").text());
        }
        return banners;
    }

    private static Path corpus() {
        Path corpus = Stream.of(System.getenv("PALOMAR_CORPUS"), "../shared/corpora", "../../shared/corpora")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        if (corpus == null) {
            String reason = "skipped: no corpus of messages at PALOMAR_CORPUS or ../shared/corpora";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            System.err.println(reason);
            throw Assumptions.<RuntimeException>abort(reason);
        }
        return corpus;
    }
}
