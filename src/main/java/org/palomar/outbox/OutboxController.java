package org.palomar.outbox;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.store.StoreException;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Htmx;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Messages on their way, and what their writer decides about them. */
@Controller
@WithTree
class OutboxController {

    /** For a message that goes at once to be gone when the page is shown. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Outbox outbox;
    private final OutboxRows rows;
    private final OutboxWorker worker;
    private final MailSessions sessions;

    OutboxController(Outbox outbox, OutboxRows rows, OutboxWorker worker, MailSessions sessions) {
        this.outbox = outbox;
        this.rows = rows;
        this.worker = worker;
        this.sessions = sessions;
    }

    @GetMapping("/outbox")
    String show(SignedIn person, MailSession session, Htmx htmx, Reader reader, Model model) {
        boolean usable = true;
        List<OutboxPage.Row> shown = List.of();
        try {
            shown = rows.of(person.username()).stream()
                    .map(row -> row(row, reader))
                    .toList();
        } catch (StoreException _) {
            usable = false;
        }
        model.addAttribute("usable", usable);
        model.addAttribute(
                "page",
                new OutboxPage(shown, shown.stream().anyMatch(row -> row.state().equals("unknown"))));
        return htmx.view("outbox/show", "outbox/_rows");
    }

    private static OutboxPage.Row row(OutboxRow row, Reader reader) {
        Parcel parcel = row.parcel();
        boolean next = switch (row.state()) {
            case WAITING, SCHEDULED, RETRYING -> true;
            default -> false;
        };
        return new OutboxPage.Row(
                row.id(),
                row.state().word(),
                parcel == null ? "" : parcel.to(),
                parcel == null ? "" : parcel.subject(),
                reader.date(next ? row.due() : row.made()),
                row.reason(),
                parcel == null ? "" : parcel.detail());
    }

    /** Takes a message back into the editor, with everything in it. */
    @PostMapping("/outbox/{id}/undo")
    String undo(
            SignedIn person,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String then,
            HttpServletRequest request) {
        try {
            Flash.take(request.getSession());
            if (outbox.takeBack(person.username(), id)) {
                if (then.equals("drafts")) {
                    Flash.ok("flash.outbox.draft").keep(request.getSession());
                    return "redirect:/outbox";
                }
                return "redirect:/compose?draft=" + id;
            }
            Flash.warn("flash.outbox.late").keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/outbox";
    }

    /** Sends now what waits; tries again, with the password of today, what did not go or is not filed. */
    @PostMapping("/outbox/{id}/now")
    String now(SignedIn person, MailSession session, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> {
            rows.credentials(row, sessions.credentials(request));
            return rows.decide(row, row.state() == OutboxState.SENT ? OutboxState.SENT : OutboxState.WAITING);
        });
    }

    /** Its writer knows that it arrived: only its copy is missing. */
    @PostMapping("/outbox/{id}/arrived")
    String arrived(SignedIn person, MailSession session, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> {
            rows.credentials(row, sessions.credentials(request));
            return row.state() == OutboxState.UNKNOWN && rows.decide(row, OutboxState.SENT);
        });
    }

    /** Forgets a failure, whose text is a draft again, or the copy of a message that was sent. */
    @PostMapping("/outbox/{id}/forget")
    String forget(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        return decide(person, id, request, row -> {
            boolean over = row.state() == OutboxState.FAILED || row.state() == OutboxState.SENT;
            if (over) {
                rows.become(row, OutboxState.DONE, row.made(), 0, "");
            }
            return over;
        });
    }

    private interface Decision {
        boolean of(OutboxRow row);
    }

    private String decide(SignedIn person, String id, HttpServletRequest request, Decision decision) {
        try {
            Optional<OutboxRow> row = rows.find(person.username(), id)
                    .filter(each -> each.state() != OutboxState.DONE && each.state() != OutboxState.SENDING);
            if (row.isEmpty() || !decision.of(row.get())) {
                Flash.warn("flash.outbox.late").keep(request.getSession());
            } else {
                worker.wake();
                boolean sent = outbox.await(person.username(), id, PATIENCE)
                        .filter(standing -> standing.state() == OutboxState.DONE
                                && row.get().state() != OutboxState.FAILED)
                        .isPresent();
                if (sent) {
                    Flash.ok("flash.sent").keep(request.getSession());
                }
            }
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/outbox";
    }
}
