package org.palomar.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Envelope;
import org.palomar.mail.PartPath;

/**
 * A message read from its source, for when the server's BODYSTRUCTURE is missing or wrong. Bounded in depth and number of
 * parts: what lies beyond is one opaque part. Never fails, and a message that is not understood is one text part.
 */
public final class WholeMessage {

    private static final int DEEPEST = 30;
    private static final int MOST_PARTS = 1_000;

    private final byte[] source;
    private final Map<PartPath, Span> spans = new HashMap<>();
    private final BodyStructure structure;
    private final Envelope envelope;
    private int parts;

    private WholeMessage(byte[] source) {
        this.source = source;
        int start = 0;
        while (start < source.length && (source[start] == '\r' || source[start] == '\n')) {
            start++;
        }
        // The separator line of an mbox file, left on by some exports.
        if (new String(source, start, Math.min(5, source.length - start), StandardCharsets.US_ASCII).equals("From ")) {
            start = Math.min(MimeHeader.lineEnd(source, start, source.length) + 1, source.length);
        }
        MimeHeader header = MimeHeader.read(source, start, source.length);
        this.envelope = HeaderEnvelope.of(header, null);
        this.structure = message(PartPath.ROOT, header, source.length, 0);
    }

    public static WholeMessage parse(byte[] source) {
        return new WholeMessage(source);
    }

    /**
     * Reads up to {@code limit} octets and parses those.
     *
     * @throws IOException only from {@code in}
     */
    public static WholeMessage parse(InputStream in, int limit) throws IOException {
        return new WholeMessage(in.readNBytes(limit));
    }

    public BodyStructure structure() {
        return structure;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** Content of a part as transferred, still encoded; the root path gives the whole body. */
    public Optional<byte[]> part(PartPath path) {
        Span span = spans.get(path);
        if (span == null && path.isRoot()) {
            span = spans.get(structure.path());
        }
        return Optional.ofNullable(span).map(s -> Arrays.copyOfRange(source, s.body, s.end));
    }

    private record Span(int body, int end) {}

    private BodyStructure message(PartPath path, MimeHeader header, int to, int depth) {
        boolean multipart = header.word("content-type", "").startsWith("multipart/");
        return part(multipart ? path : path.child(1), header, to, depth, "text/plain");
    }

    private BodyStructure part(PartPath path, MimeHeader header, int to, int depth, String otherwise) {
        parts++;
        String mediaType = header.word("content-type", otherwise);
        int slash = mediaType.indexOf('/');
        if (slash <= 0) {
            // Without a subtype it says nothing (RFC 2045 section 5.2), but a file name still does.
            mediaType =
                    header.parameters("content-type").containsKey("name") ? "application/octet-stream" : "text/plain";
            slash = mediaType.indexOf('/');
        }
        String type = mediaType.substring(0, slash).strip();
        String subtype = mediaType.substring(slash + 1).strip();
        int body = Math.min(header.end(), to);
        spans.putIfAbsent(path, new Span(body, to));
        boolean within = depth < DEEPEST && parts < MOST_PARTS;
        Map<String, String> parameters = header.parameters("content-type");
        String disposition =
                header.raw("content-disposition") == null ? null : header.word("content-disposition", "attachment");
        String fileName = fileName(header, parameters);
        if (type.equals("multipart") && within) {
            List<BodyStructure> children = children(path, body, to, parameters.get("boundary"), subtype, depth);
            if (!children.isEmpty()) {
                return new BodyStructure.Multipart(path, type, subtype, parameters, disposition, fileName, children);
            }
        }
        String encoding = TransferEncoding.name(header.word("content-transfer-encoding", "7bit"));
        boolean plain = encoding.equals("7bit") || encoding.equals("8bit") || encoding.equals("binary");
        if (mediaType.equals("message/rfc822") && within && plain) {
            MimeHeader inner = MimeHeader.read(source, body, to);
            BodyStructure nested = message(path, inner, to, depth + 1);
            return new BodyStructure.Nested(
                    path,
                    type,
                    subtype,
                    parameters,
                    disposition,
                    fileName,
                    encoding,
                    to - body,
                    HeaderEnvelope.of(inner, null),
                    nested);
        }
        boolean broken = type.equals("multipart");
        PartPath leaf = broken && path.isRoot() ? path.child(1) : path;
        spans.putIfAbsent(leaf, new Span(body, to));
        return new BodyStructure.Leaf(
                leaf,
                broken ? "text" : type,
                broken ? "plain" : subtype,
                parameters,
                disposition,
                fileName,
                encoding,
                to - body,
                header.raw("content-id"));
    }

    private List<BodyStructure> children(
            PartPath path, int body, int to, @Nullable String boundary, String subtype, int depth) {
        List<BodyStructure> children = new ArrayList<>();
        byte[] delimiter = boundary == null || boundary.isEmpty()
                ? firstDelimiter(body, to)
                : ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        if (delimiter.length < 3) {
            return children;
        }
        int start = -1;
        int at = body;
        while (at < to) {
            int lineEnd = MimeHeader.lineEnd(source, at, to);
            if (isDelimiter(at, lineEnd, delimiter)) {
                if (start >= 0) {
                    add(children, path, start, beforeLineEnd(at, start), subtype, depth);
                }
                start = Math.min(lineEnd + 1, to);
                if (closes(at + delimiter.length, lineEnd)) {
                    start = -1;
                    break;
                }
                if (parts >= MOST_PARTS) {
                    break;
                }
            }
            at = lineEnd + 1;
        }
        if (start >= 0 && start < to) {
            add(children, path, start, to, subtype, depth);
        }
        return children;
    }

    private void add(List<BodyStructure> children, PartPath path, int from, int to, String subtype, int depth) {
        int end = Math.max(from, to);
        MimeHeader header = MimeHeader.read(source, from, end);
        String otherwise = subtype.equals("digest") ? "message/rfc822" : "text/plain";
        children.add(part(path.child(children.size() + 1), header, end, depth + 1, otherwise));
    }

    private boolean isDelimiter(int at, int lineEnd, byte[] delimiter) {
        if (lineEnd - at < delimiter.length
                || !Arrays.equals(source, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
            return false;
        }
        int rest = at + delimiter.length;
        if (closes(rest, lineEnd)) {
            return true;
        }
        while (rest < lineEnd) {
            if (source[rest] != ' ' && source[rest] != '\t' && source[rest] != '\r') {
                return false;
            }
            rest++;
        }
        return true;
    }

    private boolean closes(int rest, int lineEnd) {
        return rest + 1 < lineEnd && source[rest] == '-' && source[rest + 1] == '-';
    }

    private int beforeLineEnd(int at, int start) {
        int end = at > start && source[at - 1] == '\n' ? at - 1 : at;
        return end > start && source[end - 1] == '\r' ? end - 1 : end;
    }

    /** For a multipart that does not name its boundary: the first line that looks like one. */
    private byte[] firstDelimiter(int body, int to) {
        int at = body;
        while (at < to) {
            int lineEnd = MimeHeader.lineEnd(source, at, to);
            String line = new String(source, at, Math.min(lineEnd - at, 100), StandardCharsets.ISO_8859_1).strip();
            if (line.startsWith("--") && line.length() > 4 && line.length() < 76) {
                return line.getBytes(StandardCharsets.ISO_8859_1);
            }
            at = lineEnd + 1;
        }
        return new byte[0];
    }

    private static @Nullable String fileName(MimeHeader header, Map<String, String> typeParameters) {
        String name = header.parameters("content-disposition").get("filename");
        String fallBack = typeParameters.get("name");
        return name != null && !name.isBlank() ? name : fallBack == null || fallBack.isBlank() ? null : fallBack;
    }
}
