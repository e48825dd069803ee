package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palomar.html.Harmless;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.HtmlToText;
import org.palomar.html.Images;
import org.palomar.html.TextToHtml;
import org.palomar.mail.BodyStructure;

/**
 * Feeds readers with what nobody wrote: pieces of real mail, cut, mixed and bitten (S37, S38). A second each with a fixed seed;
 * {@code -Dfuzz.seconds=600} goes on for longer, each time from another seed, which is printed. What was found once is kept
 * in {@code src/test/resources/fuzz} and tried first.
 */
class FuzzTest {

    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final int LONGEST = 20_000;

    /** Nobody waits longer for one input; generous, as machines may be loaded. */
    private static final long SLOW = 5_000_000_000L;

    enum Target {
        MIME(
                FuzzTest::mime,
                List.of(
                        "Content-Type: ",
                        "multipart/mixed",
                        "; boundary=",
                        "a",
                        "\r\n\r\n",
                        "--a",
                        "--a--",
                        "\r\n",
                        "message/rfc822",
                        "Content-Transfer-Encoding: base64",
                        "Content-Disposition: attachment; filename=",
                        "\"",
                        "multipart/digest",
                        "text/html; charset=",
                        "message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a")),
        HEADER(
                FuzzTest::header,
                List.of(
                        "=?utf-8?B?",
                        "=?iso-2022-jp?q?",
                        "?=",
                        "*0*=",
                        "utf-8''",
                        "%c3%",
                        "=E9",
                        "\"",
                        "\\",
                        "(",
                        ")",
                        "<",
                        ">",
                        ",",
                        ";",
                        ":",
                        "@",
                        "a",
                        " ",
                        "filename",
                        "name*1=",
                        "\u00e9",
                        "=?gb18030?B?gTCBMA==?=")),
        TNEF(
                FuzzTest::tnef,
                List.of(
                        "\170\237\76\42\0\0",
                        "\1\3\220\6\0",
                        "\2\2\220\6\0",
                        "\2\17\200\6\0",
                        "\4\0\0\0",
                        "\2\1\11\20",
                        "\377\377\377\177",
                        "LZFu",
                        "{\\rtf1\\fromhtml1",
                        "\\'e9\\u99?",
                        "\15\0\1\67",
                        "\37\0\0\20\1\0\0\0",
                        "{\\*\\htmltag64 <b>}")),
        EMBEDDED(
                FuzzTest::embedded,
                List.of(
                        "begin 644 a\r\n",
                        "end\r\n",
                        "#8V%T\r\n",
                        "`\r\n",
                        "=ybegin line=1 name=b\r\n",
                        "=yend\r\n",
                        "=",
                        "M",
                        "\r\n",
                        "\n",
                        "begin-base64 644 x\n",
                        "====\n")),
        TEXT(
                FuzzTest::text,
                List.of(
                        "> ",
                        ">>",
                        "http://",
                        "www.a.example",
                        "mailto:",
                        "<",
                        "&",
                        "\r\n",
                        "-- \r\n",
                        " ",
                        "\u202e",
                        "javascript:",
                        "a@b.example",
                        "(",
                        ")",
                        ".",
                        "\uD83D",
                        "\u00A0")),
        HTML(
                FuzzTest::html,
                List.of(
                        "<",
                        ">",
                        "<div style=\"",
                        "<style>",
                        "</style>",
                        "url(",
                        "@media",
                        "{",
                        "}",
                        "\"",
                        "'",
                        "<svg>",
                        "<math>",
                        "<mi>",
                        "<table>",
                        "<p>",
                        "</p>",
                        "<a href=",
                        "javascript:",
                        "<img src=cid:a",
                        "<!--",
                        "-->",
                        "\\65",
                        "expression(",
                        "<noscript>",
                        "<template>",
                        "onerror=",
                        "&#x6a;",
                        "<title>",
                        "]]>",
                        "<select>",
                        "\0"));

        private final Consumer<byte[]> reader;
        private final List<String> pieces;

        Target(Consumer<byte[]> reader, List<String> pieces) {
            this.reader = reader;
            this.pieces = pieces;
        }
    }

    @ParameterizedTest
    @EnumSource
    void survives(Target target) {
        int seconds = Integer.getInteger("fuzz.seconds", 1);
        long seed = seconds == 1 ? 20_261_123 : System.nanoTime();
        Random random = new Random(seed);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<byte[]> pool = new ArrayList<>();
        int tried = 0;
        while (System.nanoTime() < end) {
            byte[] input = next(target, random, pool);
            tried++;
            attempt(target, input);
            if (random.nextInt(20) == 0) {
                if (pool.size() < 200) {
                    pool.add(input);
                } else {
                    pool.set(random.nextInt(200), input);
                }
            }
        }
        System.err.println("fuzz: " + target + " " + tried + " inputs, seed " + seed);
        assertThat(tried).isPositive();
    }

    @Test
    void survivesWhatWasFoundBefore() throws IOException {
        try (Stream<Path> kept = Files.list(KEPT)) {
            for (Path file :
                    kept.filter(path -> path.toString().endsWith(".bin")).toList()) {
                String name = file.getFileName().toString();
                attempt(
                        Target.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(java.util.Locale.ROOT)),
                        Files.readAllBytes(file));
            }
        }
    }

    private static void attempt(Target target, byte[] input) {
        long start = System.nanoTime();
        try {
            target.reader.accept(input);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            fail(target + " fails on " + Base64.getEncoder().encodeToString(input), e);
        }
        if (System.nanoTime() - start > SLOW) {
            fail(target + " is slow on " + Base64.getEncoder().encodeToString(input));
        }
    }

    private static byte[] next(Target target, Random random, List<byte[]> pool) {
        StringBuilder input = new StringBuilder();
        if (!pool.isEmpty() && random.nextBoolean()) {
            input.append(new String(pool.get(random.nextInt(pool.size())), StandardCharsets.ISO_8859_1));
        }
        for (int i = random.nextInt(40); i > 0 && input.length() < LONGEST; i--) {
            int at = random.nextInt(input.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> input.insert(at, (char) random.nextInt(256));
                case 1 -> input.delete(at, Math.min(input.length(), at + random.nextInt(30)));
                case 2 -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(200))));
                case 3 -> {
                    if (at < input.length()) {
                        input.setCharAt(at, (char) (input.charAt(at) ^ 1 << random.nextInt(8)));
                    }
                }
                default -> {
                    String piece = target.pieces.get(random.nextInt(target.pieces.size()));
                    input.insert(at, piece.repeat(random.nextInt(30) == 0 ? 200 : 1));
                }
            }
        }
        return target == Target.TEXT || target == Target.HTML
                ? input.toString().getBytes(StandardCharsets.UTF_8)
                : input.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void mime(byte[] input) {
        WholeMessage message = WholeMessage.parse(input);
        MessageBody body = BodyChooser.choose(message.structure());
        assertThat(body.shown().size()
                        + body.attachments().size()
                        + body.notices().size())
                .isPositive();
        message.structure()
                .all()
                .filter(BodyStructure.Leaf.class::isInstance)
                .map(BodyStructure.Leaf.class::cast)
                .forEach(leaf -> {
                    byte[] raw = message.part(leaf.path()).orElseThrow();
                    PartText.decode(raw, leaf.encoding(), leaf.parameters().get("charset"));
                    Report.read(leaf.mediaType(), raw);
                });
        body.attachments().forEach(file -> assertThat(file.name()).isNotBlank().doesNotContain("/", "\\", "\r", "\n"));
    }

    private static void header(byte[] input) {
        String value = new String(input, StandardCharsets.ISO_8859_1);
        assertThat(HeaderText.decode(value)).doesNotContain("\r", "\n", "\0");
        String all = "From: " + value + "\r\nSubject: " + value + "\r\nDate: " + value + "\r\nContent-Type: a/b; "
                + value + "\r\n\r\n";
        byte[] octets = all.getBytes(StandardCharsets.ISO_8859_1);
        MimeHeader header = MimeHeader.read(octets, 0, octets.length);
        header.parameters("content-type")
                .values()
                .forEach(each -> assertThat(each).doesNotContain("\r", "\n"));
        HeaderEnvelope.of(header, null)
                .from()
                .forEach(address ->
                        assertThat(address.name() + address.address()).doesNotContain("\r", "\n", "\0"));
    }

    private static void tnef(byte[] input) {
        Tnef.unpack(input);
        Rtf.read(input);
        CompressedRtf.unpack(input);
        MapiProperties.read(new LittleEndian(input));
    }

    private static void embedded(byte[] input) {
        EmbeddedFiles.Found found = EmbeddedFiles.in(input);
        assertThat(found.rest()).hasSizeLessThanOrEqualTo(input.length);
    }

    private static void text(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (boolean flowed : new boolean[] {false, true}) {
            String html = Harmless.written(TextToHtml.render(text, new TextToHtml.Format(flowed, flowed), "quoted"));
            assertThat(Harmless.faults(html, false)).isEmpty();
        }
    }

    private static void html(byte[] input) {
        String source = new String(input, StandardCharsets.UTF_8);
        String clean = Harmless.written(HtmlCleaner.clean(source, Images.none()));
        assertThat(Harmless.faults(clean, false)).isEmpty();
        assertThat(Harmless.written(HtmlCleaner.clean(clean, Images.none()))).isEqualTo(clean);
        HtmlToText.text(source);
    }
}
