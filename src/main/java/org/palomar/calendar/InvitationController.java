package org.palomar.calendar;

import jakarta.servlet.http.HttpServletRequest;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Accept, perhaps, decline. */
@Controller
class InvitationController {

    private final Answering answering;

    InvitationController(Answering answering) {
        this.answering = answering;
    }

    /** @param part where the calendar lies in the message */
    @PostMapping("/mailboxes/{mailbox}/messages/{ref}/invitation")
    String answer(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam PartPath part,
            @RequestParam String answer,
            @RequestParam(defaultValue = "") String comment,
            Reader reader,
            HttpServletRequest request) {
        MessageRef message = parse(mailbox, ref);
        Answer chosen = Answer.of(answer).orElseThrow(() -> new NotFoundException("error.404.text"));
        answering
                .answer(person, session, message, part, chosen, comment, reader, request)
                .keep(request.getSession());
        return "redirect:/mailboxes/" + mailbox.toSegment() + "/messages/" + message.key();
    }

    private static MessageRef parse(MailboxName mailbox, String ref) {
        try {
            return MessageRef.parse(mailbox, ref);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
    }
}
