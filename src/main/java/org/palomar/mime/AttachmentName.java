package org.palomar.mime;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** File names from strangers, made safe to show, to save and to put into a header. */
public final class AttachmentName {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_EXTENSION = 20;

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("text/plain", "txt"),
            Map.entry("text/html", "html"),
            Map.entry("text/calendar", "ics"),
            Map.entry("text/csv", "csv"),
            Map.entry("text/vcard", "vcf"),
            Map.entry("text/x-vcard", "vcf"),
            Map.entry("text/rfc822-headers", "txt"),
            Map.entry("message/rfc822", "eml"),
            Map.entry("message/global", "eml"),
            Map.entry("message/delivery-status", "txt"),
            Map.entry("message/disposition-notification", "txt"),
            Map.entry("message/feedback-report", "txt"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("image/tiff", "tif"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("application/ics", "ics"),
            Map.entry("application/gzip", "gz"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.ms-powerpoint", "ppt"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            Map.entry("application/pgp-signature", "asc"),
            Map.entry("application/pgp-keys", "asc"),
            Map.entry("application/pkcs7-signature", "p7s"),
            Map.entry("application/x-pkcs7-signature", "p7s"),
            Map.entry("application/pkcs7-mime", "p7m"),
            Map.entry("application/x-pkcs7-mime", "p7m"),
            Map.entry("application/javascript", "js"),
            Map.entry("application/octet-stream", "bin"));

    /** What Windows takes for a device, whatever follows behind a dot. */
    private static final Pattern DEVICES = Pattern.compile(
            "con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]", Pattern.CASE_INSENSITIVE);

    private AttachmentName() {}

    /**
     * A safe name.
     *
     * @param claimed the name in the message, or null
     * @param mediaType {@code type/subtype}, for the extension of a default name
     * @param number for a default name such as {@code attachment-2.pdf}
     * @return 1 to 200 characters without path, controls, bidirectional overrides or a leading dot
     */
    public static String of(@Nullable String claimed, String mediaType, int number) {
        String name = claimed == null ? "" : safe(claimed);
        return name.isEmpty() ? "attachment-" + number + "." + extension(mediaType) : name;
    }

    /** A name, already safe, that can be unpacked on any system: none of a device, none with characters kept for other things. */
    public static String portable(String name) {
        StringBuilder portable = new StringBuilder();
        name.chars().map(c -> "<>:\"/\\|?*".indexOf(c) >= 0 ? '_' : c).forEach(c -> portable.append((char) c));
        String stem = name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'));
        return DEVICES.matcher(stem.strip()).matches() ? "_" + portable : portable.toString();
    }

    /** A safe name for a nested message: its own, or its subject. */
    static String ofMessage(@Nullable String claimed, @Nullable String subject, int number) {
        if (claimed != null && !safe(claimed).isEmpty()) {
            return safe(claimed);
        }
        String title = subject == null ? "" : safe(subject.replaceAll("[\\\\/\\s]+", " "));
        title = title.substring(0, title.offsetByCodePoints(0, Math.min(100, title.codePointCount(0, title.length()))));
        return title.isBlank() ? "message-" + number + ".eml" : title.strip() + ".eml";
    }

    private static String safe(String claimed) {
        String name = HeaderText.decode(claimed.length() > 4_000 ? claimed.substring(0, 4_000) : claimed);
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder safe = new StringBuilder();
        name.codePoints().filter(c -> !dangerous(c)).forEach(safe::appendCodePoint);
        String stripped = trim(safe.toString());
        if (stripped.length() <= MAX_LENGTH) {
            return stripped;
        }
        int dot = stripped.lastIndexOf('.');
        String extension = dot > 0 && stripped.length() - dot <= MAX_EXTENSION ? stripped.substring(dot) : "";
        int end = MAX_LENGTH - extension.length();
        if (Character.isHighSurrogate(stripped.charAt(end - 1))) {
            end--;
        }
        return stripped.substring(0, end) + extension;
    }

    private static String trim(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && (name.charAt(start) == '.' || Character.isWhitespace(name.charAt(start)))) {
            start++;
        }
        while (end > start && (name.charAt(end - 1) == '.' || Character.isWhitespace(name.charAt(end - 1)))) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean dangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            // Joiners make up emoji and Indic words; all other format characters only deceive.
            case Character.FORMAT -> c != 0x200C && c != 0x200D && !(c >= 0xE0020 && c <= 0xE007F);
            default -> false;
        };
    }

    private static String extension(String mediaType) {
        String known = EXTENSIONS.get(mediaType);
        if (known != null) {
            return known;
        }
        String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
        boolean plain = !subtype.isEmpty()
                && subtype.length() <= 5
                && subtype.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        return plain ? subtype : mediaType.startsWith("text/") ? "txt" : "bin";
    }
}
