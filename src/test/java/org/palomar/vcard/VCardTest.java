package org.palomar.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VCardTest {

    @Test
    void whatIsNotUnderstoodIsKept() {
        String text = """
                BEGIN:VCARD
                VERSION:4.0
                UID:urn:uuid:4fbe8971
                FN:Ana Gil
                X-ABLABEL;X="q;:":a\\,b
                item1.ADR;LABEL="Calle 1":;;Calle 1;Soria;;42001;
                END:VCARD
                """.replace("\n", "\r\n");
        VCard card = VCard.of(text);
        assertThat(VCard.of(card.text()).lines()).isEqualTo(card.lines());
        assertThat(card.with("FN", "Other; name").with("FN", "Ana Gil").lines())
                .containsExactlyInAnyOrderElementsOf(card.lines());
        assertThat(card.first("ADR").orElseThrow().fields()).isEqualTo("Calle 1, Soria, 42001");
    }

    @Test
    void linesAreFoldedAtOctetsAndUnfoldedAgain() {
        VCard card = VCard.empty().with("NOTE", "ñ€😀,;\\\n".repeat(200));
        assertThat(Stream.of(card.text().split("\r\n")))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(VCard.of(card.text()).first("NOTE").orElseThrow().text())
                .isEqualTo("ñ€😀,;\\\n".repeat(200).strip());
    }

    @Test
    void oldCardsBecomeNewOnes() {
        VCard card = VCard.of("""
                BEGIN:VCARD
                VERSION:2.1
                N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9;;;
                FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 =
                Mu=C3=B1oz
                TEL;CELL;VOICE:+34 600
                END:VCARD
                """);
        assertThat(card.name()).isEqualTo("José Muñoz");
        assertThat(card.family()).isEqualTo("Muñoz");
        assertThat(card.first("TEL").orElseThrow().types()).containsExactly("cell", "voice");
        assertThat(card.text()).contains("VERSION:3.0\r\n", "N:Muñoz;José;;;", "TEL;TYPE=CELL,VOICE:+34 600");
    }

    @Test
    void aPhotoGoesFromOneVersionToTheOther() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0};
        VCard three = VCard.empty().with("FN", "A").withPhoto(new Property.Photo("image/png", png));
        VCard four = three.as(true);
        assertThat(three.text()).contains("PHOTO;ENCODING=b;TYPE=PNG:");
        assertThat(four.text()).contains("VERSION:4.0", "PHOTO:data:image/png;base64,");
        assertThat(four.photo().octets()).isEqualTo(png);
        assertThat(four.as(false).lines()).isEqualTo(three.lines());
    }

    @Test
    void s38WhatBreaksOffOrIsTooLongIsLeftOut() {
        String good = "BEGIN:VCARD\nVERSION:3.0\nFN:Good\nEND:VCARD\n";
        String text = "noise\n" + good + "BEGIN:VCARD\nVERSION:3.0\nFN:Cut\n" + good
                + "BEGIN:VCARD\nFN:Long\nNOTE:" + "x".repeat(VCard.LONGEST) + "\nEND:VCARD\n" + good
                + "BEGIN:VCARD\nFN:Many\n" + "X:1\n".repeat(5_000) + "END:VCARD\n" + "BEGIN:VCARD\nFN:End";
        VCardReader reader = new VCardReader(new StringReader(text));
        for (int i = 0; i < 3; i++) {
            assertThat(reader.next().name()).isEqualTo("Good");
        }
        assertThat(reader.next()).isNull();
        assertThat(reader.refused()).isEqualTo(4);
    }

    @Test
    void twoCardsThatSayTheSameDoSo() {
        VCard one = new VCard(List.of("VERSION:3.0", "FN:A", "N:A;;;;", "REV:1"));
        assertThat(one.says(new VCard(List.of("VERSION:3.0", "N:A", "FN:A", "REV:2"))))
                .isTrue();
        assertThat(one.says(one.with("FN", "B"))).isFalse();
    }
}
