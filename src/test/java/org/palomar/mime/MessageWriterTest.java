package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;

class MessageWriterTest {

    private static final ZonedDateTime DATE = ZonedDateTime.of(2026, 2, 3, 4, 5, 6, 0, ZoneOffset.ofHours(-5));
    private static final List<String> HEADERS = List.of(
            "Date",
            "From",
            "To",
            "Cc",
            "Subject",
            "Message-ID",
            "In-Reply-To",
            "References",
            "User-Agent",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");

    @TempDir
    Path folder;

    @Test
    void writesAPlainMessage() throws Exception {
        String written = write(draft("Hello", "Hi\nthere", List.of()));
        assertThat(written).isEqualTo("""
                Date: Tue, 3 Feb 2026 04:05:06 -0500
                From: Alice <alice@palomar.example>
                To: "Bob (B.)" <bob@palomar.example>
                Cc: carol@xn--espaa-rta.example
                Subject: Hello
                Message-ID: <new@palomar.example>
                In-Reply-To: <old@palomar.example>
                References: <first@palomar.example> <old@palomar.example>
                User-Agent: Palomar
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no
                Content-Transfer-Encoding: 7bit

                Hi
                there
                """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: evil@x.example",
                "x\nBcc: evil@x.example",
                "x\rBcc: evil",
                "x\0y",
                "x\u760D\u760ABcc: evil",
                "x\u010D\u010ABcc: evil",
                "x\u2028Bcc: y",
                "x\u0085Bcc: y",
                "=?utf-8?Q?=0D=0ABcc:_evil?=",
                "\r\n\r\nbody",
                "x\uD83D",
                "   ",
                "",
                "\"\\",
                "a, b <c@d.example>",
                "x;\r\n y=z",
                "\u202Eevil"
            })
    void neverLetsAValueBeginALine(String evil) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "content");
        Draft draft = new Draft(
                new Address(evil, "alice@palomar.example"),
                List.of(new Address(evil, "bob@palomar.example")),
                List.of(new Address(evil, "carol@palomar.example")),
                List.of(new Address("Hidden", "hidden@palomar.example")),
                evil,
                evil,
                List.of(new Draft.File(evil, "text/plain" + evil, file)),
                new MessageId("<new@palomar.example>"),
                DATE,
                new MessageId("<old@palomar.example>"),
                List.of(new MessageId("<a\u760D\u760Ab@x>"), new MessageId("<old@palomar.example>")));
        String written = write(draft);
        assertThat(written).doesNotContain("hidden@").matches("\\A(?:[\\x20-\\x7e\\t]*\\r\\n)*\\z");
        MimeMessage parsed = parsed(written);
        assertThat(Collections.list(parsed.getAllHeaders()).stream().map(h -> h.getName()))
                .containsExactlyElementsOf(HEADERS.stream()
                        .filter(h -> !h.equals("Content-Transfer-Encoding"))
                        .toList());
        assertThat(parsed.getFrom()).hasSize(1);
        assertThat(parsed.getAllRecipients()).hasSize(2);
        assertThat(parsed.getHeader("References", " ")).isEqualTo("<old@palomar.example>");
        MimeMultipart parts = (MimeMultipart) parsed.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(Collections.list(parts.getBodyPart(1).getAllHeaders()).stream()
                        .map(h -> h.getName()))
                .containsExactly("Content-Type", "Content-Disposition", "Content-Transfer-Encoding");
        assertThat(parsed.getSubject()).isEqualTo(expectedSubject(evil));
    }

    private static String expectedSubject(String evil) {
        return HeaderWriter.clean(evil);
    }

    @Test
    void refusesAddressesBeforeTheFirstOctet() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Draft draft = draftTo(List.of(new Address(null, "jörg x@x.example")), "s", "t", List.of());
        assertThatThrownBy(() -> new MessageWriter().write(draft, out)).isInstanceOf(UnsendableAddress.class);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße aus Köln und noch viel mehr Wörter, damit die Zeile sicher gefaltet werden muss, ja wirklich",
                "日本語の件名はとても長いので折り返しが必要になりますが、文字の途中で切ってはいけません。絶対に。",
                "مرحبا بالعالم",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "plain ascii subject that is long enough to be folded at least once, I believe so"
            })
    void encodesSubjects(String subject) throws Exception {
        String written = write(draft(subject, "x", List.of()));
        assertThat(written.substring(0, written.indexOf("\r\n\r\n")).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        assertThat(parsed(written).getSubject()).isEqualTo(subject);
        assertThat(WholeMessage.parse(written.getBytes(StandardCharsets.US_ASCII))
                        .envelope()
                        .subject())
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grüße, 100 % = alles ", "日本語のテキスト", "a very long line ünd more ", "x"})
    void carriesAnyText(String piece) throws Exception {
        String text = piece.repeat(60).strip();
        MimeMessage parsed = parsed(write(draft("s", text, List.of())));
        assertThat(((String) parsed.getContent()).replaceAll(" \r\n", " ").strip())
                .isEqualTo(text);
    }

    @Test
    void writesFilesWithNamesForOldAndNewReaders() throws Exception {
        byte[] octets = new byte[200_001];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 31);
        }
        Path file = Files.write(folder.resolve("f"), octets);
        String name = "Übersicht über alle Räume, Stände und Gäste – 2026 endgültig.pdf";
        String written = write(draft(
                "s",
                "t",
                List.of(
                        new Draft.File(name, "application/pdf", file),
                        new Draft.File("a \"b\\.txt", "TEXT/Plain; x=y", file))));
        WholeMessage message = WholeMessage.parse(written.getBytes(StandardCharsets.US_ASCII));
        List<MessageBody.Attachment> attachments =
                BodyChooser.choose(message.structure()).attachments();
        assertThat(attachments).extracting("name").containsExactly(name, "txt");
        assertThat(attachments).extracting("mediaType").containsExactly("application/pdf", "text/plain");
        assertThat(Decoding.decode(message.part(attachments.getFirst().path()).orElseThrow(), "base64"))
                .isEqualTo(octets);
        MimeMultipart parts = (MimeMultipart) parsed(written).getContent();
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(octets);
        String fallBack = parts.getBodyPart(1).getContentType();
        assertThat(MimeUtility.decodeText(fallBack.substring(fallBack.indexOf('"') + 1, fallBack.lastIndexOf('"'))))
                .isEqualTo(name);
        assertThat(written.lines().filter(line -> line.length() > 78)).isEmpty();
    }

    @Test
    void forwardsAMessageAsItIs() throws Exception {
        String inner = "Subject: inner\nContent-Type: text/plain; charset=utf-8\n\nGrüße\n.\nFrom x\n";
        Path file = Files.writeString(folder.resolve("m.eml"), inner);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MessageWriter().write(draft("s", "t", List.of(new Draft.File("m.eml", "message/rfc822", file))), out);
        WholeMessage message = WholeMessage.parse(out.toByteArray());
        MessageBody.Attachment attachment =
                BodyChooser.choose(message.structure()).attachments().getFirst();
        assertThat(attachment.nested()).isTrue();
        assertThat(attachment.encoding()).isEqualTo("8bit");
        assertThat(message.part(attachment.path()).orElseThrow())
                .isEqualTo(inner.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "Subject: x\r\n\r\n" + "y".repeat(2_000) + "\r\n");
        out.reset();
        new MessageWriter().write(draft("s", "t", List.of(new Draft.File("m.eml", "message/rfc822", file))), out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .contains("application/octet-stream")
                .contains("base64");
    }

    @Test
    void streamsLargeFilesInConstantMemory() throws Exception {
        Path file = folder.resolve("large");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(block);
            }
        }
        long[] count = new long[2];
        new MessageWriter()
                .write(draft("s", "t", List.of(new Draft.File("large", "application/zip", file))), new OutputStream() {
                    @Override
                    public void write(int octet) {
                        count[0]++;
                    }

                    @Override
                    public void write(byte[] octets, int from, int length) {
                        count[0] += length;
                        count[1] = Math.max(count[1], length);
                    }
                });
        assertThat(count[0]).isGreaterThan(64L << 20);
        assertThat(count[1]).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void trimsLongReferencesKeepingFirstAndLast() throws Exception {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(new MessageId("<" + i + "@palomar.example>"));
        }
        Draft draft = new Draft(
                new Address(null, "alice@palomar.example"),
                List.of(),
                List.of(),
                List.of(new Address(null, "bob@palomar.example"), new Address(null, "BOB2@palomar.example")),
                "s",
                "t",
                List.of(),
                new MessageId("<n@x>"),
                DATE,
                null,
                ids);
        MimeMessage parsed = parsed(write(draft));
        String[] references = parsed.getHeader("References", " ").split("\\s+", -1);
        assertThat(references)
                .hasSize(20)
                .startsWith("<0@palomar.example>", "<81@palomar.example>")
                .endsWith("<99@palomar.example>");
        assertThat(parsed.getHeader("To", " ")).isEqualTo("undisclosed-recipients:;");
        assertThat(MessageWriter.recipients(draft)).containsExactly("bob@palomar.example", "BOB2@palomar.example");
    }

    private static Draft draft(String subject, String text, List<Draft.File> files) {
        return draftTo(List.of(new Address("Bob (B.)", "bob@palomar.example")), subject, text, files);
    }

    private static Draft draftTo(List<Address> to, String subject, String text, List<Draft.File> files) {
        return new Draft(
                new Address("Alice", "alice@palomar.example"),
                to,
                List.of(new Address(null, "carol@españa.example")),
                List.of(new Address(null, "hidden@palomar.example")),
                subject,
                text,
                files,
                new MessageId("<new@palomar.example>"),
                DATE,
                new MessageId("<old@palomar.example>"),
                List.of(new MessageId("<first@palomar.example>"), new MessageId("<old@palomar.example>")));
    }

    private static String write(Draft draft) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MessageWriter().write(draft, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static MimeMessage parsed(String written) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));
    }
}
