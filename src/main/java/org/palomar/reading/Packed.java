package org.palomar.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.PartPath;
import org.palomar.mime.Decoding;
import org.palomar.mime.EmbeddedFiles;
import org.palomar.mime.PartText;
import org.palomar.mime.Tnef;

/**
 * Files inside one part: those of winmail.dat, and those that old programs wrote into a text. To everybody else they are parts
 * below that part, where IMAP has none.
 *
 * @param rest the text without them, octets as U+0000 to U+00FF; null for winmail.dat
 * @param text of winmail.dat: the letter itself, or null
 */
record Packed(List<File> files, @Nullable String rest, ReadMessage.@Nullable Shown text) {

    /** What is larger stays packed, octets as transferred. */
    static final int LARGEST = 12_000_000;

    private static final Map<String, String> TYPES = Map.of(
            "pdf", "application/pdf",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "txt", "text/plain",
            "csv", "text/csv",
            "zip", "application/zip",
            "doc", "application/msword",
            "ics", "text/calendar");

    /** @param content octets as U+0000 to U+00FF, which the JVM keeps as one octet each */
    record File(Leaf part, String content) {}

    static boolean isTnef(String mediaType, String name) {
        return mediaType.equals("application/ms-tnef")
                || mediaType.equals("application/vnd.ms-tnef")
                || name.equalsIgnoreCase("winmail.dat");
    }

    /** Reads the part and looks into it; nothing is in a part that cannot hold any. */
    static Packed of(Leaf leaf, Parts parts) {
        String name = leaf.fileName() == null ? "" : leaf.fileName();
        boolean tnef = isTnef(leaf.mediaType(), name);
        boolean text = leaf.mediaType().equals("text/plain");
        if (leaf.size() > LARGEST || !(tnef || text)) {
            return new Packed(List.of(), null, null);
        }
        byte[] octets = parts.fetch(List.of(leaf), LARGEST).getOrDefault(leaf.path(), new byte[0]);
        return tnef
                ? tnef(leaf, Decoding.decode(octets, leaf.encoding()))
                : text(leaf, PartText.octets(octets, leaf.encoding()));
    }

    /** @param octets with the transfer encoding undone */
    static Packed text(Leaf leaf, byte[] octets) {
        EmbeddedFiles.Found found = EmbeddedFiles.in(octets);
        List<File> files = new ArrayList<>();
        for (EmbeddedFiles.File file : found.files()) {
            files.add(file(leaf, files.size() + 1, file.name(), "", null, file.content()));
        }
        return new Packed(files, found.rest(), null);
    }

    private static Packed tnef(Leaf leaf, byte[] octets) {
        Tnef.Content content = Tnef.unpack(octets);
        List<File> files = new ArrayList<>();
        for (Tnef.File file : content.files()) {
            String octetsOfFile = new String(file.content(), StandardCharsets.ISO_8859_1);
            files.add(file(leaf, files.size() + 1, file.name(), file.mediaType(), file.contentId(), octetsOfFile));
        }
        boolean html = content.html() != null && !content.html().isBlank();
        String text = html ? content.html() : content.text();
        return new Packed(
                files, null, text == null || text.isBlank() ? null : new ReadMessage.Shown(html, text, false, false));
    }

    private static File file(
            Leaf in, int number, String name, String mediaType, @Nullable String contentId, String content) {
        String type = mediaType.matches("[a-z]+/[a-z0-9.+-]+") ? mediaType : byName(name);
        Leaf part = new Leaf(
                in.path().child(number),
                type.substring(0, type.indexOf('/')),
                type.substring(type.indexOf('/') + 1),
                Map.of(),
                "attachment",
                name.isBlank() ? null : name,
                "binary",
                content.length(),
                contentId);
        return new File(part, content);
    }

    private static String byName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    List<Leaf> parts() {
        return files.stream().map(File::part).toList();
    }

    Optional<BodyStructure> part(PartPath path) {
        return files.stream()
                .filter(file -> file.part.path().equals(path))
                .map(file -> (BodyStructure) file.part)
                .findFirst();
    }

    void write(PartPath path, OutputStream to) {
        for (File file : files) {
            if (file.part.path().equals(path)) {
                try {
                    to.write(file.content.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
