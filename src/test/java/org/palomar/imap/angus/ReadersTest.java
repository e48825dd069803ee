package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;

/** What strangers write is read in time and without an exception. */
class ReadersTest {

    private static Value value(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ValueReader(bytes, 0, bytes.length).next();
    }

    private static String decode(String header) {
        return Octets.header(header.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "=?utf-8?B?w7HDsQ==?= x | ññ x",
                "=?utf-8?B?w7HD?= =?utf-8?B?sQ?= | ññ",
                "=?iso-8859-1?q?a=E9_b?==?utf-8?q?=C3=A9?= | aé bé",
                "=?utf-8*en?Q?language?= | language",
                "=?UTF-7?Q?a+AOk-b+-?= | aéb+",
                "=?gb2312?B?xOO6ww==?= | 你好",
                "=?no-such-charset?Q?caf=C3=A9?= | café",
                "=?utf-8?X?what?= | =?utf-8?X?what?=",
                "=?utf-8?Q?open | =?utf-8?Q?open",
                "=?=?=?=?=?utf-8?Q?ok?= | =?=?=?=?ok",
                "=?utf-8?B?!!!?= x | x",
                "naïve | naïve",
            })
    void headerText(String written, String read) {
        assertThat(decode(written)).isEqualTo(read);
    }

    @Test
    void headerTextHasNoLinesControlsOrHalfCharacters() {
        assertThat(decode("=?utf-8?Q?a=0D=0ABcc:_b=00?=")).isEqualTo("a Bcc: b");
        assertThat(decode("=?utf-8?B?4oCuZ3BqLg==?= \u2066evil")).isEqualTo("gpj. evil");
        assertThat(Octets.header(new byte[] {'c', 'a', 'f', (byte) 0xE9})).isEqualTo("café");
    }

    @Test
    void hostileHeadersTakeNoTime() {
        List<String> hostile = List.of(
                "=?".repeat(500_000),
                "=?utf-8?Q?".repeat(100_000),
                "=?utf-8?B?w7E?= ".repeat(60_000),
                "a".repeat(1_000_000),
                "=?utf-8?Q?" + "=".repeat(1_000_000) + "?=");
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (String header : hostile) {
                assertThat(decode(header).length()).isLessThanOrEqualTo(Octets.MAX_HEADER);
            }
        });
    }

    @Test
    void parametersAreJoinedAndBounded() {
        assertThat(
                        ParameterReader.read(
                                value(
                                        "(\"name*1*\" \"b%C3%B1\" \"name*0*\" \"utf-8'en'a\" \"name*2\" \".pdf\" \"CHARSET\" \"x\" \"odd\")")))
                .isEqualTo(Map.of("name", "abñ.pdf", "charset", "x"));
        StringBuilder many = new StringBuilder("(");
        for (int i = 0; i < 50_000; i++) {
            many.append("\"name*").append(i).append("*\" \"xxxxxxxxxx\" ");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(ParameterReader.read(value(many.append(")").toString()))
                                .get("name"))
                        .hasSizeLessThan(3_000));
    }

    @Test
    void nestingWithoutEndIsRefusedAndNotAnOverflow() {
        assertThatThrownBy(() -> value("(".repeat(1_000_000))).isInstanceOf(ValueReader.Malformed.class);
        String deep = "(".repeat(200) + "\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1" + " \"mixed\")".repeat(200);
        assertThat(BodyStructureReader.read(value(deep))).isNull();
    }

    @Test
    void aTypeThatTheServerCouldNotReadIsText() {
        assertThat(BodyStructureReader.read(value("(\"\" \"\" NIL NIL NIL \"7bit\" 235 NIL NIL NIL NIL)")))
                .satisfies(part -> assertThat(part.mediaType()).isEqualTo("text/"));
        assertThat(BodyStructureReader.read(value("(\"text\" \"\" NIL NIL NIL \"7bit\" 235 NIL NIL NIL NIL)")))
                .satisfies(part -> assertThat(part.mediaType()).isEqualTo("text/"));
        assertThat(
                        BodyStructureReader.read(
                                value(
                                        "(\"\" \"\" NIL NIL NIL \"base64\" 235 NIL (\"attachment\" (\"filename\" \"a.pdf\")) NIL NIL)")))
                .satisfies(part -> assertThat(part.mediaType()).isEqualTo("application/octet-stream"));
    }

    @Test
    void rubbishNeverThrowsAnythingElse() {
        Random random = new Random(7);
        String alphabet = "()\"\\{}0123456789 NILabc=?*'%[]<>~+\r\n";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("(");
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                Value value = new ValueReader(bytes, 0, bytes.length).next();
                assertThat(EnvelopeReader.read(value)).isNotNull();
                BodyStructureReader.read(value);
                new ValueReader(bytes, 0, bytes.length).fetchItems();
            } catch (ValueReader.Malformed e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void datesAreReadOrPassedOver() {
        assertThat(Dates.header("Fri, 20 Nov 2026 10:11:12 +0100")).isEqualTo(Instant.parse("2026-11-20T09:11:12Z"));
        assertThat(Dates.header("yesterday")).isNull();
        assertThat(Dates.header("Fri, 99 Foo 99999 99:99:99 +9999")).isNull();
        assertThat(Dates.internal(" 1-Nov-2026 10:11:12 +0000")).isEqualTo(Instant.parse("2026-11-01T10:11:12Z"));
        assertThat(Dates.internal("01-NOV-2026 10:11:12 +0000")).isEqualTo(Instant.parse("2026-11-01T10:11:12Z"));
        assertThat(Dates.internal("x")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void uidSetsAreRangesAndShort() {
        assertThat(UidSets.of(List.of())).isEmpty();
        assertThat(UidSets.of(List.of(new Uid(5), new Uid(3), new Uid(4), new Uid(9), new Uid(9))))
                .containsExactly("3:5,9");
        List<Uid> odd = new ArrayList<>();
        for (long uid = 4_000_000_001L; odd.size() < 10_000; uid += 2) {
            odd.add(new Uid(uid));
        }
        List<String> sets = UidSets.of(odd);
        assertThat(sets).allMatch(set -> set.length() < 7_000);
        assertThat(sets.stream().flatMap(set -> UidSets.expand(set).stream())).containsExactlyElementsOf(odd);
        assertThat(UidSets.expand("1:4294967295")).isEmpty();
        assertThat(UidSets.expand("3:1,x")).isEmpty();
    }

    @Test
    void mailboxNamesGoBackAsTheyCame() {
        assertThat(new MailboxName("inBox")).isEqualTo(MailboxName.INBOX);
        assertThat(new MailboxName("\u0131nbox").isInbox()).isFalse();
        MailboxNames names = new MailboxNames();
        for (String odd : List.of("bad&name", "&", "&-x&", "&AOk", "Ent\u00FF", "&2D0-", "INBOX/&ZeVnLIqe-")) {
            assertThat(names.decode(odd)).as(odd).isNotNull();
        }
        assertThat(names.decode("a\u0000b")).isNull();
        assertThat(names.decode("x".repeat(2_000))).isNull();
        assertThat(names.decode("&ZeVnLIqe-")).isEqualTo(new MailboxName("日本語"));
    }
}
