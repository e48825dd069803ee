package org.palomar.compose;

import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** Tells the page on which one writes about the recipients so far. By POST, so that no log holds them. */
@Controller
class RecipientController {

    private final BeforeSending beforeSending;

    RecipientController(BeforeSending beforeSending) {
        this.beforeSending = beforeSending;
    }

    @PostMapping("/compose/recipients")
    String hints(SignedIn person, MailSession session, @ModelAttribute ComposeForm form, Model model) {
        model.addAttribute("hints", beforeSending.hints(person, session, form));
        return "compose/_recipients";
    }
}
