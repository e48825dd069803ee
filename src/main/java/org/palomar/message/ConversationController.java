package org.palomar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A whole exchange. Looking changes nothing: that its letters were seen is said with a POST. */
@Controller
@WithTree
@RequestMapping("/mailboxes/{mailbox}")
class ConversationController {

    private static final int MOST_SEEN = 1_000;

    private final ConversationReader conversations;
    private final MessageReader messages;
    private final MailboxDirectory directory;

    ConversationController(ConversationReader conversations, MessageReader messages, MailboxDirectory directory) {
        this.conversations = conversations;
        this.messages = messages;
        this.directory = directory;
    }

    /** @param letters how many are shown at most */
    @GetMapping("/conversations/{ref}")
    String show(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "" + ConversationReader.STEP) int letters,
            @RequestParam(defaultValue = "false") boolean everywhere,
            Htmx htmx,
            Reader reader,
            Model model) {
        MessageRef asked = MessageController.parse(mailbox, ref);
        model.addAttribute("conversation", conversations.read(person, session, asked, letters, everywhere, reader));
        model.addAttribute("targets", directory.tree(person, session, mailbox).targets());
        return htmx.view("message/conversation", "message/_conversation");
    }

    /** One letter of an exchange, to be unfolded. */
    @GetMapping("/messages/{ref}/letter")
    String letter(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            Reader reader,
            Model model) {
        MessageRef asked = MessageController.parse(mailbox, ref);
        model.addAttribute(
                "message", messages.read(person, session, new MessagePaths(asked, PartPath.ROOT), false, reader));
        model.addAttribute("last", false);
        return "message/_turn";
    }

    /** @param letters {@code segment/uidvalidity.uid}, in this mailbox or others */
    @PostMapping("/conversations/{ref}/seen")
    String seen(
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(name = "letter", required = false) @Nullable List<String> letters) {
        List<String> named = letters == null ? List.of() : letters;
        conversations.seen(
                session,
                named.stream()
                        .distinct()
                        .limit(MOST_SEEN)
                        .map(ConversationController::letter)
                        .toList());
        return "redirect:/mailboxes/" + mailbox.toSegment() + "/conversations/"
                + MessageController.parse(mailbox, ref).key();
    }

    private static MessageRef letter(String path) {
        int slash = path.indexOf('/');
        try {
            return MessageRef.parse(
                    MailboxName.fromSegment(path.substring(0, Math.max(slash, 0))), path.substring(slash + 1));
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
    }
}
