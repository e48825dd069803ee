package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palomar.html.Harmless;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.HtmlToText;
import org.palomar.html.Images;
import org.palomar.html.TextToHtml;
import org.palomar.mail.BodyStructure;
import org.palomar.testing.Fuzz;

/** Readers of mail survive what nobody wrote (S37, S38). */
class FuzzTest {

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
                        "\0")),
        CSS(
                FuzzTest::css,
                List.of(
                        "{",
                        "}",
                        ";",
                        ":",
                        "(",
                        ")",
                        "[",
                        "]",
                        "\"",
                        "'",
                        "\\",
                        "\\75 rl(",
                        "\\0",
                        "/*",
                        "*/",
                        "<!--",
                        "-->",
                        "</style>",
                        "]]>",
                        "@media ",
                        "@import ",
                        "@font-face{src:",
                        "@charset",
                        "@supports(",
                        "url(",
                        "url(\"http://a.example/",
                        "image-set(",
                        "expression(",
                        "var(--a)",
                        "calc(",
                        "a",
                        ".b",
                        "#c",
                        ">",
                        "*",
                        ":not(",
                        ":hover",
                        "::before",
                        "background:",
                        "position:fixed",
                        "width:9e9px",
                        "content:",
                        "!important",
                        "U+26",
                        "1e3",
                        "\n",
                        "\f",
                        "\u00e9"));

        private final Consumer<byte[]> reader;
        private final List<String> pieces;

        Target(Consumer<byte[]> reader, List<String> pieces) {
            this.reader = reader;
            this.pieces = pieces;
        }
    }

    @ParameterizedTest
    @EnumSource
    void survives(Target target) throws IOException {
        Charset charset = switch (target) {
            case TEXT, HTML, CSS -> StandardCharsets.UTF_8;
            default -> StandardCharsets.ISO_8859_1;
        };
        new Fuzz(target.name().toLowerCase(Locale.ROOT), charset, target.pieces, target.reader).run();
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

    /** As a style sheet, as a style and as a media query. */
    private static void css(byte[] input) {
        String css = new String(input, StandardCharsets.UTF_8);
        Document page = Document.createShell("");
        page.head().appendElement("style").appendChild(new DataNode(css));
        Element styled = page.body().appendElement("p");
        styled.attr("style", css).text("a");
        page.head().appendElement("style").attr("media", css).appendChild(new DataNode("p{color:red}"));
        html(page.outerHtml().getBytes(StandardCharsets.UTF_8));
    }
}
