package org.palomar.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.trust.Trust.Leaving;

/** S44: RFC 2369, RFC 8058. */
class UnsubscribingTest {

    private static final String RESULT =
            "Authentication-Results: mx.palomar.example; dkim=pass header.d=shop.example header.s=s1 header.b=abc";
    private static final String SIGNATURE =
            "DKIM-Signature: v=1; a=rsa-sha256; d=Shop.example; s=s1; h=From: List-Unsubscribe :list-unsubscribe-post; b=ab cdef";
    private static final String WHERE = "List-Unsubscribe: <mailto:leave@shop.example?subject=out&attach=/etc/passwd>,"
            + " (comment) <https://shop.example/leave?u=1>";
    private static final String POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";

    @Test
    void oneClickNeedsASignatureOverBothFieldsThatAServerOfOursFoundGood() {
        assertThat(oneClick(RESULT, SIGNATURE, WHERE, POST)).isEqualTo(URI.create("https://shop.example/leave?u=1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dkim=pass | dkim=fail",
                "mx.palomar.example | mx.evil.example",
                "header.d=shop.example | header.d=evil.example",
                "header.s=s1 | header.s=s2",
                "header.b=abc | header.b=xyz",
                ":list-unsubscribe-post; | ;",
                "d=Shop.example; | d=Shop.example; d=evil.example;",
                "<https:// | <http://",
                "<https:// | <https://user@",
                "List-Unsubscribe=One-Click | Click",
            })
    void anythingElseIsNoOneClick(String part, String instead) {
        List<String> header = new ArrayList<>();
        for (String line : List.of(RESULT, SIGNATURE, WHERE, POST)) {
            header.add(line.replace(part, instead));
        }
        assertThat(oneClick(header.toArray(String[]::new))).isNull();
    }

    @Test
    void aFieldAboveTheSignedOneIsNotTheSignedOne() {
        assertThat(oneClick(RESULT, "List-Unsubscribe: <https://evil.example/>", SIGNATURE, WHERE, POST))
                .isNull();
    }

    @Test
    void mailOpensTheEditorWithWhatAPersonSees() {
        Leaving leaving = offered(WHERE);
        assertThat(leaving.kind()).isEqualTo("mail");
        assertThat(leaving.url()).isEqualTo("/compose?to=leave%40shop.example&subject=out");
        assertThat(leaving.host()).isEqualTo("shop.example");
    }

    @Test
    void aPageIsALink() {
        Leaving leaving = offered("List-Unsubscribe: <https://shop.example/leave>");
        assertThat(leaving.kind()).isEqualTo("page");
        assertThat(leaving.url()).isEqualTo("https://shop.example/leave");
    }

    @Test
    void nothingDangerousIsOffered() {
        assertThat(
                        offered(
                                "List-Unsubscribe: <javascript:alert(1)>, <http://shop.example/>, <data:text/html,x>, <mailto:>"))
                .isNull();
        assertThat(offered("List-Unsubscribe: <<<>>>,,")).isNull();
    }

    private static URI oneClick(String... lines) {
        Header header = new Header(ChecksTest.fields(lines));
        return Unsubscribing.oneClick(header, ChecksTest.checks(lines)).orElse(null);
    }

    private static Leaving offered(String... lines) {
        return Unsubscribing.offered(new Header(ChecksTest.fields(lines)), Checks.NONE, "/x");
    }
}
