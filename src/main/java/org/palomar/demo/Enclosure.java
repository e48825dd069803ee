package org.palomar.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file that travels with a letter, made here so that no binary lies among the sources. */
final class Enclosure {

    private static final Map<String, Enclosure> MADE = new ConcurrentHashMap<>();

    private final String name;
    private final String mediaType;
    private final byte[] content;

    private Enclosure(String name, String mediaType, byte[] content) {
        this.name = name;
        this.mediaType = mediaType;
        this.content = content;
    }

    String name() {
        return name;
    }

    String mediaType() {
        return mediaType;
    }

    byte[] content() {
        return content.clone();
    }

    static Enclosure named(String name) {
        Enclosure made = MADE.get(name);
        if (made == null) {
            made = make(name);
            MADE.put(name, made);
        }
        return made;
    }

    private static Enclosure make(String name) {
        if (name.endsWith(".pdf")) {
            List<String> lines =
                    Story.resource(name.replace(".pdf", ".page")).lines().toList();
            return new Enclosure(name, "application/pdf", PdfPage.of(lines));
        }
        if (name.endsWith(".zip")) {
            return new Enclosure(name, "application/zip", zip("oak-list.csv", "loft.jpg", "plan.png"));
        }
        if (name.endsWith(".csv")) {
            return new Enclosure(name, "text/csv", Story.resource(name).getBytes(StandardCharsets.UTF_8));
        }
        return switch (name) {
            case "loft.jpg" -> new Enclosure(name, "image/jpeg", Drawing.dovecote(1200, 800, "jpg"));
            case "dusk.jpg" -> new Enclosure(name, "image/jpeg", Drawing.dusk(1000, 700));
            case "dovecote.png" -> new Enclosure(name, "image/png", Drawing.dovecote(480, 320, "png"));
            case "plan.png" -> new Enclosure(name, "image/png", Drawing.plan(800));
            default -> throw new IllegalArgumentException("no enclosure is called " + name);
        };
    }

    private static byte[] zip(String... names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(named(name).content());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
