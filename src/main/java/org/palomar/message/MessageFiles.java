package org.palomar.message;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.AttachmentName;
import org.palomar.mime.BodyChooser;
import org.palomar.mime.Head;
import org.palomar.mime.MessageBody.Attachment;
import org.palomar.mime.PartText;
import org.palomar.reading.MessageReading;
import org.palomar.web.NotFoundException;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Writes parts of messages as files, in constant memory. Policy (S10): a part is saved as octets, or shown as one of the
 * few types in {@link FileKind}; never as the type its sender claims, always sandboxed, never sniffed.
 */
@Component
class MessageFiles {

    /** Source beyond this is cut on the page, octets; the download has it all. */
    private static final int SOURCE_LIMIT = 500_000;

    /** Text previews are cut here, octets. */
    private static final int TEXT_LIMIT = 1_000_000;

    private static final FileKind.Look NO_LOOK = new FileKind.Look(FileKind.FILE, "application/octet-stream");

    /**
     * @param range the Range header, or null
     * @param inline whether it is to be shown rather than saved, if that may be
     */
    void part(
            MailSession session,
            MessageRef message,
            PartPath path,
            boolean inline,
            @Nullable String range,
            HttpServletResponse response) {
        session.examine(message.mailbox(), open -> {
            MessageReading reading = MessageReading.of(open, message);
            BodyStructure part = reading.part(path);
            Attachment file = file(part);
            FileKind.Look look = inline ? look(reading, part, file) : NO_LOOK;
            FileKind kind = look.kind();
            boolean shown = kind != FileKind.FILE;
            headers(response, file.name(), look.type(), shown);
            boolean media = kind == FileKind.AUDIO || kind == FileKind.VIDEO;
            if (media && MediaFile.serve(reading, part, range, response)) {
                return true;
            }
            if (kind == FileKind.PDF) {
                // Browsers refuse to open their PDF viewer in a sandbox; the viewer is one itself.
                response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
            }
            write(reading, part, kind, shown, response);
            return true;
        });
    }

    void eml(MailSession session, MessageRef message, PartPath part, HttpServletResponse response) {
        session.examine(message.mailbox(), open -> {
            Source source = Source.of(open, message, part);
            headers(response, "message.eml", "application/octet-stream", false);
            source.write(output(response));
            return true;
        });
    }

    void zip(MailSession session, MessageRef message, PartPath part, HttpServletResponse response) {
        session.examine(message.mailbox(), open -> {
            MessageReading reading = MessageReading.of(open, message);
            List<Attachment> files = reading.read(part).body().attachments();
            headers(response, "attachments.zip", "application/zip", false);
            try (ZipOutputStream zip = new ZipOutputStream(output(response), StandardCharsets.UTF_8)) {
                Set<String> names = new HashSet<>();
                for (Attachment file : files) {
                    zip.putNextEntry(new ZipEntry(unique(AttachmentName.portable(file.name()), names)));
                    reading.write(reading.part(file.path()), new Unclosed(zip));
                    zip.closeEntry();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return true;
        });
    }

    /** What a part is called, and what of it can be looked at. */
    record Described(Attachment file, FileKind.Look look) {}

    Described describe(MailSession session, MessageRef message, PartPath path) {
        return session.examine(message.mailbox(), open -> {
            MessageReading reading = MessageReading.of(open, message);
            BodyStructure part = reading.part(path);
            Attachment file = file(part);
            return new Described(file, look(reading, part, file));
        });
    }

    private static FileKind.Look look(MessageReading reading, BodyStructure part, Attachment file) {
        FileKind claimed = FileKind.of(file.mediaType(), file.name());
        return claimed.previewable() ? claimed.look(reading.head(part, FileKind.LOOK)) : NO_LOOK;
    }

    /** The head of a message's source as text; {@code truncated} tells whether there is more. */
    record SourceText(String text, boolean truncated) {}

    SourceText source(MailSession session, MessageRef message, PartPath part) {
        Head head = new Head(SOURCE_LIMIT + 1);
        session.examine(message.mailbox(), open -> {
            Source.of(open, message, part).write(head);
            return true;
        });
        byte[] octets = head.octets();
        boolean truncated = octets.length > SOURCE_LIMIT;
        byte[] shown = truncated ? Arrays.copyOf(octets, SOURCE_LIMIT) : octets;
        return new SourceText(PartText.decode(shown, "8bit", "utf-8"), truncated);
    }

    /** The source of a message, or of one nested in it; found before anything is written. */
    @FunctionalInterface
    private interface Source {
        void write(OutputStream to);

        static Source of(OpenMailbox open, MessageRef message, PartPath part) {
            open.check(message);
            if (part.isRoot()) {
                return to -> open.stream(message.uid(), part, to);
            }
            MessageReading reading = MessageReading.of(open, message);
            BodyStructure nested = reading.part(part);
            return to -> reading.write(nested, to);
        }
    }

    private static Attachment file(BodyStructure part) {
        return BodyChooser.asFile(part).orElseThrow(() -> new NotFoundException("error.404.text"));
    }

    private static void write(
            MessageReading reading, BodyStructure part, FileKind kind, boolean shown, HttpServletResponse response) {
        if (shown && part instanceof BodyStructure.Leaf leaf && kind == FileKind.TEXT) {
            Head head = new Head(TEXT_LIMIT);
            reading.write(part, head);
            String text =
                    PartText.decode(head.octets(), "8bit", leaf.parameters().get("charset"));
            try {
                response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        } else {
            reading.write(part, output(response));
        }
    }

    private static void headers(HttpServletResponse response, String name, String type, boolean shown) {
        response.setContentType(type);
        response.setHeader("Content-Security-Policy", SecurityHeaders.FILE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    private static OutputStream output(HttpServletResponse response) {
        try {
            return new Unclosed(response.getOutputStream());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Two files of one name become "a.txt" and "a (2).txt". */
    private static String unique(String name, Set<String> names) {
        String candidate = name;
        int dot = name.lastIndexOf('.');
        for (int n = 2; !names.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = dot > 0 ? name.substring(0, dot) + " (" + n + ")" + name.substring(dot) : name + " (" + n + ")";
        }
        return candidate;
    }

    /** Decoders close what they write to; the response and the archive live on. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            out.write(octets, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
