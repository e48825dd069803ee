package org.palomar.mailbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where mailboxes are created, renamed, moved, deleted and emptied. */
@Controller
@WithTree
class ManageController {

    private static final Logger log = LoggerFactory.getLogger(ManageController.class);

    private final MailboxAdministration administration;
    private final MailboxDirectory directory;

    ManageController(MailboxAdministration administration, MailboxDirectory directory) {
        this.administration = administration;
        this.directory = directory;
    }

    @GetMapping("/mailboxes")
    String show(SignedIn person, MailSession session, Model model) {
        return page(person, session, MailboxForm.EMPTY, null, model);
    }

    @PostMapping("/mailboxes")
    String create(
            SignedIn person,
            MailSession session,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String parent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        MailboxForm form = new MailboxForm("", name, parent);
        return change(person, session, form, model, response, () -> {
            administration.create(person, session, name, parent);
            Flash.ok("flash.mailbox.created", name.strip()).keep(request.getSession());
        });
    }

    @PostMapping("/mailboxes/{mailbox}/rename")
    String rename(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String parent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        MailboxForm form = new MailboxForm(mailbox.toSegment(), name, parent);
        return change(person, session, form, model, response, () -> {
            administration.rename(person, session, mailbox, name, parent);
            Flash.ok("flash.mailbox.renamed", name.strip()).keep(request.getSession());
        });
    }

    @GetMapping("/mailboxes/{mailbox}/delete")
    String confirmDelete(SignedIn person, MailSession session, @PathVariable MailboxName mailbox, Model model) {
        long count = administration.messages(person, session, mailbox);
        model.addAllAttributes(Confirmation.mailbox("delete", "delete", mailbox, mailbox.value(), count, "/mailboxes"));
        return "mailbox/confirm";
    }

    @PostMapping("/mailboxes/{mailbox}/delete")
    String delete(SignedIn person, MailSession session, @PathVariable MailboxName mailbox, HttpServletRequest request) {
        administration.delete(person, session, mailbox);
        Flash.ok("flash.mailbox.deleted", mailbox.value()).keep(request.getSession());
        return "redirect:/mailboxes";
    }

    @GetMapping("/mailboxes/{mailbox}/empty")
    String confirmEmpty(
            SignedIn person, MailSession session, @PathVariable MailboxName mailbox, Reader reader, Model model) {
        String question = administration.emptiesForGood(person, session, mailbox) ? "empty" : "trash";
        model.addAllAttributes(Confirmation.mailbox(
                question,
                "empty",
                mailbox,
                directory.shownName(person, session, mailbox, reader.locale()),
                session.status(mailbox).messages(),
                MailboxReader.url(mailbox.toSegment(), 1, Sort.NEWEST)));
        return "mailbox/confirm";
    }

    @PostMapping("/mailboxes/{mailbox}/empty")
    String empty(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            Reader reader,
            HttpServletRequest request) {
        Flash done = administration.empty(person, session, mailbox, reader.locale());
        if (done != null) {
            done.keep(request.getSession());
        }
        return "redirect:/mailboxes/" + mailbox.toSegment();
    }

    private String change(
            SignedIn person,
            MailSession session,
            MailboxForm form,
            Model model,
            HttpServletResponse response,
            Runnable change) {
        String fault;
        try {
            change.run();
            return "redirect:/mailboxes";
        } catch (MailboxAdministration.BadName bad) {
            fault = bad.key();
        } catch (ImapException.AlreadyExists _) {
            fault = "mailbox.fault.exists";
        } catch (ImapException.Refused refused) {
            log.info("mail server: {}", refused.getMessage());
            fault = "mailbox.fault.refused";
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(person, session, form, fault, model);
    }

    private String page(SignedIn person, MailSession session, MailboxForm form, @Nullable String fault, Model model) {
        model.addAttribute("tree", administration.tree(person, session));
        model.addAttribute("typed", form.name());
        model.addAttribute("parent", form.parent());
        model.addAttribute("opened", form.segment());
        model.addAttribute("fault", fault);
        return "mailbox/manage";
    }

    /**
     * What was typed.
     *
     * @param segment the mailbox being renamed, or empty for a new one
     * @param name last part of the name
     * @param parent segment of the mailbox above, empty for the top, {@code *} for where it is
     */
    private record MailboxForm(String segment, String name, String parent) {
        private static final MailboxForm EMPTY = new MailboxForm("", "", "");
    }
}
