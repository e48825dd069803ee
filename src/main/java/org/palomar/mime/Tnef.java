package org.palomar.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is packed into winmail.dat ([MS-OXTNEF]). Read once from front to back, within bounds, never failing: what cannot be
 * read is left out (THREATS S38).
 */
public final class Tnef {

    private static final int SIGNATURE = 0x223E9F78;
    private static final int ATTACHMENT_LEVEL = 2;
    private static final int BODY = 0x0002800C;
    private static final int MESSAGE_PROPERTIES = 0x00069003;
    private static final int CODE_PAGE = 0x00069007;
    private static final int NEXT_FILE = 0x00069002;
    private static final int FILE_TITLE = 0x00018010;
    private static final int FILE_DATA = 0x0006800F;
    private static final int FILE_PROPERTIES = 0x00069005;
    private static final int DEEPEST = 4;
    private static final int MOST_FILES = 500;
    private static final int INTERFACE_ID = 16;

    private final List<File> files = new ArrayList<>();
    private String codePage = "windows-1252";
    private @Nullable String text;
    private @Nullable String html;
    private @Nullable String subject;
    private @Nullable Pending pending;

    private Tnef() {}

    /**
     * A file in it.
     *
     * @param name and all other text as a stranger wrote it; empty when there is none
     * @param mediaType as claimed, or empty
     * @param contentId by which the HTML refers to it, or null
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record File(
            String name, String mediaType, @Nullable String contentId, byte[] content) {}

    /**
     * All that is in it.
     *
     * @param text plain, or null
     * @param html or null
     */
    public record Content(@Nullable String text, @Nullable String html, List<File> files) {}

    private static final class Pending {
        private String name = "";
        private byte @Nullable [] content;
        private @Nullable MapiProperties properties;
    }

    /** Unpacks; nothing at all from what is no TNEF. */
    public static Content unpack(byte[] octets) {
        Tnef tnef = new Tnef();
        tnef.read(octets, 0);
        return new Content(tnef.text, tnef.html, List.copyOf(tnef.files));
    }

    private void read(byte[] octets, int depth) {
        LittleEndian in = new LittleEndian(octets);
        try {
            if (in.four() != SIGNATURE) {
                return;
            }
            in.two();
            while (in.has(1)) {
                int level = in.octet();
                int attribute = in.four();
                int length = in.four();
                LittleEndian data = in.part(length);
                in.two();
                take(level, attribute, data, length, depth);
            }
        } catch (LittleEndian.EndsEarly _) {
            // It was cut off; what came before counts.
        }
        closeFile(depth);
    }

    private void take(int level, int attribute, LittleEndian data, int length, int depth)
            throws LittleEndian.EndsEarly {
        if (level == ATTACHMENT_LEVEL && attribute == NEXT_FILE) {
            closeFile(depth);
            pending = new Pending();
        } else if (attribute == CODE_PAGE && length >= 4) {
            codePage = name(data.four());
        } else if (attribute == BODY) {
            text = Charsets.decode(data.take(length), codePage);
        } else if (attribute == MESSAGE_PROPERTIES) {
            message(MapiProperties.read(data));
        } else if (pending != null && attribute == FILE_TITLE) {
            pending.name = Charsets.decode(data.take(length), codePage);
        } else if (pending != null && attribute == FILE_DATA) {
            pending.content = data.take(length);
        } else if (pending != null && attribute == FILE_PROPERTIES) {
            pending.properties = MapiProperties.read(data);
        }
    }

    private void message(MapiProperties properties) {
        int page = properties.number(MapiProperties.MESSAGE_CODE_PAGE, 0);
        codePage = page > 0 ? name(page) : codePage;
        subject = properties.text(MapiProperties.SUBJECT, codePage);
        String body = properties.text(MapiProperties.BODY, codePage);
        text = body == null ? text : body;
        byte[] markup = properties.octets(MapiProperties.HTML);
        if (markup != null && markup.length > 0) {
            int internet = properties.number(MapiProperties.INTERNET_CODE_PAGE, 0);
            html = PartText.decode(markup, "8bit", internet > 0 ? name(internet) : null);
        }
        byte[] rtf = properties.octets(MapiProperties.RTF);
        if (rtf != null && html == null) {
            Rtf.Text rich = Rtf.read(CompressedRtf.unpack(rtf));
            html = rich.html() ? rich.content() : null;
            text = text == null && !rich.html() ? rich.content() : text;
        }
    }

    private void closeFile(int depth) {
        Pending file = pending;
        pending = null;
        if (file == null || files.size() >= MOST_FILES) {
            return;
        }
        MapiProperties properties = file.properties;
        byte[] content = file.content;
        if (properties != null) {
            byte[] object = properties.octets(MapiProperties.DATA);
            if ((content == null || content.length == 0) && object != null && object.length > INTERFACE_ID) {
                inner(java.util.Arrays.copyOfRange(object, INTERFACE_ID, object.length), depth);
                return;
            }
        }
        if (content != null) {
            files.add(new File(
                    first(properties, file.name),
                    properties == null ? "" : or(properties.text(MapiProperties.MEDIA_TYPE, codePage), ""),
                    properties == null ? null : properties.text(MapiProperties.CONTENT_ID, codePage),
                    content));
        }
    }

    /** A message inside: its text becomes a file, its files are listed with the others. */
    private void inner(byte[] octets, int depth) {
        Tnef inner = new Tnef();
        if (depth < DEEPEST) {
            inner.read(octets, depth + 1);
        }
        String title = inner.subject == null ? "message" : inner.subject;
        if (inner.html != null) {
            add(title + ".html", "text/html", inner.html);
        } else if (inner.text != null) {
            add(title + ".txt", "text/plain", inner.text);
        }
        files.addAll(inner.files.subList(0, Math.min(inner.files.size(), MOST_FILES - files.size())));
    }

    private void add(String name, String mediaType, String content) {
        if (files.size() < MOST_FILES) {
            files.add(new File(name, mediaType, null, content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    private String first(@Nullable MapiProperties properties, String title) {
        if (properties != null) {
            for (int id : new int[] {MapiProperties.FILE_NAME, MapiProperties.SHORT_FILE_NAME, MapiProperties.NAME}) {
                String name = properties.text(id, codePage);
                if (name != null) {
                    return name;
                }
            }
        }
        return title;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String name(int codePage) {
        return switch (codePage) {
            case 65001 -> "utf-8";
            case 1200 -> "utf-16le";
            case 20127 -> "us-ascii";
            case 28591 -> "iso-8859-1";
            case 28592 -> "iso-8859-2";
            case 28595 -> "iso-8859-5";
            case 20866 -> "koi8-r";
            case 50220 -> "iso-2022-jp";
            case 51932 -> "euc-jp";
            case 932 -> "shift_jis";
            case 936, 54936 -> "gb18030";
            case 949, 51949 -> "euc-kr";
            case 950 -> "big5";
            case 874 -> "tis-620";
            default -> codePage >= 1250 && codePage <= 1258 ? "windows-" + codePage : "windows-1252";
        };
    }
}
