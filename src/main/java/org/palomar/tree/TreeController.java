package org.palomar.tree;

import org.jspecify.annotations.Nullable;
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
    String tree(
            SignedIn person,
            MailSession session,
            @RequestParam(required = false) @Nullable MailboxName current,
            Model model) {
        model.addAttribute("tree", MailboxTree.of(directory.refresh(person, session), current));
        model.addAttribute("currentSegment", current == null ? "" : current.toSegment());
        return "mailbox/_tree";
    }
}
