package org.palomar.smtp;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text in the parameters of commands (RFC 3461 section 4): printable ASCII without {@code +} and {@code =}. */
final class Xtext {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Xtext() {}

    /** @param most characters that the result may have; what does not fit is left out */
    static String of(String text, int most) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '!' && octet <= '~' && octet != '+' && octet != '=';
            String piece = plain ? String.valueOf((char) octet) : "+" + HEX.toHexDigits(octet);
            if (out.length() + piece.length() > most) {
                break;
            }
            out.append(piece);
        }
        return out.toString();
    }
}
