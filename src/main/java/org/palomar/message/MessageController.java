package org.palomar.message;

import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SpecialUse;
import org.palomar.mime.TextEncoding;
import org.palomar.threads.Relatives;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.palomar.web.Origin;
import org.palomar.web.Reader;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One message. Looking changes nothing: that it was seen is said with a POST. */
@Controller
@WithTree
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class MessageController {

    private final MessageReader messages;
    private final Relatives relatives;
    private final MailboxDirectory directory;

    MessageController(MessageReader messages, Relatives relatives, MailboxDirectory directory) {
        this.messages = messages;
        this.relatives = relatives;
        this.directory = directory;
    }

    @GetMapping
    String show(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            @RequestParam(defaultValue = "false") boolean images,
            @RequestParam(defaultValue = "false") boolean dark,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String dir,
            @RequestParam(defaultValue = "") String charset,
            Htmx htmx,
            Origin origin,
            Reader reader,
            Model model) {
        if (!htmx.partial() && part.isRoot() && directory.use(person, session, mailbox) == SpecialUse.DRAFTS) {
            // A letter in work is written, not read.
            return "redirect:/compose?draft=" + mailbox.toSegment() + "/"
                    + parse(mailbox, ref).key();
        }
        model.addAttribute("origin", origin);
        model.addAttribute("dark", dark);
        MessagePaths paths = new MessagePaths(parse(mailbox, ref), part, Sort.of(sort, dir), TextEncoding.of(charset));
        fill(person, session, paths, images, reader, model);
        return htmx.view("message/show", "message/_message");
    }

    /** The letter without its tools, as it stands beside an answer. */
    @GetMapping("/beside")
    String beside(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            Reader reader,
            Model model) {
        fill(person, session, new MessagePaths(parse(mailbox, ref), part), false, reader, model);
        return "message/_beside";
    }

    @GetMapping("/print")
    String print(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            @RequestParam(defaultValue = "false") boolean images,
            @RequestParam(defaultValue = "") String charset,
            Reader reader,
            Model model) {
        MessagePaths paths = new MessagePaths(parse(mailbox, ref), part).in(TextEncoding.of(charset));
        fill(person, session, paths, images, reader, model);
        return "message/print";
    }

    @PostMapping("/seen")
    ResponseEntity<Void> seen(MailSession session, @PathVariable MailboxName mailbox, @PathVariable String ref) {
        messages.seen(session, parse(mailbox, ref));
        return ResponseEntity.noContent().build();
    }

    private void fill(
            SignedIn person, MailSession session, MessagePaths paths, boolean images, Reader reader, Model model) {
        MessageRef ref = paths.ref();
        model.addAttribute("message", messages.read(person, session, paths, images, reader));
        model.addAttribute("relatives", paths.nested().isRoot() ? relatives.count(person, session, ref) : 0);
        model.addAttribute(
                "targets", directory.tree(person, session, ref.mailbox()).targets());
    }

    static MessageRef parse(MailboxName mailbox, @Nullable String ref) {
        try {
            return MessageRef.parse(mailbox, ref == null ? "" : ref);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
    }
}
