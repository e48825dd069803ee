package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files inside parts: winmail.dat, uuencode, yEnc; text inside RTF; also when they lie about their sizes (S38). */
class PackedFilesTest {

    @Test
    void winmailGivesItsTextAndFiles() {
        byte[] tnef = new TnefBytes()
                .attribute(1, 0x00069003, new TnefBytes().four(1).property(0x1F, 0x1000, utf16("Grüße aus Ávila")))
                .attribute(2, 0x00069002, new TnefBytes().zeros(14))
                .attribute(2, 0x00018010, new TnefBytes().raw("SHORT~1.PDF\0"))
                .attribute(2, 0x0006800F, new TnefBytes().raw("%PDF content"))
                .attribute(
                        2,
                        0x00069005,
                        new TnefBytes()
                                .four(2)
                                .property(0x1F, 0x3707, utf16("Größe.pdf"))
                                .property(0x1E, 0x370E, "application/pdf\0".getBytes(StandardCharsets.US_ASCII)))
                .signed();
        Tnef.Content content = Tnef.unpack(tnef);
        assertThat(content.text()).isEqualTo("Grüße aus Ávila");
        assertThat(content.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("Größe.pdf");
            assertThat(file.mediaType()).isEqualTo("application/pdf");
            assertThat(new String(file.content(), StandardCharsets.US_ASCII)).isEqualTo("%PDF content");
        });
    }

    @Test
    void winmailThatLiesGivesWhatIsThere() {
        byte[] whole = new TnefBytes()
                .attribute(1, 0x0002800C, new TnefBytes().raw("Body"))
                .attribute(2, 0x00069002, new TnefBytes().zeros(14))
                .attribute(2, 0x0006800F, new TnefBytes().raw("content"))
                .signed();
        for (int length = 0; length <= whole.length; length++) {
            assertThat(Tnef.unpack(java.util.Arrays.copyOf(whole, length)).files())
                    .hasSizeLessThanOrEqualTo(1);
        }
        byte[] huge = new TnefBytes()
                .octet(1)
                .four(0x0002800C)
                .four(0x7FFFFFFF)
                .raw("x")
                .signed();
        assertThat(Tnef.unpack(huge).text()).isNull();
        byte[] negative =
                new TnefBytes().octet(1).four(0x0002800C).four(-6).raw("x").signed();
        assertThat(Tnef.unpack(negative).text()).isNull();
        byte[] many = new TnefBytes()
                .attribute(1, 0x00069003, new TnefBytes().four(0x7FFFFFFF).raw("\u0003\0\u0000\u0010"))
                .signed();
        assertThat(Tnef.unpack(many).text()).isNull();
        assertThat(Tnef.unpack("no winmail at all".getBytes(StandardCharsets.US_ASCII))
                        .files())
                .isEmpty();
    }

    @Test
    void aMessageWithinAMessageWithinWinmailEndsSomewhere() {
        byte[] inner = new TnefBytes()
                .attribute(1, 0x0002800C, new TnefBytes().raw("Innermost"))
                .signed();
        for (int i = 0; i < 20; i++) {
            inner = new TnefBytes()
                    .attribute(2, 0x00069002, new TnefBytes().zeros(14))
                    .attribute(2, 0x00069005, new TnefBytes().four(1).property(0x0D, 0x3701, join(new byte[16], inner)))
                    .signed();
        }
        assertThat(Tnef.unpack(inner).files()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void rtfBecomesTextOrTheHtmlInIt() {
        assertThat(rtf("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 Se\\'f1or\\par \\u8364? 5}")
                        .content())
                .isEqualTo("Señor\n€ 5");
        Rtf.Text html =
                rtf("{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf\\par\\htmlrtf0 a < b{\\*\\htmltag72 </p>}}");
        assertThat(html.html()).isTrue();
        assertThat(html.content()).isEqualTo("<p>a &lt; b</p>");
        assertThat(rtf("{".repeat(100_000) + "deep").content()).isEqualTo("deep");
    }

    @Test
    void rtfIsUnpackedWithinBounds() {
        byte[] packed = new TnefBytes()
                .four(20)
                .four(0x7FFFFFFF)
                .four(0x75465A4C)
                .four(0)
                .raw("\0{\\rtf1 H")
                .body();
        assertThat(new String(CompressedRtf.unpack(packed), StandardCharsets.US_ASCII))
                .startsWith("{\\rtf1 H");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(
                new TnefBytes().four(0).four(-1).four(0x75465A4C).four(0).body());
        for (int i = 0; i < 500_000; i++) {
            bomb.writeBytes(new byte[] {(byte) 0xFF, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15});
        }
        assertThat(CompressedRtf.unpack(bomb.toByteArray())).hasSizeLessThanOrEqualTo(8_000_020);
    }

    @Test
    void filesInsideTextAreTakenOut() {
        EmbeddedFiles.Found found = EmbeddedFiles.in(
                ("Hello,\r\n\r\nbegin 644 note.txt\r\n#8V%T\r\n`\r\nend\r\nbye, and begin 644 nothing\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(found.rest()).isEqualTo("Hello,\r\n\r\nbye, and begin 644 nothing\r\n");
        assertThat(found.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("note.txt");
            assertThat(file.content()).isEqualTo("cat");
        });
        StringBuilder yEnc = new StringBuilder("See:\r\n=ybegin line=128 size=3 name=a b.bin\r\n");
        for (char c : "\0=\n".toCharArray()) {
            char coded = (char) (c + 42 & 0xFF);
            yEnc.append(coded == '=' ? "=" + (char) (coded + 64) : String.valueOf(coded));
        }
        yEnc.append("\r\n=yend size=3\r\n");
        found = EmbeddedFiles.in(yEnc.toString().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(found.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("a b.bin");
            assertThat(file.content()).isEqualTo("\0=\n");
        });
    }

    @Test
    void whatOnlyLooksLikeAFileStaysText() {
        for (String text : List.of(
                "begin 2024 with a smile\r\nand end it so.\r\n",
                "begin 644 x\r\nplain words of a letter\r\n",
                "=ybegin line=128 name=x\r\nno end\r\n",
                "begin 644 x\r\n")) {
            EmbeddedFiles.Found found = EmbeddedFiles.in(text.getBytes(StandardCharsets.US_ASCII));
            assertThat(found.rest()).isEqualTo(text);
            assertThat(found.files()).isEmpty();
        }
        String many = "begin 644 x\r\n=ybegin name=y\r\n".repeat(100_000);
        assertThat(EmbeddedFiles.in(many.getBytes(StandardCharsets.US_ASCII)).rest())
                .isEqualTo(many);
    }

    private static Rtf.Text rtf(String source) {
        return Rtf.read(source.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] utf16(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
