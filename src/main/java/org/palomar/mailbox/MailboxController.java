package org.palomar.mailbox;

import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The message list; {@code select=all} ticks every row, for people without JavaScript, {@code select=mailbox} means the whole
 * mailbox as it is now.
 */
@Controller
@WithTree
class MailboxController {

    private final MailboxReader reader;
    private final MailboxDirectory directory;

    MailboxController(MailboxReader reader, MailboxDirectory directory) {
        this.reader = reader;
        this.directory = directory;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/mailboxes/INBOX";
    }

    @GetMapping("/mailboxes/{mailbox}")
    String show(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String dir,
            @RequestParam(defaultValue = "") String select,
            Htmx htmx,
            Reader reading,
            Model model) {
        model.addAttribute("page", reader.read(person, session, mailbox, page, Sort.of(sort, dir), reading));
        WholeMailbox whole = select.equals("mailbox") ? reader.whole(session, mailbox) : null;
        model.addAttribute("whole", whole);
        model.addAttribute("allSelected", select.equals("all") || whole != null);
        model.addAttribute("targets", directory.tree(person, session, mailbox).targets());
        return htmx.view("mailbox/show", "mailbox/_list");
    }
}
