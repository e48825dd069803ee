package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodingTest {

    @Test
    void base64IsTheSameHoweverItIsCutAndBroken() throws IOException {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] content = new byte[length * (length % 11 == 0 ? 331 : 1)];
            random.nextBytes(content);
            String lines = Base64.getMimeEncoder(
                            4 * (1 + random.nextInt(20)), "\r\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(content);
            byte[] encoded = lines.getBytes(StandardCharsets.US_ASCII);
            assertThat(Decoding.decode(encoded, "base64")).isEqualTo(content);
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try (OutputStream decoder = Decoding.stream("BASE64", decoded)) {
                for (int at = 0; at < encoded.length; ) {
                    int some = Math.min(encoded.length - at, 1 + random.nextInt(90));
                    decoder.write(encoded, at, some);
                    at += some;
                }
            }
            assertThat(decoded.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void whatIsNotBase64IsPassedOverAndPaddingBeginsAnew() {
        assertThat(base64("SGVs!bG8-g\u00e9d2 9y\tbGQ=")).isEqualTo("Hello world");
        assertThat(base64("SGk=SGVsbG8=")).isEqualTo("HiHello");
        assertThat(base64("SGVsbG8")).isEqualTo("Hello");
    }

    private static String base64(String encoded) {
        return new String(Decoding.decode(encoded.getBytes(StandardCharsets.UTF_8), "base64"), StandardCharsets.UTF_8);
    }
}
