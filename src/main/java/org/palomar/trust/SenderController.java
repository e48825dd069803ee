package org.palomar.trust;

import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The card of who sent a message. */
@Controller
@WithTree
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class SenderController {

    private final SenderReader senders;

    SenderController(SenderReader senders) {
        this.senders = senders;
    }

    @GetMapping("/sender")
    String show(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            Htmx htmx,
            Model model) {
        model.addAttribute("sender", senders.read(person, session, parse(mailbox, ref), part));
        return htmx.view("trust/sender", "trust/_sender");
    }

    static MessageRef parse(MailboxName mailbox, String ref) {
        try {
            return MessageRef.parse(mailbox, ref);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
    }
}
