package org.palomar.tree;

import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tree with fresh counters: one command, asked for by the page once it is shown. */
@Controller
class TreeController {

    private final MailboxDirectory directory;

    TreeController(MailboxDirectory directory) {
        this.directory = directory;
    }

    @GetMapping("/tree")
    String tree(SignedIn person, MailSession session, @RequestParam(defaultValue = "") String current, Model model) {
        MailboxName name = current.isEmpty() ? null : MailboxName.fromSegment(current);
        model.addAttribute("tree", MailboxTree.of(directory.refresh(person, session), name));
        model.addAttribute("currentSegment", current);
        return "mailbox/_tree";
    }
}
