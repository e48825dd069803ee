package org.palomar.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;

/**
 * What may be shown in a browser and how. What a sender claims decides whether a part is offered to be looked at; what is in it
 * decides as what. It is only ever served as one of these types or as octets to save: nothing that could run is served as itself
 * (S10).
 */
enum FileKind {
    IMAGE,
    PDF,
    TEXT,
    AUDIO,
    VIDEO,
    ARCHIVE,
    CALENDAR,
    MAIL,
    FILE;

    /** How much of a part is looked at, octets. */
    static final int LOOK = 8_192;

    /** Types that every browser decodes and none runs, as they are served; not SVG. */
    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("image/png", "image/png"),
            Map.entry("image/jpeg", "image/jpeg"),
            Map.entry("image/gif", "image/gif"),
            Map.entry("image/webp", "image/webp"),
            Map.entry("application/pdf", "application/pdf"),
            Map.entry("audio/mpeg", "audio/mpeg"),
            Map.entry("audio/mp4", "audio/mp4"),
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/speex", "audio/ogg"),
            Map.entry("audio/ogg", "audio/ogg"),
            Map.entry("video/mp4", "video/mp4"),
            Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("video/quicktime", "video/mp4"),
            Map.entry("application/x-matroska", "video/webm"),
            Map.entry("video/x-matroska", "video/webm"),
            Map.entry("video/webm", "video/webm"),
            Map.entry("video/theora", "video/ogg"),
            Map.entry("video/ogg", "video/ogg"));

    private static final Set<String> NAMELESS = Set.of(
            "application/octet-stream", "application/binary", "application/x-unknown", "application/force-download");

    private static final Map<String, FileKind> KINDS = Map.ofEntries(
            Map.entry("image/jpg", IMAGE),
            Map.entry("image/pjpeg", IMAGE),
            Map.entry("application/x-pdf", PDF),
            Map.entry("application/zip", ARCHIVE),
            Map.entry("application/x-zip-compressed", ARCHIVE),
            Map.entry("application/gzip", ARCHIVE),
            Map.entry("application/x-7z-compressed", ARCHIVE),
            Map.entry("application/x-tar", ARCHIVE),
            Map.entry("application/vnd.rar", ARCHIVE),
            Map.entry("application/csv", TEXT),
            Map.entry("application/ics", CALENDAR),
            Map.entry("text/calendar", CALENDAR),
            Map.entry("message/rfc822", MAIL),
            Map.entry("message/global", MAIL));

    /** Kinds by the end of a name, for files that are sent as octets. */
    private static final Map<String, FileKind> ENDINGS = Map.ofEntries(
            Map.entry("png", IMAGE),
            Map.entry("jpg", IMAGE),
            Map.entry("jpeg", IMAGE),
            Map.entry("gif", IMAGE),
            Map.entry("webp", IMAGE),
            Map.entry("pdf", PDF),
            Map.entry("txt", TEXT),
            Map.entry("log", TEXT),
            Map.entry("csv", TEXT),
            Map.entry("md", TEXT),
            Map.entry("ics", CALENDAR),
            Map.entry("mp3", AUDIO),
            Map.entry("m4a", AUDIO),
            Map.entry("ogg", AUDIO),
            Map.entry("wav", AUDIO),
            Map.entry("flac", AUDIO),
            Map.entry("mp4", VIDEO),
            Map.entry("webm", VIDEO),
            Map.entry("mov", VIDEO),
            Map.entry("zip", ARCHIVE),
            Map.entry("gz", ARCHIVE),
            Map.entry("7z", ARCHIVE));

    /** What a part claims to be. */
    static FileKind of(String mediaType) {
        FileKind kind = KINDS.get(mediaType);
        if (kind != null) {
            return kind;
        }
        if (mediaType.startsWith("audio/") || mediaType.startsWith("video/")) {
            return mediaType.startsWith("audio/") ? AUDIO : VIDEO;
        }
        return SHOWN.containsKey(mediaType)
                ? mediaType.equals("application/pdf") ? PDF : IMAGE
                : mediaType.startsWith("text/") ? TEXT : FILE;
    }

    /** What a file claims to be, by its name where its type says nothing. */
    static FileKind of(String mediaType, String name) {
        if (!NAMELESS.contains(mediaType)) {
            return of(mediaType);
        }
        return ENDINGS.getOrDefault(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), FILE);
    }

    /** @param type what it is served as */
    record Look(FileKind kind, String type) {}

    /**
     * What is there to be looked at.
     *
     * @param head the first octets, decoded
     */
    Look look(byte[] head) {
        if (!previewable()) {
            return new Look(FILE, "application/octet-stream");
        }
        String type = detect(head);
        String shown = SHOWN.get(type);
        if (shown != null) {
            boolean media = shown.startsWith("audio/") || shown.startsWith("video/");
            return new Look(media ? this == AUDIO ? AUDIO : of(shown) : of(shown), shown);
        }
        return this == TEXT || this == CALENDAR || type.startsWith("text/")
                ? new Look(TEXT, "text/plain;charset=utf-8")
                : new Look(FILE, "application/octet-stream");
    }

    private static String detect(byte[] head) {
        try (TikaInputStream in = TikaInputStream.get(head)) {
            return MimeTypes.getDefaultMimeTypes()
                    .detect(in, new Metadata(), new ParseContext())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean previewable() {
        return this == IMAGE || this == PDF || this == TEXT || this == CALENDAR || this == AUDIO || this == VIDEO;
    }

    String icon() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of an image that lies in a letter. */
    static String imageType(String mediaType) {
        return mediaType.equals("image/jpg") || mediaType.equals("image/pjpeg") ? "image/jpeg" : mediaType;
    }
}
