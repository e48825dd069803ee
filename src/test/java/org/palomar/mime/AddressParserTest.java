package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.mail.Address;

class AddressParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a@b.example, c@d.example;e@f.example|a@b.example c@d.example e@f.example",
                "Alice Liddell <alice@palomar.example>|Alice Liddell=alice@palomar.example",
                "\"Liddell, Alice \\\"A\\\"\" <a@b.example>, bob@x.example|Liddell, Alice \"A\"=a@b.example bob@x.example",
                "a@b.example (Alice)|Alice=a@b.example",
                "mailto:a@b.example|a@b.example",
                "Friends: a@b.example, Bob <b@c.example>;, d@e.example|a@b.example Bob=b@c.example d@e.example",
                "a@b.example c@d.example|a@b.example c@d.example",
                "A@b.example, a@B.example|A@b.example",
                "Ñandú <info@españa.example>|Ñandú=info@españa.example",
                "=?utf-8?Q?J=C3=BCrgen?= <j@x.example>|Jürgen=j@x.example",
            })
    void readsWhatPeopleType(String field, String expected) {
        AddressParser.Parsed parsed = AddressParser.parse(field);
        assertThat(parsed.bad()).isEmpty();
        assertThat(parsed.good().stream()
                        .map(a -> (a.name() == null ? "" : a.name() + "=") + a.address())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void reportsEachBadPieceAlone() {
        AddressParser.Parsed parsed =
                AddressParser.parse("good@x.example, bad, \"open <b@x.example>\nc@x.example, <>; d@@x");
        assertThat(parsed.good()).extracting("address").containsExactly("good@x.example", "b@x.example", "c@x.example");
        assertThat(parsed.bad()).containsExactly("bad", "<>", "d@@x");
        assertThat(AddressParser.parse("").bad()).isEmpty();
        assertThat(AddressParser.parse(" ,;\r\n").good()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nRCPT TO:<x@y>@b.example",
                "a@b.example\r\nDATA",
                "a\u760Db@c.example",
                "a b@c.example",
                "a@b c",
                "<a@b>",
                "a@",
                "@b",
                "a",
                "a..b@c.example",
                ".a@c.example",
                "a@-b.example",
                "a@b..c",
                "a@b\0c",
                "a\0@b.example",
                "\"a\r\n\"@b.example",
                "a@b.example>",
                "a@straße.example",
                "a@b\u2028.example"
            })
    void refusesWhatNoServerShouldSee(String address) {
        assertThatThrownBy(() -> WireAddress.of(address)).isInstanceOf(UnsendableAddress.class);
    }

    @Test
    void writesInternationalDomainsInAscii() {
        assertThat(WireAddress.of("info@españa.example")).isEqualTo("info@xn--espaa-rta.example");
        // U+760D and U+760A are letters; what matters is that no octet of the result is CR or LF.
        assertThat(WireAddress.of("a@\u760D\u760A.example")).matches("a@xn--[a-z0-9]+\\.example");
        assertThat(WireAddress.of("\"odd local\"@x.example")).isEqualTo("\"odd local\"@x.example");
        assertThatThrownBy(() -> WireAddress.of("jörg@x.example"))
                .isInstanceOfSatisfying(
                        UnsendableAddress.class,
                        e -> assertThat(e.reason()).isEqualTo(UnsendableAddress.Reason.NEEDS_SMTPUTF8));
    }

    @Test
    void keepsLocalPartsThatAreNotAscii() {
        assertThat(WireAddress.international("jörg.пётр@españa.example")).isEqualTo("jörg.пётр@xn--espaa-rta.example");
        assertThat(WireAddress.international("a@b.example")).isEqualTo("a@b.example");
        assertThat(WireAddress.isInternational("jörg@b.example")).isTrue();
        assertThat(WireAddress.isInternational("a@españa.example")).isFalse();
        assertThat(AddressParser.parse("Jörg <jörg@x.example>, b@x.example").good())
                .extracting(Address::address)
                .containsExactly("jörg@x.example", "b@x.example");
        String long64 = "ü".repeat(32);
        assertThat(WireAddress.international(long64 + "@x.example")).startsWith(long64);
        for (String bad : List.of(
                "\u0085a@x.example",
                "a\u202Eb@x.example",
                "a\u00A0b@x.example",
                "a\u2028b@x.example",
                "a\uD800@x.example",
                "ü..ü@x.example",
                "ü>@x.example",
                "ü\r\n@x.example",
                "ü".repeat(33) + "@x.example")) {
            assertThatThrownBy(() -> WireAddress.international(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            UnsendableAddress.class,
                            e -> assertThat(e.reason()).isEqualTo(UnsendableAddress.Reason.NOT_AN_ADDRESS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\"", "<", "(", "a@b.example,", "\\", ":", "a@b.example ", "x <"})
    @Timeout(5)
    void staysLinear(String unit) {
        assertThat(AddressParser.parse(unit.repeat(2_000_000 / unit.length())).good())
                .hasSizeLessThan(2);
    }

    @Test
    void prefixesSubjectsOnce() {
        assertThat(Subjects.reply("Re: AW: Sv: RE[2]: 回复：Fwd: Hello")).isEqualTo("Re: Hello");
        assertThat(Subjects.forward("WG: TR: FW: Hello")).isEqualTo("Fwd: Hello");
        assertThat(Subjects.reply("Regarding: x")).isEqualTo("Re: Regarding: x");
        assertThat(Subjects.reply("Return: x")).isEqualTo("Re: Return: x");
        assertThat(Subjects.reply(null)).isEqualTo("Re: ");
        assertThat(Subjects.base("re:".repeat(600))).isEmpty();
    }

    @Test
    void quotesWithoutSignature() {
        assertThat(Quoting.reply("On Monday Bob wrote:", "Hi\r\n> old\r\n>> older\r\n\r\nbye\r\n-- \r\nBob\r\n"))
                .isEqualTo("On Monday Bob wrote:\n> Hi\n>> old\n>>> older\n>\n> bye\n");
        assertThat(Quoting.forward("Forwarded message", List.of("Subject: x\r\nBcc: y"), "Hi\n"))
                .isEqualTo("---------- Forwarded message ----------\nSubject: x Bcc: y\n\nHi\n");
    }
}
