package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Two seven-bit encodings that the JDK does not know: UTF-7 (RFC 2152) and HZ (RFC 1843). */
final class ShiftedText {

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private ShiftedText() {}

    static String utf7(byte[] octets) {
        StringBuilder text = new StringBuilder(octets.length);
        int i = 0;
        while (i < octets.length) {
            int c = octets[i++] & 0xFF;
            if (c != '+') {
                text.append((char) c);
                continue;
            }
            if (i < octets.length && octets[i] == '-') {
                text.append('+');
                i++;
                continue;
            }
            int bits = 0;
            int count = 0;
            int value;
            while (i < octets.length && (value = BASE64.indexOf(octets[i])) >= 0) {
                bits = bits << 6 | value;
                count += 6;
                if (count >= 16) {
                    count -= 16;
                    text.append((char) (bits >> count));
                }
                i++;
            }
            if (i < octets.length && octets[i] == '-') {
                i++;
            }
        }
        // Unpaired surrogates would not survive any output; this turns them into question marks.
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static String hz(byte[] octets) {
        ByteArrayOutputStream gb = new ByteArrayOutputStream(octets.length);
        boolean chinese = false;
        for (int i = 0; i < octets.length; i++) {
            int next = i + 1 < octets.length ? octets[i + 1] : 0;
            if (octets[i] == '~' && (next == '{' || next == '}')) {
                chinese = next == '{';
                i++;
            } else if (octets[i] == '~' && !chinese && (next == '~' || next == '\n')) {
                if (next == '~') {
                    gb.write('~');
                }
                i++;
            } else {
                chinese &= octets[i] != '\n';
                gb.write(chinese && octets[i] > ' ' ? octets[i] | 0x80 : octets[i]);
            }
        }
        return gb.toString(Charset.forName("GB18030"));
    }
}
