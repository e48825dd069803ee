package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The compression of RTF in winmail.dat ([MS-OXRTFCP]); never makes more than 8 MB of anything. */
final class CompressedRtf {

    private static final int LARGEST = 8_000_000;
    private static final int COMPRESSED = 0x75465A4C;
    private static final int PLAIN = 0x414C454D;
    private static final int WINDOW = 4_096;
    private static final String KNOWN = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
            + "\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0"
            + "\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

    private CompressedRtf() {}

    /** The RTF, as far as it can be read. */
    static byte[] unpack(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LittleEndian in = new LittleEndian(octets);
        try {
            in.four();
            int size = in.four();
            int kind = in.four();
            in.four();
            int most = Math.clamp(Integer.toUnsignedLong(size), 0, LARGEST);
            if (kind == PLAIN) {
                while (out.size() < most && in.has(1)) {
                    out.write(in.octet());
                }
            } else if (kind == COMPRESSED) {
                inflate(in, out, most);
            }
        } catch (LittleEndian.EndsEarly _) {
            // What was read so far is kept.
        }
        return out.toByteArray();
    }

    private static void inflate(LittleEndian in, ByteArrayOutputStream out, int most) throws LittleEndian.EndsEarly {
        byte[] window = new byte[WINDOW];
        byte[] known = KNOWN.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(known, 0, window, 0, known.length);
        int write = known.length;
        while (in.has(1)) {
            int control = in.octet();
            for (int bit = 0; bit < 8; bit++) {
                if (out.size() >= most) {
                    return;
                }
                if ((control >> bit & 1) == 0) {
                    window[write] = (byte) in.octet();
                    out.write(window[write]);
                    write = (write + 1) % WINDOW;
                    continue;
                }
                int reference = in.octet() << 8 | in.octet();
                int from = reference >> 4;
                if (from == write) {
                    return;
                }
                for (int i = 0; i < (reference & 0xF) + 2; i++) {
                    window[write] = window[(from + i) % WINDOW];
                    out.write(window[write]);
                    write = (write + 1) % WINDOW;
                }
            }
        }
    }
}
