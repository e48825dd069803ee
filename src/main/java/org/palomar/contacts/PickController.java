package org.palomar.contacts;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Adds people from the page of a message, and goes back there. */
@Controller
@WithTree
class PickController {

    private final CardPicker picker;
    private final ContactUndos undos;

    PickController(CardPicker picker, ContactUndos undos) {
        this.picker = picker;
        this.undos = undos;
    }

    @PostMapping("/mailboxes/{mailbox}/messages/{ref}/parts/{part}/contacts")
    String card(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @PathVariable PartPath part,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request) {
        MessageRef message = parse(mailbox, ref);
        List<String> added;
        try {
            added = picker.fromPart(person.username(), session, message, part, name);
        } catch (ContactBook.FullException _) {
            Flash.danger("contacts.fault.full").keep(request.getSession());
            return back(message);
        }
        Flash said = added.isEmpty() ? Flash.ok("flash.contacts.known") : Flash.ok("flash.contacts.added");
        undos.offer(person, new ContactBook.Before(List.of(), added), said).keep(request.getSession());
        return back(message);
    }

    @PostMapping("/mailboxes/{mailbox}/messages/{ref}/contacts")
    String sender(
            SignedIn person,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") String name,
            @RequestParam String address,
            HttpServletRequest request) {
        MessageRef message = parse(mailbox, ref);
        try {
            boolean added = picker.fromHeader(person.username(), new Address(name, address.strip()));
            Flash.ok(added ? "flash.contacts.added" : "flash.contacts.known").keep(request.getSession());
        } catch (ContactBook.FullException _) {
            Flash.danger("contacts.fault.full").keep(request.getSession());
        }
        return back(message);
    }

    private static String back(MessageRef message) {
        return "redirect:/mailboxes/" + message.mailbox().toSegment() + "/messages/" + message.key();
    }

    private static MessageRef parse(MailboxName mailbox, String ref) {
        try {
            return MessageRef.parse(mailbox, ref);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
    }
}
