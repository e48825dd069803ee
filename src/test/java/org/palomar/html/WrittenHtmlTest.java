package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the editor sends, made fit to go out. */
class WrittenHtmlTest {

    /** Inline CSS that Gmail, Outlook and Apple Mail all show, as their makers and testers list it. */
    private static final Set<String> SAFE_CSS = Set.of(
            "background-color",
            "border",
            "border-bottom",
            "border-collapse",
            "border-color",
            "border-left",
            "border-radius",
            "border-right",
            "border-spacing",
            "border-style",
            "border-top",
            "border-width",
            "color",
            "direction",
            "font-family",
            "font-size",
            "font-style",
            "font-weight",
            "height",
            "letter-spacing",
            "line-height",
            "list-style-type",
            "margin",
            "margin-bottom",
            "margin-left",
            "margin-right",
            "margin-top",
            "max-width",
            "padding",
            "padding-bottom",
            "padding-left",
            "padding-right",
            "padding-top",
            "text-align",
            "text-decoration",
            "text-indent",
            "text-transform",
            "vertical-align",
            "white-space",
            "width",
            "word-break");

    private static final Set<String> ATTRIBUTES = Set.of(
            "align",
            "alt",
            "bgcolor",
            "border",
            "cellpadding",
            "cellspacing",
            "colspan",
            "dir",
            "height",
            "href",
            "rowspan",
            "src",
            "start",
            "style",
            "type",
            "valign",
            "width");

    private static WrittenHtml clean(String html) {
        return WrittenHtml.clean(html, source -> source.equals("ours") ? "cid:1@palomar.example" : null)
                .orElseThrow();
    }

    @Test
    void whatTheEditorMakesStays() {
        WrittenHtml written = clean("<div>Hi <b>you</b>, <span class=\"color\" style=\"color:#b3261e\">red</span></div>"
                + "<ul><li>one</li><li>two</li></ul><blockquote>old</blockquote><img src=\"ours\" alt=\"A roof\">");
        assertThat(written.fragment())
                .isEqualTo("<div>Hi <b>you</b>, <span style=\"color:#b3261e\">red</span></div>"
                        + "<ul><li>one</li><li>two</li></ul>"
                        + "<blockquote type=\"cite\" style=\"margin:0 0 0 0.8ex;border-left:1px solid #cccccc;padding-left:1ex\">"
                        + "old</blockquote><img src=\"cid:1@palomar.example\" alt=\"A roof\">");
        assertThat(written.formatted()).isTrue();
        assertThat(written.text()).isEqualTo("Hi you, red\n- one\n- two\n> old\nA roof\n");
    }

    @Test
    void wordsAloneAreNotFormatted() {
        assertThat(clean("<div>Hi</div><div><br></div><blockquote><div>old</div></blockquote>"
                                + "<div><a href=\"https://palomar.example/\">https://palomar.example/</a></div>")
                        .formatted())
                .isFalse();
        for (String some : List.of(
                "<i>x</i>",
                "<ol><li>x</li></ol>",
                "<a href=\"https://a.example/\">there</a>",
                "<div style=\"text-align:center\">x</div>",
                "<table><tr><td>x</td></tr></table>",
                "<pre>x</pre>")) {
            assertThat(clean(some).formatted()).as(some).isTrue();
        }
    }

    @Test
    void theTextKeepsBlankLinesNumbersAndDepth() {
        assertThat(clean(
                                "<div>One</div><div><br></div><div><br></div><div>Two&nbsp; wide</div>"
                                        + "<ol start=\"3\"><li>three<ul><li>deep</li></ul></li><li>four</li></ol>"
                                        + "<blockquote><div>a</div><blockquote><div>b</div></blockquote></blockquote>"
                                        + "<div>see <a href=\"https://x.example/y\">this</a></div><div>-- </div><div>Alice</div>")
                        .text())
                .isEqualTo(
                        "One\n\n\nTwo  wide\n3. three\n  - deep\n4. four\n> a\n> > b\nsee this <https://x.example/y>\n-- \nAlice\n");
    }

    @Test
    void plainTextAsHtmlSaysTheSame() {
        for (String text :
                List.of("One\n\n\nTwo\n", "> a\n> > b\n> c\nd\n", "  two  spaces <b>&\n", "On Monday:\n> x\n\ny\n")) {
            WrittenHtml back = clean(WrittenHtml.ofText(text));
            assertThat(back.text()).isEqualTo(text);
            assertThat(back.formatted()).isFalse();
        }
    }

    static List<String> hostile() {
        return List.of(
                "<script>alert(1)</script><b onclick=alert(1)>x</b>",
                "<a href=\"javascript:alert(1)\">x</a><a href=\"data:text/html,x\">y</a><a href=\"vbscript:x\">z</a>",
                "<img src=x onerror=alert(1)><img src=\"https://tracker.example/a.gif\"><img src=\"cid:other\">"
                        + "<img srcset=\"https://x.example/y 2x\" src=ours>",
                "<div style=\"position:fixed;top:0;background:url(https://x.example/a);color:red;behavior:url(x)\">x</div>",
                "<div class=\"a\" id=\"b\" style=\"width:expression(alert(1));font-family:'a;b}c'\">x</div>",
                "<style>*{color:red}</style><link rel=stylesheet href=//x.example/y><meta http-equiv=refresh content=0>",
                "<svg><a xlink:href=\"javascript:x\"><style><img src=x></style></a></svg><math><mi href=x>x</mi></math>",
                "<form action=//x.example><input name=a><button formaction=//y>go</button><textarea>t</textarea></form>",
                "<iframe src=//x.example></iframe><object data=//x></object><embed src=//x><video src=//x></video>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<table><td><style><a title=\"</style><img src onerror=alert(1)>\">",
                "<div style=\"color:rgb(1,2,3);background-color:light-dark(red,blue);width:calc(1px + 2px)\">x</div>",
                "<p style=\"display:none\">hidden</p><div style=\"background-image:url(cid:x)\">x</div>",
                "<!--[if mso]><script>x</script><![endif]--><o:p>word</o:p><font face=x>f</font>",
                "<base href=//x.example><title>t</title><template><img src=x></template>");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingButTheListComesThrough(String html) {
        for (String around :
                List.of("%s", "<table><tr>%s", "<div><div>%s</div>", "<pre>%s", "<a href=//x.example>%s")) {
            WrittenHtml written = clean(around.formatted(html));
            Document document = Jsoup.parse(written.fragment());
            assertThat(document.head().children()).isEmpty();
            for (Element element : document.body().getAllElements()) {
                if (element == document.body()) {
                    continue;
                }
                assertThat(element.normalName()).isIn(WritingRules.ELEMENTS);
                for (Attribute attribute : element.attributes()) {
                    assertThat(attribute.getKey()).isIn(ATTRIBUTES);
                }
                if (element.hasAttr("src")) {
                    assertThat(element.attr("src")).isEqualTo("cid:1@palomar.example");
                }
                if (element.hasAttr("href")) {
                    assertThat(element.attr("href")).matches("(?:https?://|mailto:|tel:).*");
                }
                style(element.attr("style"));
            }
            assertThat(written.fragment())
                    .doesNotContainIgnoringCase("script")
                    .doesNotContain("url(", "calc(", "light-dark");
        }
    }

    private static void style(String style) {
        if (style.isEmpty()) {
            return;
        }
        for (String declaration : style.split(";(?=[a-z-]+:)")) {
            String property = declaration.substring(0, declaration.indexOf(':'));
            assertThat(property.replaceAll("^(border-(?:top|right|bottom|left))-(?:color|style|width)$", "$1"))
                    .isIn(SAFE_CSS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b><i>x</b></i>",
                "a<table><tr>b<td>c",
                "<li>x",
                "\u0000<p>\uD83D",
                "<ul>x<p>y</ul></p>"
            })
    void brokenMarkupComesToRest(String html) {
        WrittenHtml once = clean(html);
        assertThat(clean(once.fragment())).isEqualTo(once);
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertThat(WrittenHtml.clean("x".repeat(WrittenHtml.LONGEST + 1), _ -> null))
                .isEmpty();
        assertThat(WrittenHtml.clean("<div>".repeat(100_000), _ -> null)).isPresent();
    }
}
