package org.palomar.mime;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message or file inside winmail.dat ([MS-OXTNEF] section 2.1.3.5), as far as they are of use. Each step
 * takes octets away, so it ends; the first value of a property counts.
 */
final class MapiProperties {

    static final int BODY = 0x1000;
    static final int RTF = 0x1009;
    static final int HTML = 0x1013;
    static final int NAME = 0x3001;
    static final int DATA = 0x3701;
    static final int SHORT_FILE_NAME = 0x3704;
    static final int FILE_NAME = 0x3707;
    static final int MEDIA_TYPE = 0x370E;
    static final int CONTENT_ID = 0x3712;
    static final int SUBJECT = 0x0037;
    static final int MESSAGE_CODE_PAGE = 0x3FFD;
    static final int INTERNET_CODE_PAGE = 0x3FDE;

    private static final int NAMED = 0x8000;
    private static final int SEVERAL = 0x1000;
    private static final int MOST = 20_000;

    private final Map<Integer, Property> properties = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Property(int type, byte[] octets) {}

    /** Reads as many as there are; what is cut off is left out. */
    static MapiProperties read(LittleEndian from) {
        MapiProperties properties = new MapiProperties();
        try {
            int count = Math.min(from.four(), MOST);
            for (int i = 0; i < count; i++) {
                properties.next(from);
            }
        } catch (LittleEndian.EndsEarly _) {
            // Those read so far are good.
        }
        return properties;
    }

    private void next(LittleEndian from) throws LittleEndian.EndsEarly {
        int type = from.two();
        int id = from.two();
        if (id >= NAMED) {
            from.skip(16);
            if (from.four() == 0) {
                from.skip(4);
            } else {
                from.skip(padded(from.four()));
            }
        }
        int kind = type & ~SEVERAL;
        boolean variable = kind == 0x1E || kind == 0x1F || kind == 0x0D || kind == 0x102;
        int values = variable || (type & SEVERAL) != 0 ? from.four() : 1;
        for (int i = 0; i < values; i++) {
            int size = variable ? from.four() : width(kind);
            if (size < 0) {
                throw new LittleEndian.EndsEarly();
            }
            byte[] octets = from.take(size);
            from.skip(padded(size) - size);
            properties.putIfAbsent(id, new Property(kind, octets));
        }
    }

    private static int width(int type) {
        return switch (type) {
            case 0x02, 0x03, 0x04, 0x0A, 0x0B -> 4;
            case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
            case 0x48 -> 16;
            default -> -1;
        };
    }

    private static int padded(int size) throws LittleEndian.EndsEarly {
        if (size < 0 || size > Integer.MAX_VALUE - 4) {
            throw new LittleEndian.EndsEarly();
        }
        return (size + 3) & ~3;
    }

    byte @Nullable [] octets(int id) {
        Property property = properties.get(id);
        return property == null ? null : property.octets;
    }

    /** A number of four octets, or {@code otherwise}. */
    int number(int id, int otherwise) {
        byte[] octets = octets(id);
        return octets == null || octets.length != 4
                ? otherwise
                : (octets[0] & 0xFF) | (octets[1] & 0xFF) << 8 | (octets[2] & 0xFF) << 16 | octets[3] << 24;
    }

    /** Text in UTF-16 or in the code page given, up to its NUL; or null. */
    @Nullable
    String text(int id, String codePage) {
        Property property = properties.get(id);
        if (property == null) {
            return null;
        }
        String text = Charsets.decode(property.octets, property.type == 0x1F ? "utf-16le" : codePage);
        return text.isBlank() ? null : text;
    }
}
