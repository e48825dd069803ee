package org.palomar.message;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Makes and compares pictures. */
final class Pictures {

    /** Sides of the squares that are compared, pixels. */
    private static final int SQUARE = 8;

    private Pictures() {}

    static byte[] png(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** Mean structural similarity of that of red, green and blue which is least alike, 1 when equal; where one is larger nothing is alike. */
    static double alike(BufferedImage one, BufferedImage other) {
        int width = Math.max(one.getWidth(), other.getWidth());
        int height = Math.max(one.getHeight(), other.getHeight());
        double sum = 0;
        int squares = 0;
        for (int y = 0; y < height; y += SQUARE) {
            for (int x = 0; x < width; x += SQUARE) {
                boolean both = x + SQUARE <= Math.min(one.getWidth(), other.getWidth())
                        && y + SQUARE <= Math.min(one.getHeight(), other.getHeight());
                boolean edge = x + SQUARE > width || y + SQUARE > height;
                if (!edge) {
                    sum += both ? square(one, other, x, y) : 0;
                    squares++;
                }
            }
        }
        return squares == 0 ? 0 : sum / squares;
    }

    private static double square(BufferedImage one, BufferedImage other, int left, int top) {
        double least = 1;
        for (int shift = 0; shift <= 16; shift += 8) {
            least = Math.min(least, channel(one, other, left, top, shift));
        }
        return least;
    }

    private static double channel(BufferedImage one, BufferedImage other, int left, int top, int shift) {
        double n = SQUARE * SQUARE;
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int y = top; y < top + SQUARE; y++) {
            for (int x = left; x < left + SQUARE; x++) {
                double p = one.getRGB(x, y) >> shift & 255;
                double q = other.getRGB(x, y) >> shift & 255;
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }
        double meanA = a / n;
        double meanB = b / n;
        double c1 = 6.5025;
        double c2 = 58.5225;
        return (2 * meanA * meanB + c1)
                * (2 * (ab / n - meanA * meanB) + c2)
                / ((meanA * meanA + meanB * meanB + c1) * (aa / n - meanA * meanA + bb / n - meanB * meanB + c2));
    }
}
