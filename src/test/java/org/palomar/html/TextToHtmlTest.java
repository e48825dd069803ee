package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palomar.html.Harmless.faults;
import static org.palomar.html.Harmless.written;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.html.TextToHtml.Format;

/** Plain text as HTML (THREATS S8). */
class TextToHtmlTest {

    private static final Format FLOWED = new Format(true, false);
    private static final Format DEL_SP = new Format(true, true);

    @Test
    void escapesAndKeepsLines() {
        assertThat(render("a <b> & \"c\"\r\n  d\n"))
                .isEqualTo("<div class=\"plain-text\">a &lt;b&gt; &amp; \"c\"<br>  d</div>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://a.example/x.|https://a.example/x",
                "(https://a.example/x)|https://a.example/x",
                "https://a.example/wiki/X_(y)|https://a.example/wiki/X_(y)",
                "(see https://a.example/X_(y)).|https://a.example/X_(y)",
                "<https://a.example/x>|https://a.example/x",
                "[https://a.example/x]:|https://a.example/x",
                "\"https://a.example/x\"|https://a.example/x",
                "https://a.example/?a=1&b=2!|https://a.example/?a=1&b=2",
                "www.a.example, you know|http://www.a.example",
                "mailto:a@b.example?|mailto:a@b.example",
                "HTTPS://A.example/|https://A.example/",
                "https://a.example/ñ|https://a.example/ñ",
                "write to a.b+c@d.example.|mailto:a.b+c@d.example",
                "Alice <alice@palomar.example>|mailto:alice@palomar.example",
                "(a@b.co)|mailto:a@b.co",
                "https://a@b.example/|https://a@b.example/",
                "a@a.co?]<img/src=/x/onerror=alert(1)>|mailto:a@a.co",
            })
    void makesLinks(String text, String target) {
        Element link = Jsoup.parse(render(text)).expectFirst("a");
        assertThat(link.attr("href")).isEqualTo(target);
        assertThat(link.attr("rel")).isEqualTo("noopener noreferrer");
        assertThat(link.attr("target")).isEqualTo("_blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "xhttp://a.example",
                "http://",
                "www.",
                "[<script>alert(1)</script>]",
                "a@b",
                "@b.example",
                "a@.example",
                "a@b..example",
                "a@b.1",
                "https://\"onmouseover=alert(1)",
                "data:text/html,x",
            })
    void s8MakesNoOtherLinks(String text) {
        assertThat(Jsoup.parse(render(text)).select("a, img, script")).isEmpty();
    }

    @Test
    void s8NothingButOurElementsAndTheTextItself() {
        List<String> pieces = List.of(
                "<",
                ">",
                "&",
                "\"",
                "'",
                "http://",
                "https://a.example/",
                "www.",
                "mailto:",
                "[",
                "]",
                "(",
                ")",
                "?",
                "<img src=x onerror=1>",
                "&lt;",
                "&#60;",
                "@",
                "a@b.co",
                "a",
                " ",
                "x",
                "<script>",
                "]]>",
                "<!--",
                "{{",
                "${",
                ".",
                ",",
                "\u202e",
                "é",
                "\ud83d\ude00");
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("t");
            for (int j = random.nextInt(30); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String html = render(text.toString());
            assertThat(Jsoup.parse(html).body().wholeText()).isEqualTo(text.toString());
            for (Element element : Jsoup.parse(html).body().children().select("*")) {
                assertThat(Set.of("div", "a", "br")).contains(element.normalName());
            }
            assertThat(faults(html, false)).as(text.toString()).isEmpty();
        }
    }

    @Test
    void nestsQuotesByLevel() {
        assertThat(render("hi\n> a\n>> b\n> > c\n> d\nbye"))
                .isEqualTo(
                        "<div class=\"plain-text\">hi<blockquote class=\"quoted\">a<blockquote class=\"quoted\">b<br>c</blockquote>"
                                + "d</blockquote>bye</div>");
    }

    @Test
    void foldsLongQuotesAfterText() {
        String quote = "> line\n".repeat(6);
        assertThat(render("Hello\n" + quote))
                .contains("<details class=\"quote-fold\"><summary>Show quote</summary><blockquote class=\"quoted\">");
        assertThat(render(quote + "my answer")).doesNotContain("<details");
        assertThat(render("Hello\n" + "> line\n".repeat(5))).doesNotContain("<details");
    }

    @Test
    void setsSignaturesApart() {
        assertThat(render("Hello\n-- \nAlice\n> x"))
                .isEqualTo(
                        "<div class=\"plain-text\">Hello<div class=\"signature\">-- <br>Alice<br>&gt; x</div></div>");
        assertThat(render("--\nx")).doesNotContain("signature");
    }

    @Test
    void joinsFlowedLines() {
        assertThat(text("one \ntwo\n\n three\n>a \n>b\n>>c \n>d\n-- \nsig ", FLOWED))
                .isEqualTo("one two\n\nthree\na b\nc \nd\n-- \nsig ");
        assertThat(text("日 \n本", DEL_SP)).isEqualTo("日本");
        assertThat(text("one \ntwo", Format.FIXED)).isEqualTo("one \ntwo");
        assertThat(text(" >not quoted", FLOWED)).isEqualTo(">not quoted");
    }

    @Test
    @Timeout(60)
    void takesTextOfAnySize() {
        assertThat(TextToHtml.render("", Format.FIXED, "f").empty()).isTrue();
        for (String text : List.of(
                ">".repeat(1_000_000),
                "> ".repeat(1_000_000),
                "http://".repeat(500_000),
                "(".repeat(1_000_000),
                "http://a" + ")".repeat(1_000_000),
                "@".repeat(1_000_000),
                "a.".repeat(500_000) + "@",
                "a@b".repeat(300_000),
                "\n".repeat(1_000_000),
                "a \n".repeat(500_000),
                "x".repeat(6_000_000))) {
            assertThat(TextToHtml.render(text, FLOWED, "f").toString()).isNotEmpty();
            assertThat(TextToHtml.render(text, Format.FIXED, "f").toString()).isNotEmpty();
        }
    }

    private static String render(String text) {
        return written(TextToHtml.render(text, Format.FIXED, "Show quote"));
    }

    /** The text of the rendering, a line for each break and block. */
    private static String text(String text, Format format) {
        Element body =
                Jsoup.parse(written(TextToHtml.render(text, format, "f"))).body();
        for (Element block : body.select("blockquote, div.signature")) {
            if (block.previousSibling() != null) {
                block.before(new TextNode("\n"));
            }
            if (block.nextSibling() != null) {
                block.after(new TextNode("\n"));
            }
        }
        return body.wholeText()
                .replace("\n\n\n", "\n")
                .replace("b\n\nc", "b\nc")
                .replace("d\n\n", "d\n");
    }
}
