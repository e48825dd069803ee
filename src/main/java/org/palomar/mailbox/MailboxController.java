package org.palomar.mailbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The message list; {@code select=all} ticks every row, for people without JavaScript, {@code select=mailbox} means the whole
 * mailbox as it is now.
 */
@Controller
@WithTree
class MailboxController {

    private final MailboxReader reader;
    private final ThreadListReader threads;
    private final MailboxDirectory directory;

    MailboxController(MailboxReader reader, ThreadListReader threads, MailboxDirectory directory) {
        this.reader = reader;
        this.threads = threads;
        this.directory = directory;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/mailboxes/INBOX";
    }

    /**
     * Shows a page. Conversations come in the order of arrival only: whoever sorts looks for single messages.
     *
     * @param waiting asks for nothing but whether the conversations are ready
     */
    @GetMapping("/mailboxes/{mailbox}")
    @Nullable
    String show(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String dir,
            @RequestParam(defaultValue = "") String select,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "false") boolean waiting,
            Htmx htmx,
            Reader reading,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Sort order = Sort.of(sort, dir);
        boolean talks = ListView.of(view, request, response) == ListView.THREADS && order.isNewest();
        ThreadList state = talks ? threads.prepare(person, session, mailbox) : ThreadList.NONE;
        if (waiting && state.preparing()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null;
        }
        Optional<ThreadListReader.Page> conversations =
                state.shown() ? threads.read(person, session, mailbox, page, reading) : Optional.empty();
        model.addAttribute(
                "threads", conversations.map(ThreadListReader.Page::threads).orElseGet(state::notShown));
        model.addAttribute(
                "page",
                conversations
                        .map(ThreadListReader.Page::page)
                        .orElseGet(() -> reader.read(person, session, mailbox, page, order, reading)));
        WholeMailbox whole = select.equals("mailbox") ? reader.whole(session, mailbox) : null;
        model.addAttribute("whole", whole);
        model.addAttribute("allSelected", select.equals("all") || whole != null);
        model.addAttribute("targets", directory.tree(person, session, mailbox).targets());
        return htmx.view("mailbox/show", "mailbox/_list");
    }
}
