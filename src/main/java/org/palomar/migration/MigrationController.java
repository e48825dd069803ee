package org.palomar.migration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.migration.discovery.Discovery;
import org.palomar.migration.discovery.Found;
import org.palomar.store.Sealing;
import org.palomar.store.StoreException;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** The steps to a migration: an address, its server, what is there, and what is to become of it. Nothing happens before the last. */
@Controller
@WithTree
class MigrationController {

    private static final Logger log = LoggerFactory.getLogger(MigrationController.class);

    /** HTTP session attribute with the sealed server of the step before. */
    private static final String SERVER = "palomar.migration";

    private final MigrationRows rows;
    private final MigrationWorker worker;
    private final Sources sources;
    private final Discovery discovery;
    private final MailboxDirectory directory;
    private final MailSessions sessions;
    private final Sealing sealing;
    private final JsonMapper json;

    MigrationController(
            MigrationRows rows,
            MigrationWorker worker,
            Sources sources,
            Discovery discovery,
            MailboxDirectory directory,
            MailSessions sessions,
            Sealing sealing,
            JsonMapper json) {
        this.rows = rows;
        this.worker = worker;
        this.sources = sources;
        this.discovery = discovery;
        this.directory = directory;
        this.sessions = sessions;
        this.sealing = sealing;
        this.json = json;
    }

    /** What is kept between two steps. */
    private record Seen(ServerForm form, String password) {}

    @GetMapping("/migration")
    String show(SignedIn person, MailSession session, Reader reader, Model model) {
        boolean usable = rows.isUsable();
        model.addAttribute("usable", usable);
        model.addAttribute(
                "rows",
                usable
                        ? rows.of(person.username()).stream()
                                .map(row -> MigrationPage.of(row, reader))
                                .toList()
                        : List.of());
        return "migration/show";
    }

    /** Looks where the mail of an address may be; sends the address nowhere. */
    @PostMapping("/migration/find")
    String find(SignedIn person, MailSession session, ServerForm form, Model model) {
        if (form.address().lastIndexOf('@') < 1) {
            return server(model, form, null, "address");
        }
        Found found =
                discovery.of(form.of(), form.address()).stream().findFirst().orElse(null);
        return server(model, found == null ? form.guessed() : form.with(found), found, found == null ? "guessed" : "");
    }

    private static String server(Model model, ServerForm form, @Nullable Found found, String fault) {
        model.addAttribute("form", form);
        model.addAttribute("found", found);
        model.addAttribute("fault", fault);
        return "migration/server";
    }

    /** Signs in there and looks; changes nothing, here or there. */
    @PostMapping("/migration/look")
    String look(
            SignedIn person,
            MailSession session,
            ServerForm form,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            Reader reader,
            Model model) {
        Server server;
        try {
            server = form.server(password);
        } catch (IllegalArgumentException _) {
            return server(model, form, null, "form");
        }
        Survey survey;
        try (Source source = sources.open(form.of(), server, session)) {
            survey = source.survey();
        } catch (SourceException failure) {
            log.info("an old server was not looked at: {}: {}", failure.reason(), failure.getMessage());
            return server(model, form, null, failure.reason().word());
        }
        try {
            String text = json.writeValueAsString(new Seen(form, password));
            request.getSession().setAttribute(SERVER, sealing.seal(place(person), text));
        } catch (StoreException _) {
            return "redirect:/migration";
        }
        model.addAttribute("form", form);
        model.addAttribute("survey", SurveyPage.of(survey, reader));
        model.addAttribute("targets", directory.tree(person, session, null).targets());
        return "migration/choose";
    }

    /**
     * Begins.
     *
     * @param how {@code copy}, {@code move} or {@code collect}
     * @param target segment of a mailbox, or empty for a new one called {@code name}
     * @param days that messages stay there when they are collected, or -1
     * @param every minutes between two times
     * @param mailboxes those chosen of an IMAP server, of {@code all} that it has
     */
    @PostMapping("/migration")
    String begin(
            SignedIn person,
            MailSession session,
            @RequestParam(defaultValue = "copy") String how,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "-1") int days,
            @RequestParam(defaultValue = "60") int every,
            @RequestParam(defaultValue = "false") boolean read,
            @RequestParam(name = "mailbox", required = false) @Nullable List<String> mailboxes,
            @RequestParam(defaultValue = "0") int all,
            HttpServletRequest request) {
        Seen seen = seen(person, request.getSession()).orElse(null);
        if (seen == null) {
            Flash.warn("flash.migration.again").keep(request.getSession());
            return "redirect:/migration";
        }
        try {
            MailboxName mailbox = target.isEmpty() && !name.isBlank()
                    ? session.topLevel(new MailboxName(name.strip()))
                    : target.isEmpty() ? MailboxName.INBOX : MailboxName.fromSegment(target);
            boolean collects = how.equals("collect");
            boolean imap = seen.form().of() == Kind.IMAP;
            int leave = imap ? Plan.FOREVER : how.equals("move") ? 0 : collects ? days : Plan.FOREVER;
            List<String> chosen = mailboxes == null ? List.of() : mailboxes;
            if (imap && all > 0 && chosen.isEmpty()) {
                Flash.warn("flash.migration.none").keep(request.getSession());
                return "redirect:/migration";
            }
            Server server = seen.form().server(seen.password());
            Plan plan = new Plan(
                    server,
                    mailbox.value(),
                    Math.clamp(leave, Plan.FOREVER, 3_650),
                    read && !imap,
                    collects ? Math.clamp(every, 5, 10_080) : 0,
                    chosen.size() == all
                            ? List.of()
                            : chosen.stream()
                                    .map(from -> new Plan.Pair(from, ""))
                                    .toList(),
                    null,
                    server.username());
            Migration begun = rows.begin(person.username(), seen.form().of(), plan, sessions.credentials(request));
            request.getSession().removeAttribute(SERVER);
            worker.wake();
            return "redirect:/migration/" + begun.id();
        } catch (IllegalArgumentException _) {
            Flash.warn("flash.migration.name").keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/migration";
    }

    private Optional<Seen> seen(SignedIn person, HttpSession session) {
        return session.getAttribute(SERVER) instanceof String text
                ? sealing.openText(place(person), text).map(open -> json.readValue(open, Seen.class))
                : Optional.empty();
    }

    private static String place(SignedIn person) {
        return "migration/step/" + person.username();
    }
}
