package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palomar.mail.BodyStructure.Leaf;

class BodyChooserTest {

    @Test
    void showsTheLastAlternativeAndKeepsThePlainOne() {
        MessageBody body = choose("""
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain

                plain
                --a
                Content-Type: text/html

                <p>rich</p>
                --a
                Content-Type: text/calendar; method=REQUEST

                BEGIN:VCALENDAR
                --a--
                """);
        assertThat(paths(body.text())).containsExactly("1");
        assertThat(paths(body.shown())).containsExactly("2");
        assertThat(names(body)).containsExactly("attachment-1.ics");
    }

    @Test
    void showsAFooterBelowTheHtmlAndListsFiles() {
        MessageBody body = choose("""
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: text/html

                <p>news</p>
                --m
                Content-Type: application/pdf; name="a.pdf"

                x
                --m
                Content-Type: text/plain
                Content-Disposition: attachment; filename=notes.txt

                notes
                --m
                Content-Type: text/plain

                _____ list footer
                --m--
                """);
        assertThat(paths(body.shown())).containsExactly("1", "4");
        assertThat(names(body)).containsExactly("a.pdf", "notes.txt");
    }

    @Test
    void dropsReferencedImagesFromTheListOnly() {
        MessageBody body = choose("""
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: text/html

                <img src="cid:Logo@x">
                --r
                Content-Type: image/png; name=logo.png
                Content-ID: <Logo@x>

                x
                --r
                Content-Type: image/png; name=other.png
                Content-ID: <other@x>

                x
                --r--
                """);
        assertThat(names(body)).containsExactly("logo.png", "other.png");
        assertThat(names(body.withReferenced(Set.of("Logo@x", "none@x")))).containsExactly("other.png");
        assertThat(body.inline()).containsOnlyKeys("logo@x", "other@x");
    }

    @Test
    void listsSignaturesReportsAndMessages() {
        MessageBody body = choose("""
                Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"

                --s
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: text/plain

                signed words
                --m
                Content-Type: message/rfc822

                Subject: Inner / one

                inner words
                --m--
                --s
                Content-Type: application/pgp-signature

                sig
                --s--
                """);
        assertThat(paths(body.text())).containsExactly("1.1");
        assertThat(names(body)).containsExactly("Inner one.eml", "attachment-2.asc");
        assertThat(body.attachments().getFirst().nested()).isTrue();
        assertThat(body.attachments().getFirst().path().value()).isEqualTo("1.2");
    }

    @Test
    void numbersPartsAsImapDoes() {
        WholeMessage single = WholeMessage.parse(octets("Subject: x\n\nhello\n"));
        assertThat(single.structure().path().value()).isEqualTo("1");
        assertThat(BodyChooser.choose(single.structure()).text()).hasSize(1);
    }

    @Test
    void neverShowsNothingWhenTheOnlyPartClaimsToBeAttached() {
        MessageBody body = choose("Content-Type: text/plain\nContent-Disposition: attachment\n\nwords\n");
        assertThat(body.shown()).hasSize(1);
        MessageBody named =
                choose("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nwords\n");
        assertThat(named.shown()).isEmpty();
        assertThat(names(named)).containsExactly("a.txt");
    }

    @Test
    void makesNamesSafe() {
        assertThat(AttachmentName.of("../../etc/passwd", "text/plain", 1)).isEqualTo("passwd");
        assertThat(AttachmentName.of("C:\\x\\..\\run.exe", "text/plain", 1)).isEqualTo("run.exe");
        assertThat(AttachmentName.of("invoice\u202Efdp.exe", "text/plain", 1)).isEqualTo("invoicefdp.exe");
        assertThat(AttachmentName.of("a\r\nX: y\0.pdf", "text/plain", 1)).isEqualTo("a X: y.pdf");
        assertThat(AttachmentName.of("...htaccess", "text/plain", 1)).isEqualTo("htaccess");
        assertThat(AttachmentName.of("..", "application/pdf", 2)).isEqualTo("attachment-2.pdf");
        assertThat(AttachmentName.of(null, "application/x-<script>", 3)).isEqualTo("attachment-3.bin");
        assertThat(AttachmentName.of("=?utf-8?Q?=E2=82=AC.txt?=", "text/plain", 1))
                .isEqualTo("€.txt");
        assertThat(AttachmentName.of("x".repeat(500) + ".pdf", "text/plain", 1))
                .hasSize(200)
                .endsWith("x.pdf");
        assertThat(AttachmentName.of("😀".repeat(200), "text/plain", 1)).hasSize(200);
    }

    private static MessageBody choose(String message) {
        return BodyChooser.choose(WholeMessage.parse(octets(message)).structure());
    }

    private static byte[] octets(String message) {
        return message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> paths(List<Leaf> leaves) {
        return leaves.stream().map(l -> l.path().value()).toList();
    }

    private static List<String> names(MessageBody body) {
        return body.attachments().stream().map(MessageBody.Attachment::name).toList();
    }
}
