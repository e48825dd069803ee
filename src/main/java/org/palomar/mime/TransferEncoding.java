package org.palomar.mime;

import java.util.Locale;

/** Content-Transfer-Encoding by name (RFC 2045 section 6.1). */
public final class TransferEncoding {

    private TransferEncoding() {}

    /**
     * What an encoding is called, out of the spellings that programs give it: lower case, without quotes, comments and what follows a
     * semicolon.
     *
     * @param written the value of a Content-Transfer-Encoding
     */
    public static String name(String written) {
        int end = 0;
        String bare = written.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        while (end < bare.length() && "; (\t\r\n".indexOf(bare.charAt(end)) < 0) {
            end++;
        }
        return switch (bare.substring(0, end).replace("-", "").replace("_", "")) {
            case "base64", "xbase64", "b64", "b" -> "base64";
            case "quotedprintable", "xquotedprintable", "qp", "q" -> "quoted-printable";
            case "uuencode", "xuuencode", "xuue", "uue" -> "uuencode";
            case "7bit", "7bits" -> "7bit";
            case "8bit", "8bits" -> "8bit";
            case "binary" -> "binary";
            default -> bare.substring(0, end);
        };
    }
}
