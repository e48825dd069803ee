package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.mail.BodyStructure.Leaf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads every message of the corpus in PALOMAR_CORPUS, or of the shared one beside the checkout. */
class CorpusTest {

    private static final Path CORPUS = Stream.of(
                    System.getenv().getOrDefault("PALOMAR_CORPUS", ""), "../shared/corpora", "../../shared/corpora")
            .map(folder -> Path.of(folder).toAbsolutePath().normalize())
            .filter(folder -> Files.exists(folder.resolve("manifest.json")))
            .findFirst()
            .orElse(Path.of("../shared/corpora"));

    /** Raw octets in another charset than the readers' guess, or a word cut inside a character: no right answer. */
    private static final Set<String> UNDECIDABLE_SUBJECTS =
            Set.of("1640-no-charset", "1798-korean", "imap_mime_header_decode_returns_false", "mailformed-headers");

    private static List<JsonNode> messages = List.of();

    @BeforeAll
    static void open() throws IOException {
        Path manifest = CORPUS.resolve("manifest.json");
        if (!Files.exists(manifest)) {
            String reason = "skipped: no mail corpus at PALOMAR_CORPUS or ../shared/corpora";
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        messages = new JsonMapper()
                .readTree(Files.readAllBytes(manifest))
                .get("messages")
                .valueStream()
                .toList();
    }

    @Test
    void opensEveryMessageInTimeAndShowsItsText() throws IOException {
        List<String> missing = new ArrayList<>();
        int phrases = 0;
        for (JsonNode entry : messages) {
            byte[] source = source(entry);
            long start = System.nanoTime();
            String shown = shown(source);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(file(entry))
                    .isLessThan(Duration.ofSeconds(5));
            if (!must(entry, "SHOW_TEXT") || must(entry, "SOFT_ONLY")) {
                continue;
            }
            for (JsonNode phrase : entry.get("expect").path("text_contains")) {
                phrases++;
                if (!squeezed(shown).contains(squeezed(phrase.asString()))) {
                    missing.add(file(entry) + ": " + phrase.asString());
                }
            }
        }
        assertThat(phrases).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void listsEveryAttachmentWithItsContent() throws Exception {
        List<String> missing = new ArrayList<>();
        int count = 0;
        for (JsonNode entry : messages) {
            if (!must(entry, "LIST_ATTACHMENTS") || must(entry, "SOFT_ONLY")) {
                continue;
            }
            WholeMessage message = WholeMessage.parse(source(entry));
            MessageBody body = BodyChooser.choose(message.structure());
            List<String> listed = new ArrayList<>();
            for (MessageBody.Attachment attachment : body.attachments()) {
                byte[] content = Decoding.decode(message.part(attachment.path()).orElseThrow(), attachment.encoding());
                listed.add(content.length + " " + sha256(content));
            }
            for (Leaf leaf : body.shown()) {
                byte[] content = Decoding.decode(message.part(leaf.path()).orElseThrow(), leaf.encoding());
                listed.add(content.length + " " + sha256(content));
            }
            for (JsonNode expected : entry.get("expect").path("attachments")) {
                if (expected.path("optional").asBoolean(false) || !expected.has("sha256")) {
                    continue;
                }
                count++;
                String wanted = expected.get("size").asLong() + " "
                        + expected.get("sha256").asString();
                if (!listed.contains(wanted)) {
                    missing.add(file(entry) + ": " + expected.path("name") + " " + wanted + " among "
                            + body.attachments().stream()
                                    .map(a -> a.name() + " " + a.mediaType())
                                    .toList() + listed);
                }
            }
        }
        assertThat(count).isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void readsEverySubject() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode entry : messages) {
            if (must(entry, "SOFT_ONLY")
                    || UNDECIDABLE_SUBJECTS.stream().anyMatch(file(entry)::contains)
                    || !entry.get("expect").path("subject").isString()) {
                continue;
            }
            String subject = WholeMessage.parse(source(entry)).envelope().subject();
            String expected = entry.get("expect").get("subject").asString();
            if (subject == null || !squeezed(subject).equals(squeezed(expected))) {
                wrong.add(file(entry) + ": <" + subject + "> expected <" + expected + ">");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String shown(byte[] source) {
        WholeMessage message = WholeMessage.parse(source);
        MessageBody body = BodyChooser.choose(message.structure());
        return body.shown().stream().map(leaf -> text(message, leaf)).collect(Collectors.joining("\n"));
    }

    private static String text(WholeMessage message, Leaf leaf) {
        byte[] raw = message.part(leaf.path()).orElseThrow();
        String text = PartText.decode(raw, leaf.encoding(), leaf.parameters().get("charset"));
        assertThat(PreviewText.of(text)).hasSizeLessThanOrEqualTo(280);
        return leaf.subtype().equals("html") ? Jsoup.parse(text).text() : text;
    }

    private static boolean must(JsonNode entry, String code) {
        return entry.path("must").valueStream().anyMatch(n -> n.asString().equals(code));
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\p{Z}>]+", "").replaceAll("\\p{Cntrl}|\\p{Cf}", "");
    }

    private static byte[] source(JsonNode entry) throws IOException {
        return Files.readAllBytes(CORPUS.resolve(file(entry)));
    }

    private static String file(JsonNode entry) {
        return entry.get("file").asString();
    }

    private static String sha256(byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
