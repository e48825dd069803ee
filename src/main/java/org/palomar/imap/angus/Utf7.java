package org.palomar.imap.angus;

/** UTF-7 (RFC 2152), which Java does not know and old Outlooks still write; never fails. */
final class Utf7 {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Utf7() {}

    static String decode(byte[] octets) {
        StringBuilder out = new StringBuilder(octets.length);
        int i = 0;
        while (i < octets.length) {
            if (octets[i] != '+') {
                out.append((char) (octets[i++] & 0x7F));
            } else if (i + 1 < octets.length && octets[i + 1] == '-') {
                out.append('+');
                i += 2;
            } else {
                i = shifted(octets, i + 1, out);
            }
        }
        return out.toString();
    }

    private static int shifted(byte[] octets, int from, StringBuilder out) {
        int bits = 0;
        int held = 0;
        int i = from;
        while (i < octets.length && DIGITS.indexOf(octets[i]) >= 0) {
            bits = ((bits << 6) | DIGITS.indexOf(octets[i++])) & 0x3FFFFF;
            held += 6;
            if (held >= 16) {
                held -= 16;
                out.append((char) ((bits >> held) & 0xFFFF));
            }
        }
        return i < octets.length && octets[i] == '-' ? i + 1 : i;
    }
}
