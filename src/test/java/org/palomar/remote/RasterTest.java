package org.palomar.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S39: what a picture is, and how large, is told from its first octets. */
class RasterTest {

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg", "gif, image/gif"})
    void readsWhatJavaWrites(String format, String mediaType) throws IOException {
        assertThat(Raster.of(picture(format))).isEqualTo(new Raster(mediaType, 321, 45));
    }

    @Test
    void readsWhatBrowsersReadToo() {
        assertThat(Raster.of(hex("52494646000000005745425056503858 0a000000 00000000 3f0100 2c0000 0000")))
                .isEqualTo(new Raster("image/webp", 320, 45));
        assertThat(Raster.of(hex("5249464600000000574542505650384c 00000000 2f 3f010b00 0000000000")))
                .isEqualTo(new Raster("image/webp", 320, 45));
        assertThat(Raster.of(hex("52494646000000005745425056503820 00000000 000000 9d012a 4001 2d00")))
                .isEqualTo(new Raster("image/webp", 320, 45));
        assertThat(Raster.of(
                        hex("0000001c 66747970 61766966 00000000 00000014 69737065 00000000 00000140 0000002d 00")))
                .isEqualTo(new Raster("image/avif", 320, 45));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<?xml version='1.0'?><svg/>",
                "<!doctype html><script>alert(1)</script>",
                "GIF89a",
                "GIF87",
                "RIFF1234WEBP",
                "RIFF1234WAVEfmt aaaaaaaaaaaaaaaaaaaaaa",
                "%PDF-1.4",
                "BM000000000000000000000000000",
                "1234ftypmp42000000000000000000",
                "1234ftypavif00000000000000000000"
            })
    void refusesEverythingElse(String content) {
        assertThat(Raster.of(content.getBytes(StandardCharsets.ISO_8859_1))).isNull();
    }

    @Test
    void readsAnyOctetsWithoutHarm() throws IOException {
        Random random = new Random(39);
        for (String format : new String[] {"png", "jpg", "gif"}) {
            byte[] picture = picture(format);
            for (int i = 0; i < 3_000; i++) {
                byte[] broken = Arrays.copyOf(picture, random.nextInt(picture.length));
                for (int j = 0; j < 4 && broken.length > 0; j++) {
                    broken[random.nextInt(Math.min(broken.length, 200))] = (byte) random.nextInt();
                }
                Raster.of(broken);
            }
        }
    }

    private static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(321, 45, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
