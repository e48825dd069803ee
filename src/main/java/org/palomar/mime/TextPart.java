package org.palomar.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a message, flowed, or its HTML, in the transfer encoding that keeps it smallest and whole. */
final class TextPart {

    private static final int LONGEST_LINE = 998;
    private static final int QP_LINE = 75;

    private TextPart() {}

    static void write(String text, OutputStream out) throws IOException {
        write(
                "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no\r\n",
                Flowed.encode(sendable(text)),
                out);
    }

    /** @param fragment for the body of a document, any line ends */
    static void writeHtml(String fragment, OutputStream out) throws IOException {
        String document = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n" + sendable(fragment)
                + "\n</body></html>\n";
        String lines = document.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        write("Content-Type: text/html; charset=utf-8\r\n", lines, out);
    }

    /** @param content with CRLF line ends */
    private static void write(String type, String content, OutputStream out) throws IOException {
        byte[] octets = content.getBytes(StandardCharsets.UTF_8);
        int high = 0;
        int line = 0;
        int longest = 0;
        for (byte octet : octets) {
            high += octet < 0 ? 1 : 0;
            line = octet == '\n' ? 0 : line + 1;
            longest = Math.max(longest, line);
        }
        MessageWriter.ascii(out, type);
        if (high == 0 && longest <= LONGEST_LINE) {
            MessageWriter.ascii(out, "Content-Transfer-Encoding: 7bit\r\n\r\n");
            out.write(octets);
        } else if (high > octets.length / 6) {
            MessageWriter.ascii(out, "Content-Transfer-Encoding: base64\r\n\r\n");
            out.write(Base64.getMimeEncoder().encode(octets));
            MessageWriter.ascii(out, "\r\n");
        } else {
            MessageWriter.ascii(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
            MessageWriter.ascii(out, quotedPrintable(octets));
        }
    }

    /** Without controls other than tab and line ends; unpaired surrogates become question marks in UTF-8. */
    private static String sendable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String quotedPrintable(byte[] octets) {
        StringBuilder encoded = new StringBuilder(octets.length * 5 / 4);
        int column = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            if (octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
                encoded.append("\r\n");
                column = 0;
                i++;
                continue;
            }
            boolean endsLine = i + 1 == octets.length || octets[i + 1] == '\r';
            boolean blank = octet == ' ' || octet == '\t';
            boolean plain = (octet > ' ' && octet < 127 && octet != '=') || (blank && !endsLine);
            String piece = plain ? String.valueOf((char) octet) : String.format("=%02X", octet & 0xFF);
            if (column + piece.length() > QP_LINE) {
                encoded.append("=\r\n");
                column = 0;
            }
            encoded.append(piece);
            column += piece.length();
        }
        return encoded.toString();
    }
}
