package org.palomar.message;

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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Every message of the corpus opens through Dovecot and is never blank; so are its frame, files, source and print view. */
class CorpusIT {

    private static final String ALICE = "alice@palomar.example";

    private static DovecotServer dovecot;
    private static Product product;
    private static Visitor alice;
    private static final Map<String, List<String>> categories = new TreeMap<>();

    @BeforeAll
    static void fill() throws IOException {
        Path corpus = Stream.of(System.getenv("PALOMAR_CORPUS"), "../shared/corpora", "../../shared/corpora")
                .filter(Objects::nonNull)
                .map(folder -> Path.of(folder, "messages"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        if (corpus == null) {
            String reason = "skipped: no corpus of messages at PALOMAR_CORPUS or ../shared/corpora";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        dovecot = DovecotServer.start();
        try (Stream<Path> files = Files.walk(corpus)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String category = corpus.relativize(file).getName(0).toString();
                for (byte[] message : split(Files.readAllBytes(file))) {
                    dovecot.put(ALICE, category, message);
                    categories
                            .computeIfAbsent(category, _ -> new ArrayList<>())
                            .add(file.getFileName().toString());
                }
            }
        }
        product = Product.at(dovecot.port());
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void stop() {
        if (alice != null) {
            alice.close();
        }
        if (product != null) {
            product.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    /** The messages of a file: an mbox has several, each behind a "From " line that is not part of it. */
    private static List<byte[]> split(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("From ")) {
            return List.of(file);
        }
        List<byte[]> messages = new ArrayList<>();
        for (String part : text.substring(5).split("\n\r?\n(?=From )From |\nFrom (?=\\S+@\\S+ \\w{3} )")) {
            messages.add(part.substring(part.indexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1));
        }
        return messages;
    }

    @Test
    void everyMessageOpensAndIsNeverBlank() {
        List<String> faults = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (var category : categories.entrySet()) {
            String segment = new MailboxName(category.getKey()).toSegment();
            List<String> rows = new ArrayList<>();
            for (int page = 1; page <= (category.getValue().size() + 49) / 50; page++) {
                Answer list = alice.get("mailboxes/" + segment + "?page=" + page);
                if (list.status() != 200) {
                    faults.add(list.uri() + " " + list.status());
                }
                list.html().select("[data-testid=message-row]").forEach(row -> rows.add(row.attr("data-ref")));
            }
            if (rows.size() != category.getValue().size()) {
                faults.add(category.getKey() + ": " + rows.size() + " rows for "
                        + category.getValue().size() + " messages");
            }
            for (String ref : rows) {
                // Rows come newest first; files were put in order.
                int uid = Integer.parseInt(ref.substring(ref.indexOf('.') + 1));
                String name = category.getKey() + "/" + category.getValue().get(uid - 1);
                for (String fault : open("mailboxes/" + segment + "/messages/" + ref, counts)) {
                    faults.add(name + ": " + fault);
                }
            }
        }
        System.err.println("corpus: " + counts);
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(counts.get("messages")).isGreaterThanOrEqualTo(247);
    }

    private static List<String> open(String path, Map<String, Integer> counts) {
        List<String> faults = new ArrayList<>();
        Answer answer = alice.get(path);
        if (answer.status() != 200) {
            return List.of("message " + answer.status() + " " + shortened(answer));
        }
        counts.merge("messages", 1, Integer::sum);
        Document page = answer.html();
        String kind = blankness(page, faults, counts);
        counts.merge(kind, 1, Integer::sum);
        for (Element file : page.select("[data-testid=attachment] a[href]")) {
            Answer content = alice.get(file.attr("href"));
            counts.merge("attachment links", 1, Integer::sum);
            if (content.status() != 200) {
                faults.add("attachment " + content.uri().getPath() + " " + content.status());
            }
        }
        for (String view : List.of("/source", "/print", "/message.eml")) {
            Answer other = alice.get(path + view);
            if (other.status() != 200 || other.body().length == 0) {
                faults.add(view + " " + other.status() + " " + shortened(other));
            }
        }
        for (String mode : List.of("reply", "forward")) {
            Answer compose = alice.get(
                    "compose?" + mode + "=" + path.replace("mailboxes/", "").replace("/messages", ""));
            if (compose.status() != 200) {
                faults.add(mode + " " + compose.status() + " " + shortened(compose));
            }
        }
        return faults;
    }

    private static String blankness(Document page, List<String> faults, Map<String, Integer> counts) {
        Element frame = page.selectFirst("[data-testid=message-body] iframe");
        if (frame != null) {
            Answer letter = alice.get(frame.attr("src"));
            if (letter.status() != 200) {
                faults.add("letter " + letter.status());
            }
            Document body = letter.html();
            boolean shows = body.body().hasText() || !body.select("img").isEmpty();
            if (!shows && page.select("[data-testid=attachment]").isEmpty()) {
                faults.add("the letter is blank");
            }
            return "html letters";
        }
        if (page.select("[data-testid=message-body]").hasText()) {
            return "text letters";
        }
        if (!page.select("[data-testid=attachment]").isEmpty()) {
            return "attachments only";
        }
        if (!page.select("[role=note]").isEmpty()) {
            return "explicit notes";
        }
        faults.add("the page is blank");
        return "blank";
    }

    private static String shortened(Answer answer) {
        String text = answer.isHtml() ? answer.html().text() : answer.text();
        return text.substring(0, Math.min(text.length(), 200));
    }
}
