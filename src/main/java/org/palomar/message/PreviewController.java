package org.palomar.message;

import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.MessageBody;
import org.palomar.tree.WithTree;
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
@WithTree
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
        MessageFiles.Described described = files.describe(session, message, path);
        MessageBody.Attachment file = described.file();
        if (!FileKind.of(file.mediaType(), file.name()).previewable()) {
            throw new NotFoundException("error.404.text");
        }
        MessagePaths paths = new MessagePaths(message, PartPath.ROOT);
        model.addAttribute("message", place(message, paths));
        model.addAttribute(
                "file",
                new PreviewFile(
                        file.name(),
                        reader.size(file.size()),
                        described.look().kind().icon(),
                        paths.part(path)));
        model.addAttribute("contentUrl", paths.inline(path));
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
        MessageFiles.SourceText source = files.source(session, message, part);
        MessagePaths paths = new MessagePaths(message, part);
        model.addAttribute("message", place(message, paths));
        model.addAttribute("source", source.text());
        model.addAttribute("cut", source.truncated());
        return "message/source";
    }

    private static Place place(MessageRef message, MessagePaths paths) {
        return new Place(paths.self(), message.mailbox().toSegment(), paths.eml());
    }

    /** The message that a page is about. */
    public record Place(String url, String mailboxSegment, String emlUrl) {}

    /**
     * An attachment on a page.
     *
     * @param icon {@code image}, {@code pdf}, {@code text}, {@code audio}, {@code video}, or {@code file} when it cannot be shown
     */
    public record PreviewFile(String name, String size, String icon, String downloadUrl) {}
}
