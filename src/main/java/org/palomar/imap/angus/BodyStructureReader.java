package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;
import org.palomar.mime.HeaderText;
import org.palomar.mime.TransferEncoding;

/**
 * BODYSTRUCTURE (RFC 9051 section 7.5.2) to words. Parts are numbered as in {@code BODY[...]}: a message that is not a multipart
 * has the one part 1, the parts of a multipart inside a nested message count on from the nested message's own number.
 */
final class BodyStructureReader {

    private static final int MAX_TOKEN = 200;
    private static final int MAX_ID = 1_000;

    private BodyStructureReader() {}

    /** The structure, or null when it makes no sense. */
    static @Nullable BodyStructure read(@Nullable Value value) {
        if (value == null || value.members().isEmpty()) {
            return null;
        }
        try {
            return message(value, PartPath.ROOT);
        } catch (RuntimeException e) {
            // A path too deep or a number out of range: the list shows the message without its shape.
            return null;
        }
    }

    private static BodyStructure message(Value body, PartPath path) {
        return isMultipart(body.members()) ? multipart(body.members(), path) : single(body.members(), path.child(1));
    }

    private static BodyStructure part(Value body, PartPath path) {
        return isMultipart(body.members()) ? multipart(body.members(), path) : single(body.members(), path);
    }

    private static boolean isMultipart(List<Value> fields) {
        return fields.isEmpty() || fields.getFirst() instanceof Value.Group;
    }

    private static BodyStructure multipart(List<Value> fields, PartPath path) {
        List<BodyStructure> parts = new ArrayList<>();
        int at = 0;
        while (at < fields.size() && fields.get(at) instanceof Value.Group) {
            parts.add(part(fields.get(at), path.child(at + 1)));
            at++;
        }
        Extension extension = Extension.of(field(fields, at + 1), field(fields, at + 2));
        return new BodyStructure.Multipart(
                path,
                "multipart",
                token(field(fields, at), "mixed"),
                extension.parameters,
                extension.disposition,
                extension.fileName,
                parts);
    }

    private static BodyStructure single(List<Value> fields, PartPath path) {
        String type = token(fields.getFirst(), "");
        String subtype = token(field(fields, 1), "");
        String encoding = TransferEncoding.name(token(field(fields, 5), "7bit"));
        long size = Math.max(0, field(fields, 6).number(0));
        boolean nested = type.equals("message")
                && (subtype.equals("rfc822") || subtype.equals("global"))
                && field(fields, 7) instanceof Value.Group
                && field(fields, 8) instanceof Value.Group;
        // Behind the size: lines of a text; envelope, body and lines of a message; then MD5, disposition, language,
        // location.
        int md5 = nested ? 10 : field(fields, 7).number(-1) >= 0 ? 8 : 7;
        Extension extension = Extension.of(field(fields, 2), field(fields, md5 + 1));
        if (type.isEmpty() || subtype.isEmpty()) {
            // What no server could read is text (RFC 2045 section 5.2), unless a file name says otherwise.
            boolean file = extension.fileName != null || "attachment".equals(extension.disposition);
            type = file ? "application" : "text";
            subtype = file ? "octet-stream" : "";
        }
        if (nested) {
            return new BodyStructure.Nested(
                    path,
                    type,
                    subtype,
                    extension.parameters,
                    extension.disposition,
                    extension.fileName,
                    encoding,
                    size,
                    EnvelopeReader.read(fields.get(7)),
                    message(fields.get(8), path));
        }
        return new BodyStructure.Leaf(
                path,
                type,
                subtype,
                extension.parameters,
                extension.disposition,
                extension.fileName,
                encoding,
                size,
                contentId(field(fields, 3)));
    }

    private static Value field(List<Value> fields, int index) {
        return index < fields.size() ? fields.get(index) : Value.Nil.NIL;
    }

    private static String token(Value value, String otherwise) {
        String text = value.string();
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        return HeaderText.line(text.length() > MAX_TOKEN ? text.substring(0, MAX_TOKEN) : text)
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable String contentId(Value value) {
        String text = value.string();
        return text == null || text.isBlank() || text.length() > MAX_ID ? null : HeaderText.line(text);
    }

    private record Extension(
            Map<String, String> parameters,
            @Nullable String disposition,
            @Nullable String fileName) {

        static Extension of(Value contentParameters, Value disposition) {
            Map<String, String> parameters = ParameterReader.read(contentParameters);
            List<Value> fields = disposition.members();
            String kind = fields.isEmpty() ? disposition.string() : token(fields.getFirst(), "attachment");
            Map<String, String> more = ParameterReader.read(field(fields, 1));
            String fileName = more.getOrDefault("filename", parameters.get("name"));
            return new Extension(
                    parameters,
                    kind == null ? null : kind.toLowerCase(Locale.ROOT),
                    fileName == null || fileName.isBlank() ? null : fileName);
        }
    }
}
