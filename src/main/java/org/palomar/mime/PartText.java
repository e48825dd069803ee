package org.palomar.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of a part: transfer encoding and charset undone, whatever state they are in. */
public final class PartText {

    private static final int SNIFFED = 1_024;

    private PartText() {}

    /**
     * Decodes in linear time and never fails.
     *
     * @param raw octets as transferred
     * @param encoding Content-Transfer-Encoding
     * @param charset the charset parameter, or null; a wrong or unknown one is seen through where possible
     * @return text without byte order mark and NUL
     */
    public static String decode(byte[] raw, String encoding, @Nullable String charset) {
        return text(octets(raw, encoding), charset);
    }

    /** The octets of a text with its transfer encoding undone; as they came where that encoding is plainly not theirs. */
    public static byte[] octets(byte[] raw, String encoding) {
        boolean base64 = TransferEncoding.name(encoding).equals("base64");
        if (base64 && isNoBase64(raw)) {
            return raw;
        }
        byte[] octets = Decoding.decode(raw, encoding);
        return octets.length == 0 && raw.length > 0 && !base64 ? raw : octets;
    }

    /** Text of octets as {@link #octets} gives them. */
    public static String text(byte[] octets, @Nullable String charset) {
        if (charset == null || charset.isBlank() || charset.strip().equalsIgnoreCase("us-ascii")) {
            // Servers say us-ascii where the message says nothing (RFC 2045 section 5.2).
            String declared = declaredInHtml(octets);
            return Charsets.decode(octets, declared == null ? charset : declared);
        }
        return Charsets.decode(octets, charset);
    }

    /** Text in the charset that a person chose, whatever the message says. */
    public static String text(byte[] octets, TextEncoding chosen) {
        return Charsets.decodeAs(octets, chosen.label());
    }

    /** Whether one octet in ten is none of base64, line ends aside: a text that only says it is encoded. */
    private static boolean isNoBase64(byte[] raw) {
        int others = 0;
        int counted = 0;
        for (byte octet : raw) {
            boolean letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
            boolean known = letter || (octet >= '0' && octet <= '9') || octet == '+' || octet == '/' || octet == '=';
            boolean lineEnd = octet == '\r' || octet == '\n';
            others += known || lineEnd ? 0 : 1;
            counted += lineEnd ? 0 : 1;
        }
        return others * 10 > counted;
    }

    /** The charset an HTML document names in its first octets, for mail that says it nowhere else. */
    private static @Nullable String declaredInHtml(byte[] octets) {
        String head = new String(octets, 0, Math.min(octets.length, SNIFFED), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        int meta = head.indexOf("<meta");
        int at = meta < 0 ? -1 : head.indexOf("charset=", meta);
        if (at < 0) {
            return null;
        }
        int start = at + "charset=".length();
        while (start < head.length() && "\"' ".indexOf(head.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < head.length() && "\"' />;".indexOf(head.charAt(end)) < 0) {
            end++;
        }
        String declared = head.substring(start, end);
        // The octets were readable as ASCII up to here, so it cannot be UTF-16 whatever it says.
        return declared.startsWith("utf-16") ? null : declared;
    }
}
