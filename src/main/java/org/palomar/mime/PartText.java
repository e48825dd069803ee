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
        byte[] octets = Decoding.decode(raw, encoding);
        if (octets.length == 0 && raw.length > 0 && !encoding.equalsIgnoreCase("base64")) {
            octets = raw;
        }
        return Charsets.decode(octets, charset == null || charset.isBlank() ? declaredInHtml(octets) : charset);
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
