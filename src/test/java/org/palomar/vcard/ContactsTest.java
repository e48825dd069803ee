package org.palomar.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.palomar.mail.PartPath;

/** Contact files of all versions are read as text (S11), whatever is in them (S38). */
class ContactsTest {

    private static final PartPath PART = new PartPath("2");

    private static List<ContactCard> read(String text) {
        return Contacts.cards(text.replace("\n", "\r\n"), PART).toList();
    }

    @Test
    void readsNamesAddressesAndPhones() {
        String png = Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
        ContactCard card = read("""
                BEGIN:VCARD
                VERSION:3.0
                FN:Carol <b>Okafor</b>
                N:Okafor;Carol;;;
                ORG:Lime and Sand;Roofs
                TITLE:Mason
                EMAIL;TYPE=INTERNET:carol@palomar.example
                TEL;TYPE=CELL:+34 600 000 000
                ADR;TYPE=WORK:;;Camino del Molino 3;Ronda;;29400;Spain
                URL:javascript:alert(1)
                NOTE:Rings\\nonce
                PHOTO;ENCODING=b;TYPE=SVG:%s
                END:VCARD
                """.formatted(png)).getFirst();
        assertThat(card.name()).isEqualTo("Carol <b>Okafor</b>");
        assertThat(card.role()).isEqualTo("Mason, Lime and Sand, Roofs");
        assertThat(card.lines())
                .containsExactly(
                        new ContactCard.Line("email", "carol@palomar.example"),
                        new ContactCard.Line("phone", "+34 600 000 000"),
                        new ContactCard.Line("address", "Camino del Molino 3, Ronda, 29400, Spain"),
                        new ContactCard.Line("web", "javascript:alert(1)"),
                        new ContactCard.Line("note", "Rings once"));
        // What it is decides, not what it is called.
        assertThat(card.photo()).isEqualTo("data:image/png;base64," + png);
    }

    @Test
    void s11_aPhotoFromElsewhereOrThatRunsIsNotShown() {
        String svg = Base64.getEncoder()
                .encodeToString("<svg onload='alert(1)'/>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        for (String photo : List.of(
                "PHOTO;VALUE=uri:http://elsewhere.example/a.png",
                "PHOTO:data:image/svg+xml;base64," + svg,
                "PHOTO;ENCODING=b;TYPE=PNG:" + svg)) {
            assertThat(read("BEGIN:VCARD\nVERSION:4.0\nFN:x\n" + photo + "\nEND:VCARD\n")
                            .getFirst()
                            .photo())
                    .as(photo)
                    .isNull();
        }
    }

    @Test
    void readsOldOnesWithQuotedPrintable() {
        ContactCard card =
                read("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Ra=C3=BAl\nTEL;HOME:1\nEND:VCARD\n")
                        .getFirst();
        assertThat(card.name()).isEqualTo("Raúl Muñoz");
    }

    @Test
    void s38_nothingMakesItFailOrHang() {
        List<String> bombs = List.of(
                "BEGIN:VCARD\n".repeat(50_000),
                "BEGIN:VCARD\nFN:" + "x\n ".repeat(300_000),
                "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:" + "=\n".repeat(300_000),
                "BEGIN:VCARD\nFN" + ";A=\"b".repeat(200_000) + ":x\nEND:VCARD\n",
                "BEGIN:VCARD\nFN:a\nEND:VCARD\n".repeat(30_000),
                ";".repeat(1_000_000));
        for (String bomb : bombs) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> assertThat(read(bomb)).hasSizeLessThanOrEqualTo(10));
        }
        Random random = new Random(3);
        String[] pieces =
                "BEGIN:VCARD\nVERSION:3.0\nFN:a\nTEL;VALUE=uri:tel:1\nADR:;;;;;;\nPHOTO;ENCODING=b:AAAA\nBDAY:x\nEND:VCARD\n"
                        .split("(?<=[:;=\\n])");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("BEGIN:VCARD\nVERSION:3.0\nFN:x\n");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            read(text.toString());
        }
    }
}
