package org.palomar.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S36: where links go is found while the message is cleaned, and said beside them. */
class LinkDeceptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a href='https://evil.example/x'>https://bank.example.com/login</a> | OTHER_HOST | evil.example | bank.example.com",
                "<a href='https://evil.example/x'>www.bank.test</a> | OTHER_HOST | evil.example | www.bank.test",
                "<a href='https://evil.example/x'>paypal.com</a> | OTHER_HOST | evil.example | paypal.com",
                "<a href='https://evil.example'><b>pay</b><i>pal</i>.com</a> | OTHER_HOST | evil.example | paypal.com",
                "<a href='https://evil.example'>pay&shy;pal.&#8203;com</a> | OTHER_HOST | evil.example | paypal.com",
                "<a href='https://evil.example'>support@paypal.com</a> | OTHER_HOST | evil.example | paypal.com",
                "<a href='mailto:x@evil.example'>support@paypal.com</a> | OTHER_HOST | evil.example | paypal.com",
                "<a href='http://93.184.216.34/x'>https://paypal.com</a> | OTHER_HOST | 93.184.216.34 | paypal.com",
                "<a href='https://paypal.com@evil.example/'>here</a> | USER_INFO | evil.example | ''",
                "<a href='https:\\\\paypal.com@evil.example/'>here</a> | USER_INFO | evil.example | ''",
                "<a href='https://%70aypa1.com/'>here</a> | LOOKALIKE | paypa1.com | paypal.com",
                "<a href='https://раураӏ.com/'>here</a> | LOOKALIKE | xn--80aa0a1eya06h.com | paypal.com",
                "<a href='http://2130706434/'>here</a> | ADDRESS | 2130706434 | ''",
                "<a href='http://93.184.216.34/x'>here</a> | ADDRESS | 93.184.216.34 | ''",
            })
    void deceptionIsFoundAndShown(String html, Link.Doubt doubt, String host, String named) throws IOException {
        CleanHtml clean = HtmlCleaner.clean(html, Images.none());
        assertThat(clean.doubtful()).hasSize(1);
        Link link = clean.doubtful().getFirst();
        assertThat(link.doubt()).isEqualTo(doubt);
        assertThat(link.named() == null ? "" : link.named()).isEqualTo(named);
        if (!host.startsWith("xn--")) {
            assertThat(link.host()).isEqualTo(host);
        } else {
            assertThat(link.host()).startsWith("xn--");
        }
        Element a = Jsoup.parse(written(clean)).expectFirst("a");
        assertThat(a.classNames()).contains("shows-host");
        assertThat(a.attr("title")).isEqualTo(link.host());
        assertThat(a.attr("rel")).isEqualTo("noopener noreferrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href='https://click.esp.example/?u=1'>Read more</a>",
                "<a href='https://click.esp.example/?u=1'>Buy at Shop. Now</a>",
                "<a href='https://click.esp.example/?u=1'>Node.js</a>",
                "<a href='https://click.esp.example/?u=1'>report.pdf</a>",
                "<a href='https://click.esp.example/?u=1'><img src='https://shop.com/l.png' alt='shop.com'></a>",
                "<a href='https://links.shop.com/x'>www.shop.com</a>",
                "<a href='https://shop.com/x'>https://www.shop.com/y</a>",
                "<a href='https://münchen.de/'>münchen.de</a>",
                "<a href='https://xn--mnchen-3ya.de/'>münchen.de</a>",
                "<a href='http://192.168.1.1/'>the router</a>",
                "<a href='http://93.184.216.34/x'>http://93.184.216.34/x</a>",
                "<a href='mailto:a@shop.com'>a@shop.com</a>",
                "<a href='tel:+34123'>shop.com</a>",
                "<a href='#top'>paypal.com</a>",
            })
    void ordinaryLinksAreLeftAlone(String html) throws IOException {
        CleanHtml clean = HtmlCleaner.clean(html, Images.none());
        assertThat(clean.doubtful()).isEmpty();
        assertThat(written(clean)).doesNotContain("shows-host");
    }

    @Test
    void aMessageCannotSayOtherwise() throws IOException {
        CleanHtml clean = HtmlCleaner.clean(
                "<a class='shows-host button' title='bank.example' href='https://evil.example/'>here</a>",
                Images.none());
        Element a = Jsoup.parse(written(clean)).expectFirst("a");
        assertThat(a.attr("title")).isEqualTo("evil.example");
        assertThat(a.className()).isEqualTo("button");
    }

    @Test
    void textIsJudgedLikeHtml() {
        assertThat(TextToHtml.render("see http://paypal.com@evil.example/x", TextToHtml.Format.FIXED, "…")
                        .doubtful())
                .extracting(Link::doubt)
                .containsExactly(Link.Doubt.USER_INFO);
        assertThat(TextToHtml.render("see https://palomar.example/x or a@b.example", TextToHtml.Format.FIXED, "…")
                        .doubtful())
                .isEmpty();
    }

    private static String written(CleanHtml clean) throws IOException {
        StringBuilder out = new StringBuilder();
        clean.writeTo(out);
        return out.toString();
    }
}
