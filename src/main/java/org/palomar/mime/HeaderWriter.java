package org.palomar.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.palomar.mail.Address;

/**
 * Header fields as text of lines that end with CRLF: ASCII, but for local parts of addresses that are not (RFC 6532). Everything a person typed goes through {@link #clean} or
 * {@link WireAddress}, so no value can begin a line of its own (THREATS S22).
 */
final class HeaderWriter {

    private static final int WIDTH = 76;
    // An encoded word has at most 75 characters (RFC 2047 section 2); "=?UTF-8?B??=" takes 12 of them, " name=" another
    // 8.
    private static final int WORD_OCTETS = 42;
    private static final int LONGEST = 4_000;

    private final StringBuilder out = new StringBuilder();

    /** A value that is known to be safe ASCII and short. */
    HeaderWriter plain(String name, String value) {
        out.append(name).append(": ").append(clean(value)).append("\r\n");
        return this;
    }

    HeaderWriter unstructured(String name, String value) {
        String safe = clean(value);
        out.append(name).append(':');
        int column = name.length() + 1;
        boolean encode = !isAscii(safe) || safe.contains("=?") || hasLongWord(safe);
        for (String piece : encode ? encodedWords(safe) : List.of(safe.split(" ", -1))) {
            column = appendFolded(piece, column);
        }
        out.append("\r\n");
        return this;
    }

    HeaderWriter addresses(String name, List<Address> addresses) {
        out.append(name).append(':');
        int column = name.length() + 1;
        for (int i = 0; i < addresses.size(); i++) {
            List<String> pieces = pieces(addresses.get(i));
            for (int j = 0; j < pieces.size(); j++) {
                boolean last = j == pieces.size() - 1 && i < addresses.size() - 1;
                column = appendFolded(pieces.get(j) + (last ? "," : ""), column);
            }
        }
        out.append("\r\n");
        return this;
    }

    /** Each value on a line of its own once the first is full; for identifiers. */
    HeaderWriter list(String name, List<String> values) {
        out.append(name).append(':');
        int column = name.length() + 1;
        for (String value : values) {
            column = appendFolded(value, column);
        }
        out.append("\r\n");
        return this;
    }

    /** A file name in both forms: RFC 2231 for the standard, an encoded word for programs older than it. */
    HeaderWriter file(String mediaType, String disposition, String fileName) {
        String safe = clean(fileName);
        if (isAscii(safe) && safe.length() <= 60) {
            String quoted = quoted(safe);
            out.append("Content-Type: ").append(mediaType).append(";\r\n name=").append(quoted);
            out.append("\r\nContent-Disposition: " + disposition + ";\r\n filename=")
                    .append(quoted)
                    .append("\r\n");
            return this;
        }
        out.append("Content-Type: ").append(mediaType).append(";\r\n name=\"");
        out.append(String.join("\r\n ", encodedWords(safe))).append("\"\r\nContent-Disposition: " + disposition);
        int number = 0;
        StringBuilder section = new StringBuilder("UTF-8''");
        List<String> sections = new ArrayList<>();
        for (String octet : percentEncoded(safe)) {
            if (section.length() + octet.length() > 58) {
                sections.add(section.toString());
                section.setLength(0);
            }
            section.append(octet);
        }
        sections.add(section.toString());
        for (String value : sections) {
            String key = sections.size() == 1 ? "filename*=" : "filename*" + number++ + "*=";
            out.append(";\r\n ").append(key).append(value);
        }
        out.append("\r\n");
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** One line: controls and line separators become spaces, unpaired surrogates go. */
    static String clean(String value) {
        StringBuilder clean = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                clean.append(' ');
            } else if (c < 0xD800 || c > 0xDFFF) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    private int appendFolded(String piece, int column) {
        // Folding before an empty piece would leave a line of white space only (RFC 5322 section 3.2.2).
        if (column + 1 + piece.length() > WIDTH && !piece.isEmpty() && column > 1) {
            out.append("\r\n ").append(piece);
            return 1 + piece.length();
        }
        out.append(' ').append(piece);
        return column + 1 + piece.length();
    }

    private static List<String> pieces(Address address) {
        String angle = WireAddress.international(address.address());
        String name = address.name() == null ? "" : clean(address.name());
        if (name.isEmpty() || name.equals(address.address())) {
            return List.of(angle);
        }
        List<String> pieces = new ArrayList<>();
        if (!isAscii(name) || name.contains("=?") || name.length() > 60) {
            pieces.addAll(encodedWords(name));
        } else {
            pieces.add(isAtoms(name) ? name : quoted(name));
        }
        pieces.add("<" + angle + ">");
        return pieces;
    }

    private static List<String> encodedWords(String value) {
        List<String> words = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int octets = 0;
        for (int c : value.codePoints().toArray()) {
            int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets + length > WORD_OCTETS) {
                words.add(encodedWord(chunk.toString()));
                chunk.setLength(0);
                octets = 0;
            }
            chunk.appendCodePoint(c);
            octets += length;
        }
        words.add(encodedWord(chunk.toString()));
        return words;
    }

    private static String encodedWord(String chunk) {
        byte[] octets = chunk.getBytes(StandardCharsets.UTF_8);
        StringBuilder q = new StringBuilder();
        for (byte octet : octets) {
            boolean plain =
                    (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
            q.append(octet == ' ' ? "_" : plain ? String.valueOf((char) octet) : "=" + hex(octet));
        }
        String b = Base64.getEncoder().encodeToString(octets);
        return q.length() <= b.length() && q.length() <= 63 ? "=?UTF-8?Q?" + q + "?=" : "=?UTF-8?B?" + b + "?=";
    }

    private static List<String> percentEncoded(String value) {
        List<String> octets = new ArrayList<>();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || octet == '.'
                    || octet == '-'
                    || octet == '_';
            octets.add(plain ? String.valueOf((char) octet) : "%" + hex(octet));
        }
        return octets;
    }

    private static String hex(byte octet) {
        return HexFormat.of().withUpperCase().toHexDigits(octet);
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static boolean isAtoms(String name) {
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || " !#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0);
    }

    private static boolean isAscii(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static boolean hasLongWord(String value) {
        return List.of(value.split(" ", -1)).stream().anyMatch(word -> word.length() > WIDTH - 2);
    }
}
