package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.palomar.html.Harmless.cleaned;
import static org.palomar.html.Harmless.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Large, deep and random input: always an answer, never an exception (THREATS S6, S37). */
class HtmlBoundsTest {

    /** Far above what is needed: only work that grows with the square of the input fails. */
    private static final Duration GENEROUS = Duration.ofSeconds(20);

    private static final List<String> PIECES = List.of(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=http://a.example>",
            "</a>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<div style='color:red;",
            "'>",
            "\">",
            "<style>",
            "</style>",
            "@media screen{",
            "p{color:red}",
            "}",
            "{",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<form>",
            "<button>",
            "</button>",
            "<select>",
            "<option>",
            "<textarea>",
            "</textarea>",
            "<img src=x onerror=alert(1) alt='",
            "<img src=\"http://a.example/",
            "<!--",
            "-->",
            "<title>",
            "<template>",
            "<noscript>",
            "</noscript>",
            "<pre>\n",
            "\n",
            "&lt;",
            "&#60;",
            "&amp;",
            "\0",
            "\ud83d",
            "\ufffe",
            "<li>",
            "<ul>",
            "<dl><dt>",
            "<h1>",
            "<center>",
            "<font color=red>",
            "<nobr>",
            "<i>",
            "<body bgcolor=red>",
            "<head>",
            "</body>",
            "<frameset>",
            "<iframe src=javascript:1>",
            "<script>",
            "</script>",
            "url(",
            ")",
            ";",
            "\\",
            "/*",
            "*/",
            "'",
            "\"",
            "`",
            " ",
            "text",
            "<xmp>",
            "<plaintext>",
            "<caption>",
            "<colgroup><col>",
            "<object>",
            "<ruby><rt>",
            "<details open>",
            "<blockquote>",
            "javascript:",
            "position:fixed",
            "background:url(http://a.example/)",
            "<o:p>");

    static Stream<String> large() {
        return Stream.of(
                "<div>".repeat(100_000) + "end",
                "<b>".repeat(100_000) + "end",
                "<b><p>".repeat(50_000) + "end",
                "<a href=http://x><p>".repeat(20_000) + "end",
                "<table>".repeat(100_000) + "end",
                "<table><tr><td>".repeat(50_000) + "end",
                "<font color=red>".repeat(20_000) + "<p>".repeat(50_000) + "end",
                "<p><button>".repeat(50_000) + "end",
                "<p>".repeat(500_000) + "end",
                "&".repeat(5_000_000),
                "<".repeat(5_000_000),
                "<p " + "a=1 b=2 ".repeat(100_000) + ">end",
                "<style>" + "a{".repeat(100_000) + "</style>end",
                "<style>" + "@media screen{".repeat(30_000) + "</style>end",
                "<style>" + "a{color:red}".repeat(40_000) + "</style>end",
                "<p style='" + "color:red;(".repeat(100_000) + "'>end",
                "<p style='width:" + "calc(".repeat(100_000) + "'>end",
                "<svg><foreignObject>".repeat(50_000) + "end",
                "<select><option>".repeat(50_000) + "end",
                "<!--".repeat(500_000),
                "\0".repeat(5_000_000),
                "x".repeat(6_000_000));
    }

    @ParameterizedTest
    @MethodSource("large")
    @Timeout(60)
    void s37LargeInputIsAnsweredInTime(String html) {
        long start = System.nanoTime();
        String once = cleaned(html);
        HtmlToText.text(html);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        assertThat(once.length()).isLessThanOrEqualTo(HtmlCleaner.LONGEST);
        assertThat(cleaned(once).equals(once)).as("stable").isTrue();
    }

    @Test
    void deepTextIsKept() {
        assertThat(cleaned("<div>".repeat(100_000) + "end")).contains("end");
        assertThat(HtmlToText.text("<div>".repeat(100_000) + "end")).isEqualTo("end\n");
    }

    @Test
    @Timeout(120)
    void s6RandomMarkupIsHarmlessAndStable() {
        Random random = new Random(20260518);
        for (int i = 0; i < 6_000; i++) {
            StringBuilder html = new StringBuilder();
            int pieces = 1 + random.nextInt(40);
            for (int j = 0; j < pieces; j++) {
                html.append(PIECES.get(random.nextInt(PIECES.size())));
                if (random.nextInt(8) == 0 && !html.isEmpty()) {
                    int at = random.nextInt(html.length());
                    switch (random.nextInt(3)) {
                        case 0 -> html.deleteCharAt(at);
                        case 1 -> html.insert(at, (char) random.nextInt(0x80));
                        default -> html.setCharAt(at, (char) random.nextInt(0x3000));
                    }
                }
            }
            String input = html.toString();
            String once = cleaned(input);
            assertThat(faults(once, false)).as(input).isEmpty();
            assertThat(cleaned(once)).as(input).isEqualTo(once);
            assertThatCode(() -> HtmlToText.text(input)).as(input).doesNotThrowAnyException();
        }
    }
}
