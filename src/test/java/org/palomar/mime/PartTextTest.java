package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTextTest {

    @ParameterizedTest
    @CsvSource({
        "UTF-8, utf-8",
        "UTF-8, ",
        "UTF-8, iso-8859-1",
        "UTF-8, us-ascii",
        "windows-1252, utf-8",
        "windows-1252, ",
        "windows-1252, x-unknown",
        "windows-1252, iso-8859-1",
        "ISO-8859-1, '\"iso-8859-1\";x'",
        "UTF-16, utf-16",
        "UTF-16LE, utf-16",
        "UTF-8, utf-16"
    })
    void seesThroughWrongLabels(String real, String label) {
        String text = "Grüße, señor. Ça va très bien.";
        assertThat(PartText.decode(text.getBytes(Charset.forName(real)), "8bit", label))
                .isEqualTo(text);
    }

    @Test
    void readsAsianCharsets() {
        assertThat(PartText.decode("日本語①".getBytes(Charset.forName("x-windows-iso2022jp")), "7bit", "iso-2022-jp"))
                .isEqualTo("日本語①");
        assertThat(PartText.decode("日本語".getBytes(Charset.forName("ISO-2022-JP")), "7bit", null))
                .isEqualTo("日本語");
        assertThat(PartText.decode("中文镕".getBytes(Charset.forName("GB18030")), "8bit", "gb2312"))
                .isEqualTo("中文镕");
        assertThat(PartText.decode("한국어 뷁".getBytes(Charset.forName("x-windows-949")), "8bit", "ks_c_5601-1987"))
                .isEqualTo("한국어 뷁");
        assertThat(PartText.decode("~{<:Ky2;SP!#~}".getBytes(StandardCharsets.US_ASCII), "7bit", "hz-gb-2312"))
                .isEqualTo("己所不有。");
    }

    @ParameterizedTest
    @CsvSource({
        "quoted-printable;, caf=C3=A9",
        "QUOTED-PRINTABLE (it is), caf=C3=A9",
        "'\"quoted-printable\"', caf=C3=A9",
        "quoted_printable, caf=C3=A9",
        "base64;, Y2Fmw6k=",
        "base-64, Y2Fmw6k=",
        "x-base64, Y2Fmw6k=",
        "'', café",
        "7-bit, café",
        "text/html, café"
    })
    void knowsTransferEncodingsByAllTheirNames(String encoding, String raw) {
        assertThat(PartText.decode(raw.getBytes(StandardCharsets.UTF_8), encoding, "utf-8"))
                .isEqualTo("café");
    }

    @ParameterizedTest
    @CsvSource({
        "cp932, windows-31j, ①日本語",
        "ms950, Big5-HKSCS, 中文內容",
        "x-mac-roman, x-MacRoman, café",
        "cp1251, windows-1251, привет",
        "win-1251, windows-1251, привет",
        "x-cp1250, windows-1250, žluťoučký"
    })
    void knowsCharsetsByAllTheirNames(String label, String charset, String text) {
        assertThat(PartText.decode(text.getBytes(Charset.forName(charset)), "8bit", label))
                .isEqualTo(text);
    }

    @Test
    void aPageSaysItsCharsetWhereTheMessageDoesNot() {
        byte[] page = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>привет"
                .getBytes(Charset.forName("windows-1251"));
        assertThat(PartText.decode(page, "8bit", "us-ascii")).endsWith("привет");
    }

    @Test
    void readsUtf7() {
        assertThat(PartText.decode("Hi Mom -+Jjo--! 1 +- 1".getBytes(StandardCharsets.US_ASCII), "7bit", "utf-7"))
                .isEqualTo("Hi Mom -☺-! 1 + 1");
    }

    @Test
    void stripsByteOrderMarkAndNul() {
        assertThat(PartText.decode("\uFEFFa\0b".getBytes(StandardCharsets.UTF_8), "8bit", "utf-8"))
                .isEqualTo("ab");
    }

    @Test
    void findsTheCharsetInHtml() {
        byte[] html = "<html><meta http-equiv=x content='text/html; charset=windows-1251'><p>Привет"
                .getBytes(Charset.forName("windows-1251"));
        assertThat(PartText.decode(html, "8bit", null)).endsWith("Привет");
    }

    @Test
    void undoesTransferEncodingsHoweverDamaged() {
        assertThat(text("=E2=82=AC a=\r\nb=3D =zz =4", "quoted-printable")).isEqualTo("€ ab= =zz =4");
        assertThat(text("a  \r\nb=  \r\nc", "Quoted-Printable")).isEqualTo("a\r\nbc");
        assertThat(text("x=1\r\ny=\nz", "quoted-printable")).isEqualTo("x=1\r\nyz");
        assertThat(text("SGVs*bG8s\r\nIHdvcmxk", "BASE64")).isEqualTo("Hello, world");
        assertThat(text("SGk=SGk=", "base64")).isEqualTo("HiHi");
        assertThat(text("soft=", "quoted-printable")).isEqualTo("soft");
        assertThat(text("a=3D=  ", "quoted-printable")).isEqualTo("a=");
        assertThat(text("begin 644 a\r\n%2&5L;&\\\r\n`\r\nend\r\n", "x-uuencode"))
                .isEqualTo("Hello");
        assertThat(text("as it is", "x-nonsense")).isEqualTo("as it is");
    }

    @Test
    void streamsInPiecesLikeInOneAndLeavesTheTargetOpen() throws IOException {
        byte[] octets = new byte[100_000];
        new Random(7).nextBytes(octets);
        byte[] encoded = Base64.getMimeEncoder().encode(octets);
        boolean[] closed = {false};
        ByteArrayOutputStream target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        try (OutputStream decoder = Decoding.stream("base64", target)) {
            for (int at = 0; at < encoded.length; at += 7) {
                decoder.write(encoded, at, Math.min(7, encoded.length - at));
            }
        }
        assertThat(target.toByteArray()).isEqualTo(octets);
        assertThat(closed[0]).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "quoted-printable", "x-uuencode", "7bit"})
    @Timeout(60)
    void staysLinearOnHostileInput(String encoding) {
        for (String unit : new String[] {"=", " ", "= ", "=\r", "begin ", "\u001b$B", "+", "~{", "\0"}) {
            byte[] raw = unit.repeat(4_000_000 / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
            for (String charset : new String[] {"utf-8", "iso-2022-jp", "utf-7", "hz-gb-2312", "utf-16"}) {
                assertThat(PartText.decode(raw, encoding, charset).length()).isLessThanOrEqualTo(raw.length);
            }
        }
    }

    @Test
    @Timeout(20)
    void neverFails() {
        Random random = new Random(1);
        String[] charsets = {
            "utf-7", "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "gb18030", "big5", "x-nope", "utf-32", "ü\n", "cp037"
        };
        for (int i = 0; i < 3_000; i++) {
            byte[] raw = new byte[random.nextInt(300)];
            random.nextBytes(raw);
            if (i % 2 == 0) {
                raw = Arrays.copyOf(
                        ("\u001b$B=?=" + new String(raw, StandardCharsets.ISO_8859_1))
                                .getBytes(StandardCharsets.ISO_8859_1),
                        200);
            }
            String encoding = new String[] {"base64", "quoted-printable", "x-uuencode", "8bit"}[i % 4];
            assertThat(PartText.decode(raw, encoding, charsets[i % charsets.length]))
                    .doesNotContain("\0");
        }
    }

    @Test
    void givesAPreviewWithoutNoise() {
        assertThat(PreviewText.of("""
                Thanks, that works!

                On Monday Bob wrote:
                > old words
                https://tracker.example/x
                --\s
                Alice
                """)).isEqualTo("Thanks, that works!");
        assertThat(PreviewText.of("> only\n> quoted")).isEqualTo("> only > quoted");
        assertThat(PreviewText.of("\u200c\u034f \u200c Sale ".repeat(3) + "word ".repeat(100)))
                .startsWith("Sale")
                .hasSizeLessThanOrEqualTo(140)
                .endsWith("…");
        assertThat(Duration.ofMillis(time(() -> PreviewText.of("a ".repeat(5_000_000)))))
                .isLessThan(Duration.ofSeconds(2));
    }

    private static long time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static String text(String encoded, String encoding) {
        return PartText.decode(encoded.getBytes(StandardCharsets.ISO_8859_1), encoding, "utf-8");
    }
}
