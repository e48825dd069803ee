package org.palomar.message;

import java.util.Map;
import java.util.Set;

/**
 * What may be shown in a browser and how. Whatever a sender claims, a part is only ever served as one of these types or
 * as octets to save: nothing that could run is served as itself (S10).
 */
enum FileKind {
    IMAGE,
    PDF,
    TEXT,
    ARCHIVE,
    CALENDAR,
    MAIL,
    FILE;

    /** Image types every browser decodes and none runs; not SVG. */
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final Map<String, FileKind> KINDS = Map.of(
            "application/pdf", PDF,
            "application/zip", ARCHIVE,
            "application/x-zip-compressed", ARCHIVE,
            "application/gzip", ARCHIVE,
            "application/x-7z-compressed", ARCHIVE,
            "application/x-tar", ARCHIVE,
            "application/vnd.rar", ARCHIVE,
            "text/calendar", CALENDAR,
            "message/rfc822", MAIL,
            "message/global", MAIL);

    static FileKind of(String mediaType) {
        if (IMAGES.contains(mediaType) || mediaType.equals("image/jpg")) {
            return IMAGE;
        }
        FileKind kind = KINDS.get(mediaType);
        return kind != null ? kind : mediaType.startsWith("text/") ? TEXT : FILE;
    }

    boolean previewable() {
        return this == IMAGE || this == PDF || this == TEXT || this == CALENDAR;
    }

    String icon() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The type an inline part is served with. */
    String servedAs(String mediaType) {
        return switch (this) {
            case IMAGE -> mediaType.equals("image/jpg") ? "image/jpeg" : mediaType;
            case PDF -> "application/pdf";
            case TEXT, CALENDAR -> "text/plain;charset=utf-8";
            case ARCHIVE, MAIL, FILE -> "application/octet-stream";
        };
    }
}
