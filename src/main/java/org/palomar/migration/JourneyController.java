package org.palomar.migration;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.migration.Entry.State;
import org.palomar.store.StoreException;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** One migration under way or over: how far it is, its report, and what the person decides about it. */
@Controller
@WithTree
class JourneyController {

    private static final int MOST = 200;

    private final MigrationRows rows;
    private final Ledger ledger;
    private final MigrationWorker worker;
    private final MailSessions sessions;

    JourneyController(MigrationRows rows, Ledger ledger, MigrationWorker worker, MailSessions sessions) {
        this.rows = rows;
        this.ledger = ledger;
        this.worker = worker;
        this.sessions = sessions;
    }

    @GetMapping("/migration/{id}")
    String show(SignedIn person, MailSession session, @PathVariable String id, Htmx htmx, Reader reader, Model model) {
        Migration row = find(person, id);
        model.addAttribute("row", MigrationPage.of(row, reader));
        model.addAttribute(
                "skipped",
                row.progress().skipped() > 0
                        ? MigrationPage.skipped(ledger.in(row.account(), State.SKIPPED, MOST), reader)
                        : List.of());
        return htmx.view("migration/journey", "migration/_journey");
    }

    private Migration find(SignedIn person, String id) {
        return rows.find(person.username(), id).orElseThrow(() -> new NotFoundException("error.migration"));
    }

    @PostMapping("/migration/{id}/pause")
    String pause(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> rows.stop(row.person(), id, MigrationState.PAUSED));
    }

    @PostMapping("/migration/{id}/cancel")
    String cancel(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> rows.stop(row.person(), id, MigrationState.CANCELLED));
    }

    /** Goes on, or looks now, with the password of today. */
    @PostMapping("/migration/{id}/resume")
    String resume(SignedIn person, MailSession session, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> rows.resume(row, sessions.credentials(request)));
    }

    /** Takes it off the list; what was brought stays. */
    @PostMapping("/migration/{id}/forget")
    String forget(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        find(person, id);
        if (rows.forget(person.username(), id)) {
            return "redirect:/migration";
        }
        Flash.warn("flash.migration.late").keep(request.getSession());
        return "redirect:/migration/" + id;
    }

    private String decide(SignedIn person, String id, HttpServletRequest request, Predicate<Migration> decision) {
        try {
            if (!decision.test(find(person, id))) {
                Flash.warn("flash.migration.late").keep(request.getSession());
            }
            worker.wake();
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/migration/" + id;
    }
}
