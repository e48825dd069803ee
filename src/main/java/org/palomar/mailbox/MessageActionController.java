package org.palomar.mailbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.filing.Filing;
import org.palomar.filing.MessageAction;
import org.palomar.filing.Selected;
import org.palomar.filing.Wish;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
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

    private final Filing filing;

    MessageActionController(Filing filing) {
        this.filing = filing;
    }

    /**
     * Acts on messages.
     *
     * @param refs the ticked rows: messages, or of all messages of a conversation at once, as {@link MessageRef#keys}
     * @param choice whether the whole mailbox is meant
     * @param from {@code message} or {@code conversation} when the form stood beside an open one, else the list
     */
    @PostMapping("/mailboxes/{mailbox}/actions")
    String act(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @RequestParam String action,
            @RequestParam(name = "ref", required = false) @Nullable List<String> refs,
            WholeMailbox.Choice choice,
            @RequestParam(required = false) @Nullable MailboxName target,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(name = "sort", defaultValue = "") String by,
            @RequestParam(defaultValue = "") String dir,
            @RequestParam(defaultValue = "list") String from,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Origin origin,
            Reader reader,
            Model model,
            HttpServletRequest request) {
        MessageAction wanted = MessageAction.of(action);
        Sort sort = Sort.of(by, dir);
        String results = origin.path();
        String back = results != null ? results : MailboxReader.url(mailbox.toSegment(), page, sort);
        if (refs == null || refs.isEmpty()) {
            Flash.warn("flash.nothing").keep(request.getSession());
            return redirect(back);
        }
        WholeMailbox whole = whole(choice, refs.size());
        List<MessageRef> messages =
                refs.stream().flatMap(ref -> parse(mailbox, ref)).distinct().toList();
        if (wanted == MessageAction.EXPUNGE && !confirmed) {
            List<String> keys = messages.stream().map(MessageRef::key).toList();
            model.addAllAttributes(Confirmation.expunge(mailbox, keys, whole, page, sort));
            return "mailbox/confirm";
        }
        Selected selected = whole == null ? Selected.of(messages) : Selected.whole(whole.uidValidity(), whole.newest());
        Wish wish = new Wish(wanted, Map.of(mailbox, selected), target, back, reader.locale());
        Flash done = filing.perform(person, session, wish);
        if (done == null) {
            return redirect(back);
        }
        done.keep(request.getSession());
        // A message that was moved is not here any more; one marked as unread would be read again at once if it stayed
        // open.
        boolean leaves = wanted.removes() || wanted == MessageAction.UNREAD;
        if (!from.equals("list") && !(leaves && done.kind().equals("ok"))) {
            String noun = from.equals("conversation") ? "/conversations/" : "/messages/";
            return redirect(origin.onto(sort.onto("/mailboxes/" + mailbox.toSegment() + noun
                    + messages.getFirst().key())));
        }
        return redirect(back);
    }

    private static @Nullable WholeMailbox whole(WholeMailbox.Choice choice, int ticked) {
        try {
            return choice.whole(ticked);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("error.404.text");
        }
    }

    private static Stream<MessageRef> parse(MailboxName mailbox, String refs) {
        try {
            return MessageRef.parseAll(mailbox, refs).stream();
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("error.404.text");
        }
    }

    private static String redirect(String path) {
        return "redirect:" + path;
    }
}
