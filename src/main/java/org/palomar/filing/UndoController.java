package org.palomar.filing;

import jakarta.servlet.http.HttpServletRequest;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Htmx;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes back what was done last; what comes of it is said like what was done. */
@Controller
@WithTree
class UndoController {

    private final Filing filing;
    private final Jobs jobs;

    UndoController(Filing filing, Jobs jobs) {
        this.filing = filing;
        this.jobs = jobs;
    }

    @PostMapping("/undo/{id}")
    String undo(SignedIn person, MailSession session, @PathVariable String id, Htmx htmx, HttpServletRequest request) {
        Filing.Undone undone = filing.undo(person, session, id);
        jobs.undone(person, id);
        Flash.take(request.getSession());
        if (undone.flash() != null) {
            undone.flash().keep(request.getSession());
        }
        return htmx.partial() ? "filing/_undone" : "redirect:" + undone.back();
    }
}
