package org.palomar.signature;

import java.nio.charset.StandardCharsets;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.Head;

/** The header of the first part of a multipart message, cut out of the source. */
final class SentHeader {

    private static final int LIMIT = 500_000;

    private SentHeader() {}

    /** With the empty line that ends it; without octets when it is not found near the beginning. */
    static byte[] of(OpenMailbox open, Uid uid, String boundary) {
        Head head = new Head(LIMIT);
        open.stream(uid, PartPath.ROOT, 0, LIMIT, head);
        String source = new String(head.octets(), StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n--" + boundary;
        int body = source.indexOf("\r\n\r\n");
        int at = boundary.isEmpty() || body < 0 ? -1 : source.indexOf(delimiter, body);
        int start = at < 0 ? -1 : source.indexOf("\r\n", at + delimiter.length());
        if (start < 0 || !source.substring(at + delimiter.length(), start).isBlank()) {
            return new byte[0];
        }
        // A part without a header begins with the empty line.
        int end = source.startsWith("\r\n", start + 2) ? start + 4 : source.indexOf("\r\n\r\n", start) + 4;
        return end < start + 4 ? new byte[0] : source.substring(start + 2, end).getBytes(StandardCharsets.ISO_8859_1);
    }
}
