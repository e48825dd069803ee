package org.palomar.mailbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Origin;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One form for everything one can do with selected messages. Afterwards the page goes where the form said. */
@Controller
@WithTree
class MessageActionController {

    private final MessageActions actions;

    MessageActionController(MessageActions actions) {
        this.actions = actions;
    }

    /**
     * Acts on messages.
     *
     * @param from {@code message} when the form stood beside an open message, else the list
     */
    @PostMapping("/mailboxes/{mailbox}/actions")
    String act(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @RequestParam String action,
            @RequestParam(name = "ref", required = false) @Nullable List<String> refs,
            @RequestParam(required = false) @Nullable MailboxName target,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "list") String from,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Origin origin,
            Reader reader,
            Model model,
            HttpServletRequest request) {
        MessageAction wanted = MessageAction.of(action);
        String segment = mailbox.toSegment();
        if (refs == null || refs.isEmpty()) {
            Flash.warn("flash.nothing").keep(request.getSession());
            return redirect(MailboxReader.url(segment, page));
        }
        if (wanted == MessageAction.EXPUNGE && !confirmed) {
            model.addAllAttributes(Confirmation.expunge(mailbox, refs, page));
            return "mailbox/confirm";
        }
        List<MessageRef> messages =
                refs.stream().distinct().map(ref -> parse(mailbox, ref)).toList();
        Flash done = actions.perform(person, session, mailbox, wanted, messages, target, reader.locale());
        done.keep(request.getSession());
        // A message that was moved is not here any more; one marked as unread would be read again at once if it stayed
        // open.
        boolean leaves = wanted.removes() || wanted == MessageAction.UNREAD;
        if (from.equals("message") && !(leaves && done.kind().equals("ok"))) {
            return redirect(
                    "/mailboxes/" + segment + "/messages/" + messages.getFirst().key() + origin.suffix());
        }
        String results = origin.path();
        return redirect(results != null ? results : MailboxReader.url(segment, page));
    }

    private static MessageRef parse(MailboxName mailbox, String ref) {
        try {
            return MessageRef.parse(mailbox, ref);
        } catch (IllegalArgumentException _) {
            throw new org.palomar.web.NotFoundException("error.404.text");
        }
    }

    private static String redirect(String path) {
        return "redirect:" + path;
    }
}
