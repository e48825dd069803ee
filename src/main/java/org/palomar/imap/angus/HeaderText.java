package org.palomar.imap.angus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes header text (RFC 2047) of strangers: in one pass, never throwing, whatever the charset or length. Words that cannot
 * be decoded stay as they are.
 */
final class HeaderText {

    /** Longer subjects exist only to do harm. */
    static final int MAX_OCTETS = 16 * 1024;

    private HeaderText() {}

    static @Nullable String decode(Value value) {
        byte[] bytes = value.bytes();
        return bytes == null ? null : decode(bytes);
    }

    /** Decoded, unfolded and without control characters. */
    static String decode(byte[] raw) {
        byte[] bytes = raw.length > MAX_OCTETS ? java.util.Arrays.copyOf(raw, MAX_OCTETS) : raw;
        return plain(words(Octets.text(bytes)));
    }

    /** Line breaks and other controls become spaces; ends are stripped. */
    static String plain(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\r') {
                return;
            }
            boolean control = c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
            boolean alone = c >= 0xD800 && c <= 0xDFFF;
            clean.appendCodePoint(alone ? 0xFFFD : control ? ' ' : c);
        });
        return clean.toString().strip();
    }

    private static String words(String text) {
        int at = text.indexOf("=?");
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        String charset = "";
        int done = 0;
        while (at >= 0) {
            EncodedWord word = EncodedWord.at(text, at);
            if (word == null) {
                at = text.indexOf("=?", at + 2);
                continue;
            }
            String between = text.substring(done, at);
            // A character may be cut between two words of one charset, so their octets are joined before decoding.
            boolean joins = done > 0 && between.isBlank();
            if (!joins || !word.charset.equals(charset)) {
                out.append(Charsets.decode(pending.toByteArray(), charset));
                pending.reset();
                out.append(joins ? "" : between);
            }
            charset = word.charset;
            pending.writeBytes(word.octets);
            done = word.end;
            at = text.indexOf("=?", done);
        }
        out.append(Charsets.decode(pending.toByteArray(), charset));
        return out.append(text, done, text.length()).toString();
    }

    /** @param end index behind the word */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record EncodedWord(String charset, byte[] octets, int end) {

        static @Nullable EncodedWord at(String text, int start) {
            int charsetEnd = near(text, start + 2, 80);
            if (charsetEnd < 0 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?') {
                return null;
            }
            int end = text.indexOf("?=", charsetEnd + 3);
            if (end < 0) {
                return null;
            }
            String charset = text.substring(start + 2, charsetEnd);
            int language = charset.indexOf('*');
            String content = text.substring(charsetEnd + 3, end);
            byte[] octets = switch (text.charAt(charsetEnd + 1)) {
                case 'B', 'b' -> base64(content);
                case 'Q', 'q' -> quoted(content);
                default -> null;
            };
            return octets == null
                    ? null
                    : new EncodedWord(
                            (language < 0 ? charset : charset.substring(0, language)).toLowerCase(Locale.ROOT),
                            octets,
                            end + 2);
        }

        private static int near(String text, int from, int reach) {
            for (int i = from; i < text.length() && i < from + reach; i++) {
                if (text.charAt(i) == '?') {
                    return i;
                }
            }
            return -1;
        }

        private static byte @Nullable [] base64(String content) {
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            int length = 0;
            for (byte b : bytes) {
                boolean digit = (b >= 'A' && b <= 'Z')
                        || (b >= 'a' && b <= 'z')
                        || (b >= '0' && b <= '9')
                        || b == '+'
                        || b == '/';
                if (digit) {
                    bytes[length++] = b;
                }
            }
            // A lone last digit carries no octet.
            int whole = length % 4 == 1 ? length - 1 : length;
            return Base64.getDecoder().decode(java.util.Arrays.copyOf(bytes, whole));
        }

        private static byte[] quoted(String content) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
            for (int i = 0; i < bytes.length; i++) {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (bytes[i] == '=' && high >= 0 && low >= 0) {
                    out.write(high * 16 + low);
                    i += 2;
                } else {
                    out.write(bytes[i] == '_' ? ' ' : bytes[i]);
                }
            }
            return out.toByteArray();
        }
    }

    /** Charsets by the names that mail uses. */
    static final class Charsets {

        private Charsets() {}

        static String decode(byte[] octets, String name) {
            if (octets.length == 0) {
                return "";
            }
            return switch (name) {
                case "", "utf-8", "us-ascii", "ascii", "unknown-8bit", "default" -> Octets.text(octets);
                case "utf-7", "unicode-1-1-utf-7" -> Utf7.decode(octets);
                case "iso-8859-1", "latin1" -> new String(octets, Charset.forName("windows-1252"));
                case "gb2312", "gbk", "x-gbk" -> named(octets, "GB18030");
                case "ks_c_5601-1987", "ks_c_5601" -> named(octets, "MS949");
                case "shift_jis", "shift-jis", "sjis", "x-sjis" -> named(octets, "windows-31j");
                default -> named(octets, name);
            };
        }

        private static String named(byte[] octets, String name) {
            try {
                return new String(octets, Charset.forName(name));
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                return Octets.text(octets);
            }
        }
    }
}
