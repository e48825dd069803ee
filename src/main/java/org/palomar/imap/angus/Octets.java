package org.palomar.imap.angus;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.palomar.mime.HeaderText;

/** Turns octets of unknown charset into text; never fails. */
final class Octets {

    private static final Charset WESTERN = Charset.forName("windows-1252");

    /** Longer headers exist only to do harm. */
    static final int MAX_HEADER = 16 * 1024;

    private Octets() {}

    /** A header field as a person reads it (RFC 2047): one line without controls, of its first octets. */
    static String header(byte[] raw) {
        return HeaderText.decode(new String(raw, 0, Math.min(raw.length, MAX_HEADER), StandardCharsets.ISO_8859_1));
    }

    /** UTF-8 where it is that, else Windows-1252, which gives every old mail some letters. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WESTERN);
        }
    }
}
