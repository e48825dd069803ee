package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palomar.html.Harmless.cleaned;
import static org.palomar.html.Harmless.cleanedWithRemote;
import static org.palomar.html.Harmless.faults;
import static org.palomar.html.Harmless.written;

import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What survives cleaning, and how images and links are written. */
class HtmlCleanerTest {

    private static final String GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

    @Test
    void keepsWhatNewslettersAreMadeOf() {
        String mail = """
                <table width="600" bgcolor="#ffffff" align="center" cellpadding="0"><tbody><tr>
                <td style="padding:10px;color:#333" valign="top" class="box">Hello <b>you</b></td></tr></tbody></table>""";
        assertThat(cleaned(mail)).isEqualTo(mail);
    }

    @Test
    void keepsStyleSheetsWithMediaQueries() {
        assertThat(
                        cleaned(
                                "<style>.a > p{color:red} @media only screen and (max-width:480px){.w{width:100% !important}}</style><p class=a>x"))
                .isEqualTo(
                        "<style>.a > p{color:red}@media only screen and (max-width:480px){.w{width:100%!important}}</style><p class=\"a\">x</p>");
    }

    @Test
    void aLetterIsForLightPaperOnly() {
        assertThat(Harmless.cleaned("<style>@media (Prefers-Color-Scheme: DARK){p{color:#fff}}"
                        + "@media (prefers-color-scheme:light){p{color:#111}}</style><p>x"))
                .isEqualTo("<style>@media (prefers-color-scheme:light){p{color:#111}}</style><p>x</p>");
    }

    @Test
    void keepsEscapedClassNames() {
        assertThat(cleaned("<style>.sm\\:w-full{width:100%}</style><p class='sm:w-full'>x"))
                .isEqualTo("<style>.sm\\3a w-full{width:100%}</style><p class=\"sm:w-full\">x</p>");
    }

    @Test
    void keepsTheLookOfTheBody() {
        assertThat(
                        cleaned(
                                "<html dir=rtl lang=ar><body bgcolor='#eee' text=navy topmargin=0 style='padding:0' class=c onload=x>hi"))
                .isEqualTo(
                        "<style>html>body{background-color:#eee;color:navy;margin-top:0;margin-bottom:0;padding:0}</style>"
                                + "<body class=\"c\" dir=\"rtl\" lang=\"ar\">hi");
        assertThat(cleaned("<body background=http://a.example/x style='position:fixed'>hi"))
                .isEqualTo("hi");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y=1,https://a.example/x?y=1",
        "HTTP://a.example,http://a.example",
        "//a.example/x,https://a.example/x",
        "www.a.example/x,http://www.a.example/x",
        "mailto:a@b.example?subject=x&attach=/etc/passwd,mailto:a@b.example?subject=x",
        "tel:+1234,tel:+1234",
        "#top,#m-top",
        "https:\\\\a.example\\@b.example,https://a.example/@b.example",
    })
    void writesSafeLinks(String target, String expected) {
        Element link = Jsoup.parse(cleaned("<a href=\"" + target + "\">x</a>")).expectFirst("a");
        assertThat(link.attr("href")).isEqualTo(expected);
        assertThat(link.hasAttr("target")).isEqualTo(!expected.startsWith("#"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java&#9;script:alert(1)",
                "java&NewLine;script&colon;alert(1)",
                "&#1;javascript:alert(1)",
                "java\0script:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:https://a.example/1",
                "view-source:http://a.example",
                "intent://x",
                "ftp://a.example/",
                "/settings",
                "delete?all",
                "http:/",
                "https://",
                "\u00a0javascript:alert(1)",
            })
    void removesOtherLinks(String target) {
        assertThat(cleaned("<a href=\"" + target + "\">x</a>")).isEqualTo("<a>x</a>");
    }

    @Test
    void showsInlinePartsByContentId() {
        Images images = Images.hidden(id -> Map.of("logo@x", "parts/2").get(id));
        assertThat(written(HtmlCleaner.clean("<img src='cid:Logo%40X' alt=l><img src=\"cid:other\" alt=gone>", images)))
                .isEqualTo("<img src=\"parts/2\" alt=\"l\">"
                        + "<span class=\"remote-image\" style=\"display:inline-block;overflow:hidden\">gone</span>");
        assertThat(written(HtmlCleaner.clean("<td>x<p style='background:url(cid:logo@x)'>y", images)))
                .contains("background:url('parts/2')");
    }

    @Test
    void refusesRelativeImagesThatWouldLoadFromThePage() {
        assertThat(cleanedWithRemote("<img src=parts/2><img src=/logout><img src='../x'>"))
                .isEmpty();
    }

    @Test
    void blocksAndCountsRemoteImages() {
        CleanHtml html = HtmlCleaner.clean(
                "<img src='http://a.example/1' width=200 height=50 alt=Shop><img src=//a.example/2 width=1 height=1><img src=//a.example/5 width=1 height=20>"
                        + "<td background=http://a.example/3><p style='background:#fff url(http://a.example/4)'>x</p>"
                        + "<link rel=stylesheet href=http://a.example/5><iframe src=http://a.example/6></iframe>",
                Images.none());
        assertThat(html.remote()).isEqualTo(new RemoteContent(3, 2, List.of("a.example")));
        Element box = Jsoup.parse(written(html)).expectFirst("span.remote-image");
        assertThat(box.text()).isEqualTo("Shop");
        assertThat(box.attr("style")).contains("width:200px").contains("height:50px");
        assertThat(written(html)).doesNotContain("a.example").contains("background:#fff");
    }

    @Test
    void keepsRemoteImagesWithConsentOnly() {
        String mail = "<img src=http://a.example/1 srcset='http://a.example/2 2x' alt=x>"
                + "<table background='//a.example/3'></table><p style='background-image:url(https://a.example/4)'>y</p>";
        String html = cleanedWithRemote(mail);
        assertThat(html)
                .contains("<img src=\"" + ours("http://a.example/1") + "\" alt=\"x\" referrerpolicy=\"no-referrer\">")
                .contains("background=\"" + ours("https://a.example/3") + "\"")
                .contains("background-image:url('/remote-image?u=")
                .doesNotContain("srcset")
                .doesNotContain("a.example");
        assertThat(faults(html, true)).isEmpty();
    }

    private static String ours(String url) {
        return Harmless.ours(url).replace("&", "&amp;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<img src=http://a.example/o width=1 height=1> | a.example",
                "<img src=https://B.example:8080/o width=0> | b.example",
                "<img src=//c.example/o style='width:1px;height:1px'> | c.example",
                "<img src=http://d.example/o style='display: none'> | d.example",
                "<img src=http://e.example/o style='opacity:0.0'> | e.example",
                "<img src=http://f.example/o style='max-height:0'> | f.example",
                "<img src=http://g.example/o hidden> | g.example",
                "<img src=http://iä.example/o width=1 height=1> | xn--i-0fa.example",
                "<img src='http://us1.list-manage.com/track/open.php?u=1' width=100 height=100> | mailchimp.com",
                "<img src=https://mail.shop.example/wf/open?upn=x> | sendgrid.com",
                "<p style='background:url(https://abc.emltrk.com/x)'>x</p> | litmus.com",
            })
    void trackersAreNamedAndNeverLoaded(String mail, String name) {
        for (boolean consent : new boolean[] {false, true}) {
            CleanHtml html = HtmlCleaner.clean(mail, Harmless.images(consent));
            assertThat(html.remote()).isEqualTo(new RemoteContent(0, 0, List.of(name)));
            assertThat(written(html)).doesNotContain("remote-image");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=http://a.example/line.gif width=1 height=200>",
                "<img src=http://a.example/line.gif width=600 height=1>",
                "<img src=http://a.example/logo.png style='width:100%;max-width:120px;height:auto'>",
                "<img class=wide src=http://a.example/hero.png style='display:none'>",
                "<img src=http://list-manage.com/logo.png width=120>",
                "<img src=http://emltrk.com.a.example/logo.png width=120>",
                "<img src=http://a.example/logo.png width=1 style='width:50px'>",
            })
    void picturesAreNoTrackers(String mail) {
        CleanHtml html = HtmlCleaner.clean(mail, Harmless.images(true));
        assertThat(html.remote()).isEqualTo(new RemoteContent(1, 0, List.of()));
        assertThat(written(html)).contains("remote-image?");
    }

    @Test
    void keepsTextOfFormsButNoControls() {
        String html = cleaned("<form action=x><label>Name</label><input value=v><select><option>one</select>"
                + "<textarea>a<b>c</textarea><button>Send</button></form>");
        assertThat(Jsoup.parse(html).text())
                .contains("Name")
                .contains("one")
                .contains("a<b>c")
                .contains("Send");
        assertThat(faults(html, false)).isEmpty();
    }

    @Test
    void keepsWhiteSpaceOfPreformattedText() {
        assertThat(cleaned("<pre>\n\n a\n  b</pre>")).isEqualTo("<pre>\n\n a\n  b</pre>");
    }

    @Test
    void knowsEmptyHtml() {
        assertThat(HtmlCleaner.clean(
                                "<html><body><p>&nbsp;\u200b</p><img src=http://a.example width=1 height=1>",
                                Images.none())
                        .empty())
                .isTrue();
        assertThat(HtmlCleaner.clean("<p>x", Images.none()).empty()).isFalse();
        assertThat(HtmlCleaner.clean("<img src='" + GIF + "'>", Images.none()).empty())
                .isFalse();
        assertThat(HtmlCleaner.blank("<style>p{color:red}</style><br>&nbsp;")).isTrue();
        assertThat(HtmlCleaner.blank("<img src=cid:x>")).isFalse();
        assertThat(HtmlCleaner.blank("")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<!",
                "<!--",
                "</",
                "\0",
                "\ud800",
                "&#xd800;&#x110000;",
                "<style>",
                "<style>@media{",
                "<p style='a:\\",
                "<table><tr><td><a><table><a>",
                "<p><button><p>x</button>",
                "<a><object><a>x",
                "<b><p><i></b>x</p>y</i>",
                "<html><frameset><frame src=x>",
                "<plaintext><b>",
                "<xmp><script>",
                "<pre>\r\n\r\nx",
                "<svg><style><img src=x onerror=1>",
                "<body><body class=a><html class=b>",
            })
    void isStableAndHarmlessOnBrokenMarkup(String html) {
        String once = cleaned(html);
        assertThat(cleaned(once)).isEqualTo(once);
        assertThat(faults(once, false)).isEmpty();
    }
}
