package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.palomar.mail.BodyStructure;

/** Messages made to exhaust a reader (THREATS S37). */
@Timeout(30)
class HostileMessageTest {

    @BeforeAll
    static void warmUp() {
        read("Subject: x\r\n\r\ny");
    }

    @Test
    void survivesTenThousandLevels() {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        assertThat(read(message + "\r\ndeep").shown()).isNotEmpty();
        assertThat(read("Content-Type: message/rfc822\r\n\r\n".repeat(10_000) + "deep")
                        .attachments())
                .hasSize(1);
    }

    @Test
    void survivesAMillionParts() {
        MessageBody body =
                read("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(1_000_000));
        assertThat(body.shown()).hasSize(200);
        assertThat(body.attachments()).as("what is too much to show is listed").hasSizeBetween(700, 1_000);
    }

    @Test
    void survivesAMillionParametersAndFields() {
        assertThat(read("Content-Type: text/plain" + "; name*0=x".repeat(1_000_000) + "\r\n\r\nbody")
                        .shown())
                .hasSize(1);
        assertThat(read("Content-Type: text/plain" + ";\r\n a=\"".repeat(300_000) + "\r\n\r\nbody")
                        .shown())
                .hasSize(1);
        assertThat(read("X: y\r\n".repeat(1_000_000) + "Subject: x\r\n\r\nbody").shown())
                .hasSize(1);
        assertThat(read("To: " + "a@b.example, ".repeat(1_000_000) + "\r\n\r\nbody")
                        .shown())
                .hasSize(1);
    }

    @Test
    void survivesAVeryLargeHeader() {
        WholeMessage message = WholeMessage.parse(
                ("Subject: " + "x\r\n ".repeat(10_000_000) + "\r\n\r\nbody").getBytes(StandardCharsets.US_ASCII));
        assertThat(message.envelope().subject()).hasSizeLessThanOrEqualTo(1_000_000);
    }

    @Test
    void opensAnyGarbage() {
        Random random = new Random(3);
        String[] pieces = {
            "Content-Type: ",
            "multipart/mixed",
            "; boundary=",
            "\"",
            "a",
            "\r\n",
            "\r\n\r\n",
            "--a",
            "--a--",
            "\n",
            ":",
            "=?utf-8?B?",
            "?=",
            "message/rfc822",
            "text/html",
            "\0",
            "*0*=",
            "%",
            "é",
            "Content-Disposition: attachment; filename",
            "=",
            ";",
            " "
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                message.append(pieces[random.nextInt(pieces.length)]);
            }
            WholeMessage whole = WholeMessage.parse(message.toString().getBytes(StandardCharsets.ISO_8859_1));
            MessageBody body = BodyChooser.choose(whole.structure());
            assertThat(body.shown().size() + body.attachments().size())
                    .as(message.toString())
                    .isPositive();
            whole.structure()
                    .all()
                    .filter(BodyStructure.Leaf.class::isInstance)
                    .forEach(leaf -> assertThat(whole.part(leaf.path()))
                            .as(leaf.path() + " of " + message)
                            .isPresent());
            body.attachments()
                    .forEach(a -> assertThat(a.name()).isNotBlank().doesNotContain("/", "\\", "\r", "\n", "\0"));
        }
    }

    private static MessageBody read(String message) {
        return BodyChooser.choose(WholeMessage.parse(message.getBytes(StandardCharsets.ISO_8859_1))
                .structure());
    }
}
