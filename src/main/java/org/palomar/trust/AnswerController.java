package org.palomar.trust;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a person answers to what a message asks of them: a receipt, or to be left in peace. */
@Controller
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class AnswerController {

    private final Receipts receipts;
    private final ListDeparture departure;
    private final MailSessions sessions;

    AnswerController(Receipts receipts, ListDeparture departure, MailSessions sessions) {
        this.receipts = receipts;
        this.departure = departure;
        this.sessions = sessions;
    }

    /**
     * @param answer {@code send}, else nothing is sent
     * @param from {@code conversation} where the form stood in one
     */
    @PostMapping("/receipt")
    String receipt(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam String answer,
            @RequestParam(defaultValue = "message") String from,
            Reader reader,
            HttpServletRequest request) {
        MessageRef message = SenderController.parse(mailbox, ref);
        if (answer.equals("send")) {
            receipts.send(person, session, sessions.credentials(request), message, reader)
                    .keep(request.getSession());
        } else {
            receipts.refuse(person, session, message);
        }
        return "redirect:" + path(message, from);
    }

    /** @param confirmed whether the person was asked: the server of a list is told only then */
    @PostMapping("/unsubscribe")
    String unsubscribe(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "false") boolean confirmed,
            @RequestParam(defaultValue = "message") String from,
            Model model,
            HttpServletRequest request) {
        MessageRef message = SenderController.parse(mailbox, ref);
        if (!confirmed) {
            model.addAllAttributes(Map.of(
                    "action",
                    "unsubscribe",
                    "url",
                    path(message, "message") + "/unsubscribe",
                    "fields",
                    Map.of("from", List.of(from)),
                    "name",
                    departure.host(session, message),
                    "count",
                    1,
                    "back",
                    path(message, from)));
            return "mailbox/confirm";
        }
        Flash said = departure.leave(session, message);
        said.keep(request.getSession());
        return "redirect:" + path(message, from);
    }

    private static String path(MessageRef message, String from) {
        return "/mailboxes/" + message.mailbox().toSegment()
                + (from.equals("conversation") ? "/conversations/" : "/messages/") + message.key();
    }
}
