package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Audio and video in pieces, and files whose content is not what they claim (S10). */
class MediaIT {

    private static final String BOX = "Media";

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final byte[] SOUND = sound();
    private static String path;

    private static byte[] sound() {
        byte[] octets = new byte[100_000];
        new Random(7).nextBytes(octets);
        byte[] magic = "RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, octets, 0, magic.length);
        return octets;
    }

    private static String file(String type, String name, String base64) {
        return "--b\r\nContent-Type: " + type + "; name=\"" + name
                + "\"\r\nContent-Disposition: attachment; filename=\"" + name
                + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64 + "\r\n";
    }

    @BeforeAll
    static void seed() {
        String lines = Base64.getMimeEncoder().encodeToString(SOUND);
        // One line in the middle is shorter than the others: only some pieces can be found.
        String uneven = lines.substring(0, 78 * 500 + 4) + "\r\n" + lines.substring(78 * 500 + 4);
        String html = Base64.getMimeEncoder()
                .encodeToString("<html><script>pwned()</script>".getBytes(StandardCharsets.US_ASCII));
        String message = "From: bob@palomar.example\r\nSubject: media\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nListen\r\n"
                + file("audio/x-wav", "coo.wav", lines)
                + file("application/octet-stream", "coo.wav", uneven)
                + file("audio/mpeg", "coo.mp3", html)
                + file("video/mp4", "not.mp4", Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5}))
                + file(
                        "application/csv",
                        "list.csv",
                        Base64.getEncoder().encodeToString("a,b\r\n1,2\r\n".getBytes(StandardCharsets.US_ASCII)))
                + file("text/plain", "CON.txt", "YQ==")
                + file("text/plain", "con.TXT", "Yg==")
                + file("text/plain", "what?.txt", "Yw==")
                + "--b--\r\n";
        stage.dovecot().put("ines@palomar.example", BOX, message.getBytes(StandardCharsets.US_ASCII));
        path = "mailboxes/" + BOX + "/messages/"
                + stage.refs("ines", BOX).getFirst().key();
    }

    private static Answer piece(Visitor ines, int part, String range) {
        return ines.with("Range", range).get(path + "/parts/" + part + "?inline=1");
    }

    @Test
    void piecesOfASoundAreExact() {
        for (String range :
                List.of("0-", "0-0", "57-113", "56-57", "12345-54321", "99999-", "-1", "-60000", "99000-200000")) {
            try (Visitor ines = stage.visitor().signedIn("ines")) {
                Answer answer = piece(ines, 2, "bytes=" + range).expect(206);
                int dash = range.indexOf('-');
                int last = SOUND.length - 1;
                int from = dash == 0
                        ? SOUND.length - Integer.parseInt(range.substring(1))
                        : Integer.parseInt(range.substring(0, dash));
                int to = dash == 0 || dash == range.length() - 1
                        ? last
                        : Math.min(last, Integer.parseInt(range.substring(dash + 1)));
                assertThat(answer.header("Content-Range")).isEqualTo("bytes " + from + "-" + to + "/" + SOUND.length);
                assertThat(answer.body()).as(range).isEqualTo(Arrays.copyOfRange(SOUND, from, to + 1));
                assertThat(answer.header("Content-Type")).isEqualTo("audio/wav");
                assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            }
        }
    }

    @Test
    void whatCannotBeGivenInPiecesIsGivenWhole() {
        try (Visitor ines = stage.visitor().signedIn("ines")) {
            assertThat(piece(ines, 2, "bytes=100000-").expect(416).header("Content-Range"))
                    .isEqualTo("bytes */100000");
        }
        try (Visitor ines = stage.visitor().signedIn("ines")) {
            assertThat(piece(ines, 2, "bytes=0-1,5-6").expect(200).body()).isEqualTo(SOUND);
        }
        try (Visitor ines = stage.visitor().signedIn("ines")) {
            assertThat(piece(ines, 3, "bytes=90000-").expect(200).body()).isEqualTo(SOUND);
        }
    }

    @Test
    void s10_contentDecidesWhatIsShown() {
        try (Visitor ines = stage.visitor().signedIn("ines")) {
            Answer page = ines.get(path + "/parts/4?inline=1").expect(200);
            assertThat(page.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/plain;charset=utf-8");
            assertThat(page.header("Content-Security-Policy")).startsWith("sandbox");
            Document nothing = ines.get(path + "/parts/5/preview").expect(200).html();
            assertThat(nothing.select("[data-testid=preview-none]")).hasSize(1);
            assertThat(nothing.select("audio, video, iframe, img")).isEmpty();
            assertThat(ines.get(path + "/parts/5?inline=1").header("Content-Disposition"))
                    .startsWith("attachment");
            assertThat(ines.get(path + "/parts/2/preview").expect(200).html().select("audio"))
                    .hasSize(1);
            assertThat(ines.get(path + "/parts/6?inline=1").expect(200).text()).isEqualTo("a,b\r\n1,2\r\n");
        }
    }

    @Test
    void noneOfManyFilesIsLeftOut() throws Exception {
        stage.dovecot()
                .put(
                        "ines@palomar.example",
                        "Many",
                        ("Subject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                        + file("application/pdf", "a.pdf", "YQ==")
                                                .repeat(3_000) + "--b--\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        try (Visitor ines = stage.visitor().signedIn("ines")) {
            String ref = ines.get("mailboxes/Many")
                    .html()
                    .select("[data-testid=message-row]")
                    .attr("data-ref");
            Document page =
                    ines.get("mailboxes/Many/messages/" + ref).expect(200).html();
            assertThat(page.select("[data-testid=attachment]")).hasSize(1_000);
            assertThat(page.text()).contains("Only the first 1,000 files");
            int files = 0;
            try (var zip = new java.util.zip.ZipInputStream(
                    new java.io.ByteArrayInputStream(ines.get("mailboxes/Many/messages/" + ref + "/attachments.zip")
                            .expect(200)
                            .body()))) {
                while (zip.getNextEntry() != null) {
                    files++;
                }
            }
            assertThat(files).isEqualTo(3_000);
        }
    }

    @Test
    void s28_anArchiveCanBeUnpackedAnywhere() throws Exception {
        try (Visitor ines = stage.visitor().signedIn("ines");
                var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(
                        ines.get(path + "/attachments.zip").expect(200).body()))) {
            List<String> names = new java.util.ArrayList<>();
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
            assertThat(names)
                    .containsExactly(
                            "coo.wav",
                            "coo (2).wav",
                            "coo.mp3",
                            "not.mp4",
                            "list.csv",
                            "_CON.txt",
                            "_con (2).TXT",
                            "what_.txt");
        }
    }
}
