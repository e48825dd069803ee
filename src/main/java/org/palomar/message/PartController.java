package org.palomar.message;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Parts of messages, and whole messages, as files. */
@Controller
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class PartController {

    private final MessageFiles files;

    PartController(MessageFiles files) {
        this.files = files;
    }

    @GetMapping("/parts/{path}")
    void part(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @PathVariable PartPath path,
            @RequestParam(defaultValue = "false") boolean inline,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response) {
        files.part(session, MessageController.parse(mailbox, ref), path, inline, range, response);
    }

    @GetMapping("/message.eml")
    void eml(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            HttpServletResponse response) {
        files.eml(session, MessageController.parse(mailbox, ref), part, response);
    }

    @GetMapping("/attachments.zip")
    void zip(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            HttpServletResponse response) {
        files.zip(session, MessageController.parse(mailbox, ref), part, response);
    }
}
