package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;

/** The source of messages, and of messages in messages. */
class SourceIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String INNER = "From: erin@elsewhere.example\r\nSubject: Inner\r\n\r\nThe letter inside.\r\n";

    @Test
    void aNestedMessageIsDecodedAndAPartThatIsNotThereIsNotFound() {
        String encoded = Base64.getMimeEncoder().encodeToString(INNER.getBytes(StandardCharsets.UTF_8));
        stage.dovecot()
                .put(
                        "dan@palomar.example",
                        "Source",
                        ("Subject: Outer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                        + "--b\r\nContent-Type: text/plain\r\n\r\nOutside.\r\n"
                                        + "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                        + encoded + "\r\n--b--\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        Visitor dan = stage.visitor().signedIn("dan");
        String message = "mailboxes/Source/messages/"
                + stage.refs("dan", "Source").getFirst().key();
        assertThat(new String(dan.get(message + "/message.eml").body(), StandardCharsets.UTF_8))
                .startsWith("Subject: Outer")
                .endsWith("--b--\r\n");
        assertThat(dan.get(message + "/source").html().text()).contains("Subject: Outer");
        assertThat(new String(dan.get(message + "/message.eml?part=2").body(), StandardCharsets.UTF_8))
                .isEqualTo(INNER);
        assertThat(dan.get(message + "/source?part=2").html().text()).contains("The letter inside.");
        assertThat(dan.get(message + "/source?part=7").status()).isEqualTo(404);
        assertThat(dan.get(message + "/message.eml?part=7").status()).isEqualTo(404);
    }
}
