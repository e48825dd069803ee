package org.palomar.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a message has octets above 127.
 *
 * @param header which only servers with SMTPUTF8 take (RFC 6532)
 * @param any which only servers with 8BITMIME take (RFC 6152)
 */
record HighOctets(boolean header, boolean any) {

    static HighOctets of(Path message) throws IOException {
        boolean header = true;
        boolean inHeader = false;
        boolean inBody = false;
        int line = 0;
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(message)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                for (int i = 0; i < read; i++) {
                    byte octet = block[i];
                    if (octet < 0) {
                        inHeader |= header;
                        inBody |= !header;
                    }
                    if (header) {
                        header = octet != '\n' || line > 0;
                        line = octet == '\n' ? 0 : octet == '\r' ? line : line + 1;
                    }
                }
                if (inBody) {
                    break;
                }
            }
        }
        return new HighOctets(inHeader, inHeader || inBody);
    }
}
