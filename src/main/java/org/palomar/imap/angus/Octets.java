package org.palomar.imap.angus;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Turns octets of unknown charset into text; never fails. */
final class Octets {

    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Octets() {}

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
