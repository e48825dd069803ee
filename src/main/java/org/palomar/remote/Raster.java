package org.palomar.remote;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What kind of picture octets are, and how large it is, told from their beginning alone. Only kinds that a browser just paints; SVG
 * is none of them.
 *
 * @param mediaType what it is served as
 * @param width in pixels
 * @param height in pixels
 */
record Raster(String mediaType, long width, long height) {

    /** Whether it has any pixels, not more than so many, and is no wider and no higher than so many. */
    boolean fits(long widest, long pixels) {
        return width > 0 && height > 0 && width <= widest && height <= widest && width * height <= pixels;
    }

    /** @return null when it is none of these kinds, or breaks off before it says its size */
    static @Nullable Raster of(byte[] octets) {
        Octets in = new Octets(octets);
        if (in.is(0, "\u0089PNG\r\n\u001a\n")) {
            return in.has(24) && in.is(12, "IHDR") ? new Raster("image/png", in.big(16, 4), in.big(20, 4)) : null;
        }
        if (in.is(0, "GIF87a") || in.is(0, "GIF89a")) {
            return in.has(10) ? new Raster("image/gif", in.little(6, 2), in.little(8, 2)) : null;
        }
        if (in.is(0, "\u00ff\u00d8\u00ff")) {
            return jpeg(in);
        }
        if (in.is(0, "RIFF") && in.is(8, "WEBP")) {
            return webp(in);
        }
        return in.is(4, "ftyp") && (in.is(8, "avif") || in.is(8, "avis")) ? avif(in) : null;
    }

    /** The first frame header (ITU T.81, B.2.2), past any number of other segments. */
    private static @Nullable Raster jpeg(Octets in) {
        int at = 2;
        while (in.has(at + 9) && in.at(at) == 0xff) {
            int marker = in.at(at + 1);
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new Raster("image/jpeg", in.big(at + 7, 2), in.big(at + 5, 2));
            }
            at += marker == 0xff ? 1 : 2 + (int) in.big(at + 2, 2);
        }
        return null;
    }

    /** RFC 9649: lossy, lossless or extended. */
    private static @Nullable Raster webp(Octets in) {
        if (!in.has(30)) {
            return null;
        }
        if (in.is(12, "VP8X")) {
            return new Raster("image/webp", in.little(24, 3) + 1, in.little(27, 3) + 1);
        }
        if (in.is(12, "VP8L")) {
            long bits = in.little(21, 4);
            return new Raster("image/webp", (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
        }
        return in.is(12, "VP8 ")
                ? new Raster("image/webp", in.little(26, 2) & 0x3fff, in.little(28, 2) & 0x3fff)
                : null;
    }

    /** The largest of its images (ISO 23008-12, {@code ispe}), which lie in a box near the beginning. */
    private static @Nullable Raster avif(Octets in) {
        Raster largest = null;
        for (int at = 12; in.has(at + 16); at++) {
            if (in.is(at, "ispe")) {
                Raster found = new Raster("image/avif", in.big(at + 8, 4), in.big(at + 12, 4));
                if (largest == null || found.width * found.height > largest.width * largest.height) {
                    largest = found;
                }
            }
        }
        return largest;
    }

    private static final class Octets {

        private final byte[] octets;

        Octets(byte[] octets) {
            this.octets = octets;
        }

        boolean has(int length) {
            return length <= octets.length;
        }

        int at(int index) {
            return octets[index] & 0xff;
        }

        boolean is(int from, String text) {
            byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
            return has(from + wanted.length)
                    && Arrays.equals(octets, from, from + wanted.length, wanted, 0, wanted.length);
        }

        long big(int from, int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = value << 8 | at(from + i);
            }
            return value;
        }

        long little(int from, int count) {
            long value = 0;
            for (int i = count - 1; i >= 0; i--) {
                value = value << 8 | at(from + i);
            }
            return value;
        }
    }
}
