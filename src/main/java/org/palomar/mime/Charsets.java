package org.palomar.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Octets to text by a label that may be missing, unknown or wrong. Follows the labels of the WHATWG Encoding Standard. */
final class Charsets {

    private static final Charset LATIN = Charset.forName("windows-1252");

    private static final char REPLACEMENT = '\uFFFD';

    // Labels that in practice mean a larger set than they say.
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("iso-8859-8-i", "windows-1255"),
            Map.entry("iso-8859-8-e", "windows-1255"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("cp936", "GB18030"),
            Map.entry("euc-cn", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("big5", "Big5-HKSCS"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("ms932", "windows-31j"),
            Map.entry("windows-932", "windows-31j"),
            Map.entry("ms936", "GB18030"),
            Map.entry("ms949", "x-windows-949"),
            Map.entry("windows-949", "x-windows-949"),
            Map.entry("cp950", "Big5-HKSCS"),
            Map.entry("ms950", "Big5-HKSCS"),
            Map.entry("x-mac-roman", "x-MacRoman"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("x-mac-cyrillic", "x-MacCyrillic"),
            Map.entry("utf8", "UTF-8"));

    private Charsets() {}

    /** Never fails; the result has no byte order mark at its start and no NUL. */
    static String decode(byte[] octets, @Nullable String label) {
        String text = text(octets, label == null ? "" : normal(label));
        int start = !text.isEmpty() && text.charAt(0) == '\uFEFF' ? 1 : 0;
        return text.indexOf(0) < 0
                ? text.substring(start)
                : text.substring(start).replace("\0", "");
    }

    /** As {@link #decode}, but does as it is told, for a person who has seen the text and knows better. */
    static String decodeAs(byte[] octets, String label) {
        Charset charset = known(MEANT.getOrDefault(label, label));
        boolean shifted = label.equals("utf-7") || label.equals("utf-16");
        return charset == null || shifted
                ? decode(octets, label)
                : lenient(octets, charset).replace("\0", "").replace("\uFEFF", "");
    }

    private static String text(byte[] octets, String label) {
        if (label.endsWith("utf-7")) {
            return ShiftedText.utf7(octets);
        }
        if (label.equals("hz-gb-2312")) {
            return ShiftedText.hz(octets);
        }
        Charset charset = known(MEANT.getOrDefault(label, label));
        boolean wide = label.startsWith("utf-16") || label.startsWith("utf-32") || label.startsWith("ucs-2");
        boolean sevenBit = label.startsWith("iso-2022") || label.equals("us-ascii") || label.equals("ascii");
        if (charset == null
                || (wide && !hasNul(octets) && isUtf8(octets))
                || (sevenBit && CharsetGuess.high(octets) > 0)) {
            return guessed(octets);
        }
        if (charset.equals(StandardCharsets.UTF_16) && littleEndian(octets)) {
            return lenient(octets, StandardCharsets.UTF_16LE);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(octets);
        }
        // Mail that says Latin-1 or ASCII and is valid UTF-8 was labelled by a program that did not look.
        if (charset.equals(LATIN) && isUtf8(octets)) {
            return new String(octets, StandardCharsets.UTF_8);
        }
        String text = lenient(octets, charset);
        return broken(text) ? better(text, guessed(octets)) : text;
    }

    /** Whether it has replacement characters, and not only a few among many others. */
    private static boolean broken(String text) {
        if (text.indexOf(REPLACEMENT) < 0) {
            return false;
        }
        int replaced = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            replaced += c == REPLACEMENT ? 1 : 0;
            others += c > 127 ? 1 : 0;
        }
        return replaced * 20L > others;
    }

    private static String better(String declared, String guessed) {
        return broken(guessed) ? declared : guessed;
    }

    /** As {@link #decode} without a long look at octets that do not fit: there may be thousands of such pieces. */
    static String decodeBriefly(byte[] octets, String label) {
        Charset charset = known(MEANT.getOrDefault(normal(label), normal(label)));
        boolean fits = charset != null && !broken(lenient(octets, charset));
        return fits || isUtf8(octets)
                ? decode(octets, label)
                : lenient(octets, LATIN).replace("\0", "");
    }

    /** Octets without a label of their own; {@code hint} is what the rest of the message is in. */
    static String decodeUnlabelled(byte[] octets, @Nullable String hint) {
        return hint == null || hint.isBlank() || isUtf8(octets) ? decode(octets, null) : decode(octets, hint);
    }

    private static String guessed(byte[] octets) {
        if (octets.length >= 2 && ((octets[0] == -1 && octets[1] == -2) || (octets[0] == -2 && octets[1] == -1))) {
            return lenient(octets, StandardCharsets.UTF_16);
        }
        if (japaneseEscapes(octets)) {
            return lenient(octets, Charset.forName("x-windows-iso2022jp"));
        }
        if (mostlyUtf8(octets)) {
            return new String(octets, StandardCharsets.UTF_8);
        }
        Charset guess = CharsetGuess.of(octets);
        return lenient(octets, guess == null ? LATIN : guess);
    }

    /** Valid, or cut in the middle of a character here and there. */
    private static boolean mostlyUtf8(byte[] octets) {
        if (isUtf8(octets)) {
            return true;
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        int replaced = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            replaced += c == REPLACEMENT ? 1 : 0;
            others += c > 127 && c != REPLACEMENT ? 1 : 0;
        }
        return others > 5L * replaced;
    }

    private static String utf8(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        int replaced = 0;
        int good = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            replaced += c == '\uFFFD' ? 1 : 0;
            good += c > 127 && c != '\uFFFD' ? 1 : 0;
        }
        return replaced > good ? guessed(octets) : text;
    }

    private static String lenient(byte[] octets, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException | RuntimeException e) {
            // Some of the JDK's stateful decoders throw on hostile escapes.
            return new String(octets, LATIN);
        }
    }

    static boolean isUtf8(byte[] octets) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(4_096);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }

    /** UTF-16 without a byte order mark is big-endian (RFC 2781 section 4.3), unless its ASCII shows that it is not. */
    private static boolean littleEndian(byte[] octets) {
        int odd = 0;
        int even = 0;
        for (int i = 0; i + 1 < octets.length; i += 2) {
            even += octets[i] == 0 ? 1 : 0;
            odd += octets[i + 1] == 0 ? 1 : 0;
        }
        boolean marked = octets.length >= 2 && (octets[0] & octets[1] & 0xFE) == 0xFE;
        return !marked && odd > even;
    }

    private static boolean hasNul(byte[] octets) {
        for (byte octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean japaneseEscapes(byte[] octets) {
        boolean escape = false;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] < 0) {
                return false;
            }
            escape |= octets[i] == 0x1B
                    && i + 2 < octets.length
                    && octets[i + 1] == '$'
                    && "@B".indexOf(octets[i + 2]) >= 0;
        }
        return escape;
    }

    private static String normal(String label) {
        String trimmed = label.strip().replace("\"", "").replace("'", "");
        int end = 0;
        while (end < trimmed.length() && end < 40 && trimmed.charAt(end) > ' ' && trimmed.charAt(end) < 127) {
            end++;
        }
        return windows(trimmed.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /** Code pages 1250 to 1258 under any of their names: cp1252, win-1251, x-cp1250, windows1252. */
    private static String windows(String label) {
        int digits = label.length() - 4;
        if (digits < 1 || !label.startsWith("125", digits) || !Character.isDigit(label.charAt(label.length() - 1))) {
            return label;
        }
        String before = label.substring(0, digits).replace("-", "").replace("_", "");
        return switch (before) {
            case "cp", "xcp", "win", "windows", "xwindows", "ms", "ansi" -> "windows-" + label.substring(digits);
            default -> label;
        };
    }

    private static @Nullable Charset known(String name) {
        try {
            Charset charset = name.isEmpty() ? null : Charset.forName(name);
            return charset == null || charset.name().equals("US-ASCII") || charset.equals(StandardCharsets.ISO_8859_1)
                    ? (charset == null ? null : LATIN)
                    : charset;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
