package org.palomar.mail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The full name of a mailbox in Unicode (RFC 9051 section 5.1); how it is written on the wire is the gateway's affair.
 * Any name a server can hold is allowed: slashes, dots, dot-dot, emoji.
 *
 * @param value 1 to 1,000 characters without CR, LF or NUL; INBOX in any case is kept as {@code INBOX}
 */
public record MailboxName(String value) implements Comparable<MailboxName> {

    public static final MailboxName INBOX = new MailboxName("INBOX");

    private static final int MAX_LENGTH = 1_000;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public MailboxName {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a mailbox name has 1 to 1,000 characters");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a mailbox name has no CR, LF or NUL");
        }
        // Upper case would make INBOX of a name with a dotless i; lower case makes it of no other name.
        if (value.toLowerCase(Locale.ROOT).equals("inbox")) {
            value = "INBOX";
        }
    }

    public boolean isInbox() {
        return value.equals("INBOX");
    }

    /** The last part of the name, as a person reads it. */
    public String leaf(@Nullable Character delimiter) {
        int at = delimiter == null ? -1 : value.lastIndexOf(delimiter);
        return at < 0 || at == value.length() - 1 ? value : value.substring(at + 1);
    }

    /** The mailbox this one hangs under, or null at the top. */
    public @Nullable MailboxName parent(@Nullable Character delimiter) {
        int at = delimiter == null ? -1 : value.lastIndexOf(delimiter);
        return at <= 0 ? null : new MailboxName(value.substring(0, at));
    }

    /** How many levels lie above this mailbox; 0 at the top. */
    public int depth(@Nullable Character delimiter) {
        return delimiter == null
                ? 0
                : (int) value.chars().filter(c -> c == delimiter).count();
    }

    /** Whether this mailbox lies somewhere below {@code other}. */
    public boolean isBelow(MailboxName other, @Nullable Character delimiter) {
        return delimiter != null && value.startsWith(other.value + delimiter);
    }

    /** The name as one safe URL segment: letters, digits, {@code _} and {@code -} stay, other UTF-8 bytes become {@code ~HH}. */
    public String toSegment() {
        StringBuilder segment = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                segment.append((char) b);
            } else {
                segment.append('~').append(HEX.toHexDigits(b));
            }
        }
        return segment.toString();
    }

    /**
     * Reads what {@link #toSegment} wrote.
     *
     * @throws IllegalArgumentException when the segment was not written by it
     */
    public static MailboxName fromSegment(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '~' && i + 2 < segment.length()) {
                bytes.write(HexFormat.fromHexDigits(segment, i + 1, i + 3));
                i += 2;
            } else if (c < 128 && isPlain((byte) c)) {
                bytes.write(c);
            } else {
                throw new IllegalArgumentException("not a mailbox segment");
            }
        }
        try {
            return new MailboxName(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not a mailbox segment", e);
        }
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == '-';
    }

    @Override
    public int compareTo(MailboxName other) {
        return String.CASE_INSENSITIVE_ORDER.thenComparing(String::compareTo).compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
