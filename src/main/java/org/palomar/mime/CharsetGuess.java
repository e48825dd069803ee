package org.palomar.mime;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which charset octets look like; for text that says nothing, or something plainly wrong. */
final class CharsetGuess {

    private static final int READ = 32_768;
    private static final int SURE = 40;

    /** A double-byte charset that fits without a fault is seldom a coincidence. */
    private static final int LIKELY = 10;

    private static final int FEWEST = 4;

    private static final Set<String> DOUBLE = Set.of("Shift_JIS", "EUC-JP", "EUC-KR", "GB18030", "Big5");
    private static final Set<String> SINGLE = Set.of(
            "windows-1250",
            "windows-1251",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "ISO-8859-2",
            "ISO-8859-5",
            "ISO-8859-6",
            "ISO-8859-7",
            "ISO-8859-8",
            "ISO-8859-9",
            "KOI8-R");

    private static final Set<String> LATIN = Set.of("windows-1250", "windows-1254", "ISO-8859-2", "ISO-8859-9");

    private CharsetGuess() {}

    /** The likely charset, or null where it is Western, or nobody can say. */
    static @Nullable Charset of(byte[] octets) {
        byte[] head = octets.length > READ ? Arrays.copyOf(octets, READ) : octets;
        int high = high(head);
        if (high < FEWEST) {
            return null;
        }
        boolean foreign = foreign(head, high);
        for (CharsetMatch match : new CharsetDetector().setText(head).detectAll()) {
            String name = match.getName().replace("_I", "-I");
            boolean fits = DOUBLE.contains(name)
                    ? match.getConfidence() >= LIKELY && faultless(octets, name)
                    : SINGLE.contains(match.getName())
                            && (foreign
                                    ? !LATIN.contains(match.getName()) && match.getConfidence() >= LIKELY
                                    : match.getConfidence() >= SURE);
            if (fits) {
                return Charset.forName(wider(name));
            }
            if (!foreign && match.getConfidence() >= SURE && match.getName().matches("ISO-8859-1|windows-1252")) {
                return null;
            }
        }
        return null;
    }

    /** Whether most letters are not ASCII: then the words are in no Latin script. */
    private static boolean foreign(byte[] octets, int high) {
        int ascii = 0;
        for (byte octet : octets) {
            ascii += (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ? 1 : 0;
        }
        return high > ascii;
    }

    /** Octets that are not ASCII. */
    static int high(byte[] octets) {
        int high = 0;
        for (byte octet : octets) {
            high += octet < 0 ? 1 : 0;
        }
        return high;
    }

    /** What is cut off at the end does not count. */
    private static boolean faultless(byte[] octets, String name) {
        try {
            int end = octets.length > 0 && octets[octets.length - 1] < 0 ? octets.length - 1 : octets.length;
            int replaced = 0;
            String text = Charset.forName(wider(name))
                    .newDecoder()
                    .onMalformedInput(java.nio.charset.CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(java.nio.charset.CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(octets, 0, end))
                    .toString();
            for (int i = 0; i < text.length(); i++) {
                replaced += text.charAt(i) == '\uFFFD' ? 1 : 0;
            }
            return replaced * 100 <= text.length();
        } catch (CharacterCodingException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    private static String wider(String name) {
        return switch (name) {
            case "Shift_JIS" -> "windows-31j";
            case "EUC-KR" -> "x-windows-949";
            case "Big5" -> "Big5-HKSCS";
            default -> name;
        };
    }
}
