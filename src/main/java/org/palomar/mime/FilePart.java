package org.palomar.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An attached file.
 *
 * @param nested a message that goes as it is, which alone lets the reader open it (RFC 2046 section 5.2.1 forbids base64)
 * @param eightBit a nested message with octets above 127
 * @param contentId of an image shown in the HTML, or null for what is attached
 */
record FilePart(
        String mediaType,
        String name,
        Draft.File file,
        boolean nested,
        boolean eightBit,
        @Nullable String contentId) {

    private static final int LONGEST_LINE = 998;

    /** Lines of 76 characters (RFC 2045 section 6.8), 57 octets each. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private static final int BLOCK = 57 * 512;

    static FilePart of(String mediaType, Draft.File file, int number) throws IOException {
        String name = AttachmentName.of(file.name(), mediaType, number);
        if (!mediaType.equals("message/rfc822")) {
            String type = mediaType.startsWith("message/") ? "application/octet-stream" : mediaType;
            return new FilePart(type, name, file, false, false, null);
        }
        boolean high = false;
        int line = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.content()))) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                high |= octet > 127;
                line = octet == '\n' || octet == '\r' ? 0 : line + 1;
                if (octet == 0 || line > LONGEST_LINE) {
                    // Such a message cannot travel as it is; as a file it arrives whole.
                    return new FilePart("application/octet-stream", name, file, false, false, null);
                }
            }
        }
        return new FilePart(mediaType, name, file, true, high, null);
    }

    static FilePart inline(String mediaType, Draft.Inline image, int number) {
        String type = mediaType.startsWith("message/") ? "application/octet-stream" : mediaType;
        String name = AttachmentName.of(image.file().name(), type, number);
        return new FilePart(type, name, image.file(), false, false, image.contentId());
    }

    void write(OutputStream out) throws IOException {
        HeaderWriter header = new HeaderWriter();
        if (contentId == null) {
            header.file(mediaType, "attachment", name);
        } else {
            header.plain("Content-ID", "<" + contentId + ">").file(mediaType, "inline", name);
        }
        MessageWriter.ascii(out, header.toString());
        String encoding = !nested ? "base64" : eightBit ? "8bit" : "7bit";
        MessageWriter.ascii(out, "Content-Transfer-Encoding: " + encoding + "\r\n\r\n");
        if (nested) {
            writeLines(out);
        } else {
            writeBase64(out);
        }
    }

    /** In blocks of whole lines, which the JVM encodes many times faster than a stream of octets. */
    private void writeBase64(OutputStream out) throws IOException {
        byte[] octets = new byte[BLOCK];
        byte[] encoded = new byte[BLOCK / 57 * 78];
        try (InputStream in = Files.newInputStream(file.content())) {
            boolean first = true;
            for (int read = in.readNBytes(octets, 0, BLOCK); read > 0; read = in.readNBytes(octets, 0, BLOCK)) {
                if (!first) {
                    MessageWriter.ascii(out, "\r\n");
                }
                first = false;
                byte[] block = read == BLOCK ? octets : Arrays.copyOf(octets, read);
                out.write(encoded, 0, LINES.encode(block, encoded));
            }
        }
    }

    private void writeLines(OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.content()))) {
            int before = -1;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (before == '\r' && octet != '\n') {
                    out.write('\n');
                } else if (before != '\r' && octet == '\n') {
                    out.write('\r');
                }
                out.write(octet);
                before = octet;
            }
            if (before == '\r') {
                out.write('\n');
            }
        }
    }
}
