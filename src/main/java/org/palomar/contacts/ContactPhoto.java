package org.palomar.contacts;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.palomar.vcard.Property;

/**
 * Photos that people bring: painted anew as a small JPEG, so that nothing is left of the file but its picture: no place where it was
 * taken, no second meaning. Sizes are read before anything is unpacked (S39).
 */
final class ContactPhoto {

    /** Octets of a file that is read. */
    static final int LARGEST = 12_000_000;

    private static final long PIXELS = 40_000_000;
    private static final int WIDEST = 12_000;
    private static final int SIDE = 384;

    private ContactPhoto() {}

    /** @return null when it is no PNG, JPEG or GIF, or too large */
    static Property.@Nullable Photo of(byte[] file) {
        if (file.length == 0 || file.length > LARGEST) {
            return null;
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    if (isKnown(reader.getFormatName())) {
                        reader.setInput(in, true, true);
                        return read(reader);
                    }
                } finally {
                    reader.dispose();
                }
            }
            return null;
        } catch (IOException | RuntimeException _) {
            // The decoders of the JDK throw many things at files that are broken.
            return null;
        }
    }

    private static boolean isKnown(String format) {
        return switch (format.toLowerCase(java.util.Locale.ROOT)) {
            case "png", "jpeg", "jpg", "gif" -> true;
            default -> false;
        };
    }

    private static Property.@Nullable Photo read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width <= 0 || height <= 0 || width > WIDEST || height > WIDEST || (long) width * height > PIXELS) {
            return null;
        }
        var param = reader.getDefaultReadParam();
        // Every n-th pixel of a large picture is enough, and a fraction of the memory.
        int skip = Math.max(1, Math.min(width, height) / (2 * SIDE));
        param.setSourceSubsampling(skip, skip, 0, 0);
        return painted(reader.read(0, param));
    }

    /** The middle square. */
    private static Property.Photo painted(BufferedImage image) throws IOException {
        int square = Math.min(image.getWidth(), image.getHeight());
        int side = Math.min(square, SIDE);
        int x = (image.getWidth() - square) / 2;
        int y = (image.getHeight() - square) / 2;
        BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = small.createGraphics();
        paint.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        paint.drawImage(image, 0, 0, side, side, x, y, x + square, y + square, Color.WHITE, null);
        paint.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(small, "jpeg", out);
        return new Property.Photo("image/jpeg", out.toByteArray());
    }
}
