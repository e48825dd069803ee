package org.palomar.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** One message as a person finds it: its page, its letter, its files, and the messages inside it. */
final class Opened {

    private static final int DEEPEST = 5;
    private static final Pattern IMAGE = Pattern.compile("data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=]+)");

    final Visitor visitor;
    final Document page;
    final String letter;
    final String letterHtml;
    final boolean showsImage;
    final List<FileRow> files = new ArrayList<>();
    final List<Opened> inner = new ArrayList<>();
    final List<String> faults = new ArrayList<>();

    /** @param content as it is saved */
    record FileRow(String name, byte[] content) {

        boolean is(long size, String sha256) {
            return content.length == size && sha256(content).equals(sha256);
        }

        boolean isWithLineFeeds(String sha256) {
            byte[] lines = new String(content, StandardCharsets.ISO_8859_1)
                    .replace("\r\n", "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            return sha256(lines).equals(sha256);
        }
    }

    Opened(Visitor visitor, String path) {
        this(visitor, path, 0);
    }

    private Opened(Visitor visitor, String path, int depth) {
        this.visitor = visitor;
        Answer answer = visitor.get(path);
        if (answer.status() != 200) {
            faults.add("page " + answer.status());
        }
        page = answer.html();
        Element frame = page.selectFirst("[data-testid=message-body] iframe");
        if (frame == null) {
            letter = page.select("[data-testid=message-body]").text();
            letterHtml = page.select("[data-testid=message-body]").html();
            showsImage = !page.select("[data-testid=message-body] img").isEmpty();
        } else {
            Answer body = visitor.get(frame.attr("src"));
            if (body.status() != 200) {
                faults.add("letter " + body.status());
            }
            letter = body.html().body().text();
            letterHtml = body.text();
            showsImage = !body.html().select("img, .remote-image").isEmpty();
        }
        for (Element row : page.select("[data-testid=attachment]")) {
            String name = row.select("[data-testid=attachment-open] .cut").text();
            Answer content =
                    visitor.get(row.select("[data-testid=attachment-download]").attr("href"));
            if (content.status() != 200) {
                faults.add("file " + name + " " + content.status());
            }
            files.add(new FileRow(name, content.body()));
            String open = row.select("[data-testid=attachment-open]").attr("href");
            if (open.contains("?part=") && depth < DEEPEST) {
                inner.add(new Opened(visitor, open, depth + 1));
            }
        }
    }

    String subject() {
        return page.select("[data-testid=message-subject]").text();
    }

    /** Everything in the page's reading pane. */
    String text() {
        return page.select("[data-testid=message]").text();
    }

    boolean blank() {
        return letter.isBlank()
                && !showsImage
                && files.isEmpty()
                && page.select("[role=note], [data-testid=report], [data-testid=elsewhere-file]")
                        .isEmpty();
    }

    List<Opened> all() {
        List<Opened> all = new ArrayList<>();
        for (Opened each : inner) {
            all.add(each);
            all.addAll(each.all());
        }
        return all;
    }

    /** Digests of the images that are in the letter itself. */
    List<String> imagesInside() {
        List<String> digests = new ArrayList<>();
        Matcher images = IMAGE.matcher(letterHtml);
        while (images.find()) {
            digests.add(sha256(Base64.getMimeDecoder().decode(images.group(1))));
        }
        return digests;
    }

    static List<String> entries(byte[] zip) {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
