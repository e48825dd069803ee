package org.palomar.mime;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/**
 * An attached file.
 *
 * @param nested a message that goes as it is, which alone lets the reader open it (RFC 2046 section 5.2.1 forbids base64)
 * @param eightBit a nested message with octets above 127
 */
record FilePart(String mediaType, String name, Draft.File file, boolean nested, boolean eightBit) {

    private static final int LONGEST_LINE = 998;

    static FilePart of(String mediaType, Draft.File file, int number) throws IOException {
        String name = AttachmentName.of(file.name(), mediaType, number);
        if (!mediaType.equals("message/rfc822")) {
            String type = mediaType.startsWith("message/") ? "application/octet-stream" : mediaType;
            return new FilePart(type, name, file, false, false);
        }
        boolean high = false;
        int line = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.content()))) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                high |= octet > 127;
                line = octet == '\n' || octet == '\r' ? 0 : line + 1;
                if (octet == 0 || line > LONGEST_LINE) {
                    // Such a message cannot travel as it is; as a file it arrives whole.
                    return new FilePart("application/octet-stream", name, file, false, false);
                }
            }
        }
        return new FilePart(mediaType, name, file, true, high);
    }

    void write(OutputStream out) throws IOException {
        MessageWriter.ascii(out, new HeaderWriter().file(mediaType, name).toString());
        String encoding = !nested ? "base64" : eightBit ? "8bit" : "7bit";
        MessageWriter.ascii(out, "Content-Transfer-Encoding: " + encoding + "\r\n\r\n");
        OutputStream kept = new FilterOutputStream(out) {
            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                out.write(octets, from, count);
            }

            @Override
            public void close() {}
        };
        if (nested) {
            writeLines(out);
        } else {
            try (OutputStream base64 = Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII))
                    .wrap(kept)) {
                Files.copy(file.content(), base64);
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
