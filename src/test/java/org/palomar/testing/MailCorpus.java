package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The corpus of mails with expectations, in the folder PALOMAR_CORPUS or beside the checkout; it is not ours to publish. */
public final class MailCorpus {

    private final Path folder;
    private final JsonNode manifest;

    private MailCorpus(Path folder) {
        this.folder = folder;
        this.manifest = read(folder.resolve("manifest.json"));
    }

    /** Opens it; without one the test is skipped, or fails under CI. */
    public static MailCorpus open() {
        Path folder = Stream.of(System.getenv("PALOMAR_CORPUS"), "../shared/corpora", "../../shared/corpora")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(path -> Files.exists(path.resolve("manifest.json")))
                .findFirst()
                .orElse(null);
        if (folder == null) {
            String reason = "skipped: no corpus of mails at PALOMAR_CORPUS or ../shared/corpora";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        return new MailCorpus(Objects.requireNonNull(folder));
    }

    public List<Mail> mails() {
        return manifest.get("messages").valueStream().map(Mail::new).toList();
    }

    /** The vectors of one list, such as {@code header-vectors-jsmime}. */
    public List<JsonNode> vectors(String list) {
        return read(folder.resolve("vectors/" + list + ".json"))
                .get("entries")
                .valueStream()
                .toList();
    }

    private static JsonNode read(Path json) {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One mail and what is expected of it. */
    public final class Mail {

        private final JsonNode entry;

        private Mail(JsonNode entry) {
            this.entry = entry;
        }

        public String id() {
            return entry.get("id").asString() + " " + entry.get("file").asString();
        }

        public String category() {
            return entry.get("category").asString();
        }

        public JsonNode expect() {
            return entry.get("expect");
        }

        public boolean must(String code) {
            return has("must", code);
        }

        public boolean mustNot(String code) {
            return has("must_not", code);
        }

        private boolean has(String list, String code) {
            return entry.path(list)
                    .valueStream()
                    .anyMatch(node -> node.asString().equals(code));
        }

        /** The message itself: a "From " line of an mbox file is no part of it. */
        public byte[] source() {
            try {
                byte[] file =
                        Files.readAllBytes(folder.resolve(entry.get("file").asString()));
                int lines = 0;
                if (entry.path("format").asString("eml").startsWith("mbox")
                        && new String(file, 0, Math.min(5, file.length), StandardCharsets.US_ASCII).equals("From ")) {
                    while (lines < file.length && file[lines] != '\n') {
                        lines++;
                    }
                    lines++;
                }
                return Arrays.copyOfRange(file, Math.min(lines, file.length), file.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return id();
        }
    }
}
