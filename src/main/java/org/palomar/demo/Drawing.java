package org.palomar.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of the dovecote. No lettering: a server's Java may come without fonts. */
final class Drawing {

    private Drawing() {}

    /** The tower by day. */
    static byte[] dovecote(int width, int height, String format) {
        return tower(width, height, format, new Color(0x8EC5E8), new Color(0xF6EFD9), new Color(0xE8D9B5), 0x6B8E4E);
    }

    /** The tower against the evening. */
    static byte[] dusk(int width, int height) {
        return tower(width, height, "jpg", new Color(0x2B2A55), new Color(0xF0905A), new Color(0x6E4B52), 0x2F3A2C);
    }

    /** The ground plan: a round wall, the rows of nests, the revolving ladder. */
    static byte[] plan(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = graphics(image);
        g.setPaint(new Color(0xFBFAF5));
        g.fillRect(0, 0, size, size);
        g.setPaint(new Color(0x2E4057));
        double centre = size / 2.0;
        g.setStroke(new BasicStroke(size / 60f));
        g.draw(circle(centre, centre, size * 0.42));
        g.draw(circle(centre, centre, size * 0.33));
        g.setStroke(new BasicStroke(size / 200f));
        for (int nest = 0; nest < 24; nest++) {
            double angle = Math.toRadians(nest * 15);
            g.draw(new Line2D.Double(
                    centre + Math.cos(angle) * size * 0.33,
                    centre + Math.sin(angle) * size * 0.33,
                    centre + Math.cos(angle) * size * 0.42,
                    centre + Math.sin(angle) * size * 0.42));
        }
        g.setPaint(new Color(0xB4582E));
        g.setStroke(new BasicStroke(size / 80f));
        g.draw(new Line2D.Double(centre, centre, centre + size * 0.3, centre - size * 0.1));
        g.fill(circle(centre, centre, size * 0.025));
        g.dispose();
        return encode(image, "png");
    }

    private static byte[] tower(int width, int height, String format, Color sky, Color horizon, Color wall, int grass) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = graphics(image);
        g.setPaint(new GradientPaint(0, 0, sky, 0, height * 0.8f, horizon));
        g.fillRect(0, 0, width, height);
        g.setPaint(new Color(grass));
        g.fill(new Ellipse2D.Double(-width * 0.3, height * 0.72, width * 1.6, height * 0.8));
        double left = width * 0.36;
        double wide = width * 0.28;
        g.setPaint(new GradientPaint((float) left, 0, wall, (float) (left + wide), 0, wall.darker()));
        g.fill(new Rectangle2D.Double(left, height * 0.36, wide, height * 0.46));
        g.setPaint(new Color(0x9C4A2F));
        g.fillPolygon(new Polygon(
                new int[] {(int) (left - wide * 0.12), (int) (left + wide / 2), (int) (left + wide * 1.12)},
                new int[] {(int) (height * 0.37), (int) (height * 0.16), (int) (height * 0.37)},
                3));
        g.setPaint(new Color(0x3B2F2F));
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 5; column++) {
                double x = left + wide * (0.14 + column * 0.18);
                double y = height * (0.43 + row * 0.065);
                g.fill(circle(x, y, width * 0.009));
            }
        }
        g.fill(new Arc2D.Double(left + wide * 0.38, height * 0.68, wide * 0.24, height * 0.28, 0, 180, Arc2D.PIE));
        g.setStroke(new BasicStroke(width / 250f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int bird = 0; bird < 6; bird++) {
            double x = width * (0.08 + bird * 0.15);
            double y = height * (0.12 + (bird % 3) * 0.07);
            g.draw(new Arc2D.Double(x, y, width * 0.025, height * 0.025, 20, 130, Arc2D.OPEN));
            g.draw(new Arc2D.Double(x + width * 0.022, y, width * 0.025, height * 0.025, 30, 130, Arc2D.OPEN));
        }
        g.dispose();
        return encode(image, format);
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return g;
    }

    private static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, format, stream)) {
                throw new IllegalStateException("this Java writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
