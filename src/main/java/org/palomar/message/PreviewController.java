package org.palomar.message;

import java.nio.charset.StandardCharsets;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.MessageBody;
import org.palomar.mime.PartText;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages that show an attachment in a frame, and the source of a message. */
@Controller
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class PreviewController {

    private final MessageFiles files;

    PreviewController(MessageFiles files) {
        this.files = files;
    }

    @GetMapping("/parts/{path}/preview")
    String preview(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @PathVariable PartPath path,
            Reader reader,
            Model model) {
        MessageRef message = MessageController.parse(mailbox, ref);
        MessageBody.Attachment file = files.describe(session, message, path);
        FileKind kind = FileKind.of(file.mediaType());
        if (!kind.previewable()) {
            throw new NotFoundException("not-found");
        }
        MessagePaths paths = new MessagePaths(message, PartPath.ROOT);
        model.addAttribute(
                "preview",
                new PreviewPage(
                        file.name(),
                        reader.size(file.size()),
                        kind.icon(),
                        paths.inline(path),
                        paths.part(path),
                        paths.self()));
        return "message/preview";
    }

    @GetMapping("/source")
    String source(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            Model model) {
        MessageRef message = MessageController.parse(mailbox, ref);
        MessageFiles.Source source = files.source(session, message, part);
        MessagePaths paths = new MessagePaths(message, part);
        model.addAttribute(
                "source",
                new SourcePage(
                        PartText.decode(source.octets(), "8bit", StandardCharsets.UTF_8.name()),
                        source.truncated(),
                        paths.eml(),
                        paths.self()));
        return "message/source";
    }

    /**
     * An attachment on a page.
     *
     * @param icon {@code image}, {@code pdf}, {@code text} or {@code calendar}
     */
    public record PreviewPage(
            String name, String size, String icon, String inlineUrl, String downloadUrl, String backUrl) {}

    /** The source of a message as text. */
    public record SourcePage(String text, boolean truncated, String emlUrl, String backUrl) {}
}
