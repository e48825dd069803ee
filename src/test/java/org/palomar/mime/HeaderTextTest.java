package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8?Q?Caf=C3=A9?= open|Café open",
                "=?utf-8?B?4oI=?= =?utf-8?B?rA==?=|€",
                "=?iso-8859-1*de?q?Gr=FC=DFe?=|Grüße",
                "=?x-nope?Q?a=FC?=|aü",
                "=?utf-8?Q?broken|=?utf-8?Q?broken",
                "=?utf-8?X?abc?= =?=|=?utf-8?X?abc?= =?=",
                "=?utf-8?Q?with space here?=|with space here",
                "a=?utf-8?Q?b?=c|abc",
                "=?utf-8?Q?=0D=0ABcc:_x?=|Bcc: x",
                "=?us-ascii?Q?one?= two =?us-ascii?Q?three?=|one two three"
            })
    void decodes(String raw, String expected) {
        assertThat(HeaderText.decode(raw)).isEqualTo(expected);
    }

    @Test
    void joinsFoldedWords() {
        assertThat(HeaderText.decode("=?UTF-8?B?4oKs?=\r\n =?utf-8?b?4oKs?=\r\n\tend"))
                .isEqualTo("€€ end");
    }

    @Test
    void readsRawOctets() {
        assertThat(HeaderText.decode(latin("Grüße".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("Grüße");
        assertThat(HeaderText.decode(latin("Grüße".getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo("Grüße");
        assertThat(HeaderText.decode("日本")).isEqualTo("日本");
    }

    @Test
    void leavesOneLineWithoutDeceit() {
        assertThat(HeaderText.decode("a\r\n b\tc\0d\u202Ee\u2028f")).isEqualTo("a b cde f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?", "=?utf-8?Q?", "=?a?B?=?=", "?=", "=?utf-8?Q?=41?= ", "\r\n ", "=?x", "é"})
    @Timeout(5)
    void staysLinear(String unit) {
        String raw = unit.repeat(4_000_000 / unit.length());
        assertThat(HeaderText.decode(raw + "?=").length()).isLessThanOrEqualTo(1_000_000);
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
