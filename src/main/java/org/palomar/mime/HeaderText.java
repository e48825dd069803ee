package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a header field as a person reads it (RFC 2047), in linear time and whatever state it is in. */
public final class HeaderText {

    private static final int MAX_LENGTH = 1_000_000;
    private static final int MAX_CHARSET = 60;

    /** So many words of a value are looked at for long when they are not in the charset they name. */
    private static final int LOOKS = 8;

    private final String value;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable String pendingCharset;
    private boolean lastWasWord;
    private int looks;

    private HeaderText(String value, int looks) {
        this.value = value;
        this.looks = looks;
    }

    /** The encoded words of a text whose octets have been read already; one of thousands, so it has to be quick. */
    static String words(String text) {
        return line(new HeaderText(text, 0).words());
    }

    /**
     * Decodes encoded words and raw octets.
     *
     * @param rawHeaderValue folded or not; characters up to U+00FF may stand for octets. Read up to 1,000,000 characters
     * @return one line without controls and bidirectional overrides
     */
    public static String decode(String rawHeaderValue) {
        return decode(rawHeaderValue, null);
    }

    /** @param hint the charset of the rest of the message, for octets that do not say what they are in; or null */
    static String decode(String rawHeaderValue, @Nullable String hint) {
        String capped = rawHeaderValue.length() > MAX_LENGTH ? rawHeaderValue.substring(0, MAX_LENGTH) : rawHeaderValue;
        return line(new HeaderText(octetsRead(capped, hint), LOOKS).words());
    }

    /** Octets in a charset that may be missing, unknown or wrong, as one line; encoded words are left as they are. */
    public static String line(byte[] octets, @Nullable String charset) {
        return line(Charsets.decode(octets, charset));
    }

    /** The text as one line without controls and bidirectional overrides; encoded words are left as they are. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                // Folding leaves its white space behind (RFC 5322 section 2.2.3).
                boolean folded = i + 1 < text.length() && " \t\r\n".indexOf(text.charAt(i + 1)) >= 0;
                if (!folded) {
                    line.append(' ');
                }
            } else if (c == '\t' || c == '\u2028' || c == '\u2029') {
                line.append(' ');
            } else if (!Character.isISOControl(c)
                    && !(c >= '\u202A' && c <= '\u202E')
                    && !(c >= '\u2066' && c <= '\u2069')) {
                line.append(c);
            }
        }
        return line.toString().strip();
    }

    private String words() {
        int lastEnd = value.lastIndexOf("?=");
        int at = 0;
        int start = value.indexOf("=?");
        while (start >= 0 && start < lastEnd) {
            Word word = word(start);
            if (word == null) {
                plain(value.substring(at, start + 2));
                at = start + 2;
            } else {
                String between = value.substring(at, start);
                // White space between two encoded words is not part of the text (section 6.2).
                if (!lastWasWord || !between.isBlank()) {
                    plain(between);
                }
                if (pendingCharset != null && !pendingCharset.equalsIgnoreCase(word.charset)) {
                    flush();
                }
                pendingCharset = word.charset;
                pending.writeBytes(word.octets.getBytes(StandardCharsets.ISO_8859_1));
                lastWasWord = true;
                at = word.end;
            }
            start = value.indexOf("=?", at);
        }
        plain(value.substring(at));
        flush();
        return text.toString();
    }

    private void plain(String piece) {
        if (!piece.isEmpty()) {
            flush();
            text.append(piece);
            lastWasWord = false;
        }
    }

    private void flush() {
        if (pending.size() > 0) {
            String label = pendingCharset == null ? "" : pendingCharset;
            text.append(
                    looks-- > 0
                            ? Charsets.decode(pending.toByteArray(), label)
                            : Charsets.decodeBriefly(pending.toByteArray(), label));
            pending.reset();
        }
        pendingCharset = null;
    }

    /** @param octets decoded, as U+0000 to U+00FF */
    private record Word(String charset, String octets, int end) {}

    private @Nullable Word word(int start) {
        int charsetEnd = value.indexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd - start > MAX_CHARSET || charsetEnd + 2 >= value.length()) {
            return null;
        }
        char encoding = Character.toUpperCase(value.charAt(charsetEnd + 1));
        if ((encoding != 'B' && encoding != 'Q') || value.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int end = value.indexOf("?=", charsetEnd + 3);
        if (end < 0) {
            return null;
        }
        String charset = value.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*');
        String encoded = value.substring(charsetEnd + 3, end);
        byte[] octets = encoding == 'B'
                ? Decoding.decode(encoded.getBytes(StandardCharsets.ISO_8859_1), "base64")
                : quoted(encoded);
        return new Word(
                language < 0 ? charset : charset.substring(0, language),
                new String(octets, StandardCharsets.ISO_8859_1),
                end + 2);
    }

    private static byte[] quoted(String encoded) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '='
                    && i + 2 < encoded.length()
                    && Character.digit(encoded.charAt(i + 1), 16) >= 0
                    && Character.digit(encoded.charAt(i + 2), 16) >= 0) {
                octets.write(
                        Character.digit(encoded.charAt(i + 1), 16) << 4 | Character.digit(encoded.charAt(i + 2), 16));
                i += 2;
            } else if (c == '_') {
                octets.write(' ');
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }

    /** Octets that came as U+0080 to U+00FF, read as UTF-8 if they are that, else as what the hint says or they look like. */
    static String octetsRead(String value, @Nullable String hint) {
        boolean high = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                return value;
            }
            high |= c > 0x7F;
        }
        return high ? Charsets.decodeUnlabelled(value.getBytes(StandardCharsets.ISO_8859_1), hint) : value;
    }
}
