package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

    /** What is in order is decoded in large pieces; whatever is wrong in one of them changes nothing around it. */
    @Test
    void damageFarIntoALargePartLosesNothingElse() throws IOException {
        Random random = new Random(8);
        byte[] content = new byte[60_000];
        random.nextBytes(content);
        for (int i = 0; i < 40; i++) {
            int cut = random.nextInt(content.length - 1);
            Base64.Encoder encoder = Base64.getMimeEncoder();
            String encoded = encoder.encodeToString(Arrays.copyOf(content, cut))
                    + List.of("", "\r\n", "!\u00e9 \t", "\r\n\r\n-\r\n", "\n", "\r")
                            .get(i % 6)
                    + encoder.encodeToString(Arrays.copyOfRange(content, cut, content.length));
            byte[] octets = encoded.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try (OutputStream decoder = Decoding.stream("base64", decoded)) {
                for (int at = 0; at < octets.length; ) {
                    int some = Math.min(octets.length - at, 1 + random.nextInt(20_000));
                    decoder.write(octets, at, some);
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
