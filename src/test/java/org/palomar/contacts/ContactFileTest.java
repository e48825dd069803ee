package org.palomar.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.contacts.ContactFile.Report;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;

/** Files of contacts, whoever wrote them, and photos. */
class ContactFileTest {

    @TempDir
    private Path directory;

    private final List<VCard> read = new ArrayList<>();

    private Report read(byte[] octets) {
        read.clear();
        try {
            Path file = Files.write(directory.resolve("file"), octets);
            return ContactFile.read(file, read::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report read(String text, Charset charset) {
        return read(text.getBytes(charset));
    }

    @Test
    void tablesOfGoogleOutlookAndThunderbirdAreUnderstood() {
        read("""
                First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value
                Ana,,Gil,Cine,"Two
                lines, ""quoted""\",* myContacts ::: Friends,Home,ana@example.org ::: ana2@example.org,a@work.example,+34 600
                """, StandardCharsets.UTF_8);
        assertThat(read).hasSize(1);
        VCard ana = read.getFirst();
        assertThat(ana.name()).isEqualTo("Ana Gil");
        assertThat(ContactIndex.addresses(ana))
                .containsExactly("ana@example.org", "ana2@example.org", "a@work.example");
        assertThat(ana.first("NOTE").orElseThrow().text()).isEqualTo("Two\nlines, \"quoted\"");
        assertThat(ContactIndex.groups(ana)).containsExactly("Friends");
        assertThat(ana.plain("TEL")).isEqualTo("+34 600");

        Report outlook = read(
                "Título;Nombre;Apellidos;Compañía;Dirección de correo electrónico;Móvil\r\n;José;Núñez;Ñ SA;jose@example.org;'+34 611\r\n",
                Charset.forName("windows-1252"));
        assertThat(outlook.charset()).isEqualTo("windows-1252");
        assertThat(read.getFirst().name()).isEqualTo("José Núñez");
        assertThat(read.getFirst().organization()).isEqualTo("Ñ SA");
        assertThat(read.getFirst().plain("TEL")).isEqualTo("+34 611");

        assertThat(read(
                                "First Name\tLast Name\tDisplay Name\tPrimary Email\nÉva\tNagy\tNagy Éva\teva@example.hu\n",
                                StandardCharsets.UTF_16)
                        .charset())
                .isEqualTo("UTF-16");
        assertThat(read.getFirst().name()).isEqualTo("Nagy Éva");
        assertThat(read.getFirst().given()).isEqualTo("Éva");
    }

    @Test
    void whatIsLeftOutIsSaid() {
        Report report = read(
                "\uFEFFName,Email\nA,a@example.org\n,\"broken\n\n,not-an-address\nB,b@example.org\n",
                StandardCharsets.UTF_8);
        assertThat(report.found()).isEqualTo(1);
        assertThat(report.left()).as("the quotation is never closed").isEqualTo(1);
        Report rest = read("Name,Email\n,not-an-address\nB,b@example.org\n,,\n", StandardCharsets.UTF_8);
        assertThat(rest.skipped()).containsExactly(new ContactFile.Skipped(2, "nobody"));
        assertThat(read("Colour,Size\nred,3\n", StandardCharsets.UTF_8).kind()).isEqualTo("unknown");
        assertThat(read(new byte[0]).kind()).isEqualTo("unknown");
    }

    @Test
    void fiftyThousandRowsAreReadAndNoMore() {
        StringBuilder table = new StringBuilder("Name,Email\n");
        for (int i = 0; i < 50_010; i++) {
            table.append("P").append(i).append(",p").append(i).append("@example.org\n");
        }
        int[] count = {0};
        try {
            Path file = Files.writeString(directory.resolve("many.csv"), table);
            Report report = ContactFile.read(file, _ -> count[0]++);
            assertThat(report.found()).isEqualTo(count[0]).isEqualTo(ContactFile.MOST);
            assertThat(report.left()).isEqualTo(10);
            assertThat(report.skipped().getFirst()).isEqualTo(new ContactFile.Skipped(50_002, "many"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void formulasAreTextAndComeBack() {
        VCard card = VCard.empty()
                .with("FN", "=cmd|' /C calc'!A0")
                .with("ORG", "@SUM(1)")
                .with("EMAIL", "x@example.org")
                .with("TEL", "+34 600")
                .with("NOTE", "-1\nplain");
        String row = Csv.written(CsvContacts.row(card));
        assertThat(row).contains("\"'=cmd|' /C calc'!A0\"", "\"'@SUM(1)\"", "\"'+34 600\"", "\"'-1\nplain\"");
        read(Csv.written(CsvContacts.HEADER) + row, StandardCharsets.UTF_8);
        VCard back = read.getFirst();
        assertThat(back.name()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(back.plain("TEL")).isEqualTo("+34 600");
        assertThat(back.first("NOTE").orElseThrow().text()).isEqualTo("-1\nplain");
    }

    @Test
    void s38RandomFilesAreReadInTime() {
        String google = "Name,E-mail 1 - Value,Labels\n\"A \"\"B\"\"\",a@example.org,x ::: y\n;\t'=1,,\n";
        String cards = """
                BEGIN:VCARD
                VERSION:3.0
                FN:Ann
                N:Lee;Ann;;;
                EMAIL;TYPE=HOME:a@example.org
                PHOTO;ENCODING=b:iVBORw0KGgo=
                NOTE;ENCODING=QUOTED-PRINTABLE:=C3=B1=
                 =E2=82
                CATEGORIES:a,b\\,c
                END:VCARD
                """;
        List<String> pieces = List.of(
                google, cards, "BEGIN:VCARD\r\nVERSION:2.1\r\nTEL;CELL:1\r\nEND:VCARD\r\n", "\0\u00e9\ud83d\ude00");
        Random random = new Random(7);
        long end = System.nanoTime() + 1_000_000_000L * Integer.getInteger("fuzz.seconds", 1);
        for (int round = 0; round < 50 || System.nanoTime() < end; round++) {
            ByteArrayOutputStream mixed = new ByteArrayOutputStream();
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] piece = pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8);
                for (int bites = random.nextInt(8); bites > 0; bites--) {
                    piece[random.nextInt(piece.length)] = (byte) random.nextInt(256);
                }
                int from = random.nextInt(piece.length);
                mixed.write(piece, from, random.nextInt(piece.length - from + 1));
                mixed.writeBytes(random.nextInt(3) == 0 ? piece : new byte[0]);
            }
            read(mixed.toByteArray());
            for (VCard card : read) {
                ContactPage.of(new Contact("id", "uid", card, false, null, false, Map.of()));
                ContactForm.of(card).onto(card);
                Csv.written(CsvContacts.row(card));
                assertThat(VCard.of(card.as(true).text())).as("round %d", round).isNotNull();
                assertThat(ContactIndex.names(card).size()
                                + ContactIndex.others(card).size())
                        .isLessThan(20_000);
            }
        }
    }

    @Test
    void s39PhotosArePaintedAnewAndBombsRefused() throws IOException {
        BufferedImage large = new BufferedImage(3_000, 1_500, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(large, "png", out);
        byte[] png = out.toByteArray();
        byte[] trailing = java.util.Arrays.copyOf(png, png.length + 100);
        System.arraycopy("<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII), 0, trailing, png.length, 25);
        Property.Photo photo = ContactPhoto.of(trailing);
        assertThat(photo.mediaType()).isEqualTo("image/jpeg");
        assertThat(new String(photo.octets(), StandardCharsets.ISO_8859_1)).doesNotContain("script");
        BufferedImage small = ImageIO.read(new java.io.ByteArrayInputStream(photo.octets()));
        assertThat(small.getWidth()).isEqualTo(small.getHeight()).isEqualTo(384);

        byte[] bomb = png.clone();
        bomb[16] = 0x7f;
        assertThat(ContactPhoto.of(bomb)).as("two thousand million pixels wide").isNull();
        for (String no : List.of("", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", "BM\0\0\0\0")) {
            assertThat(ContactPhoto.of(no.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(no)
                    .isNull();
        }
    }

    @Test
    void theFormKeepsWhatItDoesNotShow() {
        VCard card = VCard.of("""
                BEGIN:VCARD
                VERSION:3.0
                FN:Dr. Ana Gil
                N:Gil;Ana;;Dr.;
                EMAIL;TYPE=INTERNET,HOME;PREF=1:ana@example.org
                ADR:;;Calle 1;Soria;;;
                X-ODD:1
                END:VCARD
                """);
        ContactForm form = ContactForm.of(card);
        assertThat(form.onto(card).lines()).isEqualTo(card.lines());
        ContactForm renamed =
                new ContactForm("Anna", "Gil", "", "", form.emails(), form.phones(), "Friends, Work", form.note());
        assertThat(renamed.onto(card).lines())
                .contains(
                        "N:Gil;Anna;;Dr.;",
                        "FN:Anna Gil",
                        "EMAIL;TYPE=INTERNET,HOME;PREF=1:ana@example.org",
                        "ADR:;;Calle 1;Soria;;;",
                        "X-ODD:1",
                        "CATEGORIES:Friends,Work");
    }

    @Test
    void rowsOfATableMayBeWrittenInManyWays() throws IOException {
        Csv csv = Csv.of(new StringReader("a;b\r\n\"x;\"\"y\"\"\n\";2\r\n\r\n z ;\r\n"));
        assertThat(csv.next()).containsExactly("a", "b");
        assertThat(csv.next()).containsExactly("x;\"y\"", "2");
        assertThat(csv.next()).containsExactly("z", "");
        assertThat(csv.next()).isNull();
    }
}
