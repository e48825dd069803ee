package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from HTML, for answers and previews. */
class HtmlToTextTest {

    @Test
    void writesBlocksAsLines() {
        assertThat(HtmlToText.text("<h1>Title</h1><p>One\n two</p><div>three</div><div>four<br>five</div>"))
                .isEqualTo("Title\n\nOne two\n\nthree\nfour\nfive\n");
    }

    @Test
    void writesListsQuotesAndTables() {
        assertThat(HtmlToText.text(
                        "<ul><li>a</li><li><b>b</b></li></ul><blockquote>q<blockquote>r</blockquote></blockquote>"
                                + "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"))
                .isEqualTo("- a\n- b\n\n> q\n>\n> > r\n\n1 2\n3\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a href='https://a.example/x'>here</a>|here <https://a.example/x>",
                "<a href='https://a.example/'>a.example</a>|a.example",
                "<a href='https://a.example/x'>https://a.example/x</a>|https://a.example/x",
                "<a href='mailto:a@b.example'>a@b.example</a>|a@b.example",
                "<a href='javascript:alert(1)'>x</a>|x",
                "<a href='#top'>up</a>|up",
                "<a href='https://a.example'><img src=x alt=Shop></a>|Shop <https://a.example>",
            })
    void writesTargetsThatDiffer(String html, String text) {
        assertThat(HtmlToText.text(html)).isEqualTo(text + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "<div style='display:none'>x</div>y",
        "<span style='DISPLAY : NONE !important'>x</span>y",
        "<p hidden>x</p>y",
        "<div style='visibility:hidden'>x</div>y",
        "<div style='mso-hide:all'>x</div>y",
        "<div style='max-height:0px;overflow:hidden'>x</div>y",
        "<style>x</style><script>x</script><title>x</title>y",
        "<!-- x -->y&zwnj;&#847;&shy;",
    })
    void leavesHiddenTextOut(String html) {
        assertThat(HtmlToText.text(html).replace("\u200c", "")).isEqualTo("y\n");
    }

    @Test
    void keepsPreformattedText() {
        assertThat(HtmlToText.text("<pre>a\n  b\n\nc</pre>")).isEqualTo("a\n  b\n\nc\n");
    }

    @Test
    void isEmptyForNothing() {
        assertThat(HtmlToText.text("")).isEmpty();
        assertThat(HtmlToText.text("<p>&nbsp;</p><br>")).isEmpty();
        assertThat(HtmlToText.text("<frameset><frame src=x></frameset>")).isEmpty();
    }
}
