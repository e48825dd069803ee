package org.palomar.message;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.palomar.imap.MailSession;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.BodyChooser;
import org.palomar.mime.Head;
import org.palomar.mime.MessageBody.Attachment;
import org.palomar.mime.PartText;
import org.palomar.reading.MessageReading;
import org.palomar.web.NotFoundException;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Parts of messages as files, streamed in constant memory. Policy (S10): a part is saved as octets, or shown as one of the
 * few types in {@link FileKind}; never as the type its sender claims, always sandboxed, never sniffed.
 */
@Controller
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class PartController {

    /** Text previews are cut here, octets. */
    private static final int TEXT_LIMIT = 1_000_000;

    @GetMapping("/parts/{path}")
    void part(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @PathVariable PartPath path,
            @RequestParam(defaultValue = "false") boolean inline,
            HttpServletResponse response) {
        MessageRef message = MessageController.parse(mailbox, ref);
        session.examine(mailbox, open -> {
            MessageReading reading = MessageReading.of(open, message);
            BodyStructure part = reading.part(path);
            Attachment file = file(part);
            FileKind kind = FileKind.of(file.mediaType());
            boolean shown = inline && kind.previewable();
            headers(response, file.name(), shown ? kind.servedAs(file.mediaType()) : "application/octet-stream", shown);
            if (shown && kind == FileKind.PDF) {
                // Browsers refuse to open their PDF viewer in a sandbox; the viewer is one itself.
                response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
            }
            write(reading, part, kind, shown, response);
            return true;
        });
    }

    @GetMapping("/message.eml")
    void eml(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            HttpServletResponse response) {
        MessageRef message = MessageController.parse(mailbox, ref);
        session.examine(mailbox, open -> {
            open.check(message);
            headers(response, "message.eml", "application/octet-stream", false);
            open.stream(message.uid(), part, output(response));
            return true;
        });
    }

    @GetMapping("/attachments.zip")
    void zip(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            HttpServletResponse response) {
        MessageRef message = MessageController.parse(mailbox, ref);
        session.examine(mailbox, open -> {
            MessageReading reading = MessageReading.of(open, message);
            List<Attachment> files = reading.read(part).body().attachments();
            headers(response, "attachments.zip", "application/zip", false);
            try (ZipOutputStream zip = new ZipOutputStream(output(response), StandardCharsets.UTF_8)) {
                Set<String> names = new HashSet<>();
                for (Attachment file : files) {
                    zip.putNextEntry(new ZipEntry(unique(file.name(), names)));
                    reading.write(reading.part(file.path()), new Unclosed(zip));
                    zip.closeEntry();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return true;
        });
    }

    static Attachment file(BodyStructure part) {
        return BodyChooser.asFile(part).orElseThrow(() -> new NotFoundException("not-found"));
    }

    private static void write(
            MessageReading reading, BodyStructure part, FileKind kind, boolean shown, HttpServletResponse response) {
        if (shown && part instanceof BodyStructure.Leaf leaf && (kind == FileKind.TEXT || kind == FileKind.CALENDAR)) {
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
        for (int n = 2; !names.add(candidate); n++) {
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
