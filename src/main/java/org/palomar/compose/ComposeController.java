package org.palomar.compose;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.compose.ComposePage.UploadRow;
import org.palomar.imap.MailSession;
import org.palomar.mime.TextEncoding;
import org.palomar.settings.WritingHabits;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The editor. Every button of its form posts everything typed, so that nothing is lost on the way. */
@Controller
@WithTree
class ComposeController {

    private static final List<String> MODES = List.of("reply", "replyAll", "forward", "forwardAttached");

    private final Answers answers;
    private final Uploads uploads;
    private final Sending sending;
    private final Keeping keeping;
    private final DraftActs acts;
    private final ComposeProperties properties;
    private final Terms terms;
    private final WritingHabits habits;
    private final Signing signing;
    private final BeforeSending beforeSending;

    ComposeController(
            Answers answers,
            Uploads uploads,
            Sending sending,
            Keeping keeping,
            DraftActs acts,
            ComposeProperties properties,
            Terms terms,
            WritingHabits habits,
            Signing signing,
            BeforeSending beforeSending) {
        this.habits = habits;
        this.signing = signing;
        this.beforeSending = beforeSending;
        this.answers = answers;
        this.uploads = uploads;
        this.sending = sending;
        this.keeping = keeping;
        this.acts = acts;
        this.properties = properties;
        this.terms = terms;
    }

    /** Before what a page writes begins to leave. */
    @ModelAttribute
    void policy(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.WRITING);
    }

    /**
     * A new message, or with {@code reply=}, {@code replyAll=}, {@code forward=}, {@code forwardAttached=} one about another; with
     * {@code draft=} a letter in work.
     */
    @GetMapping("/compose")
    String show(
            SignedIn person,
            MailSession session,
            @RequestParam Map<String, String> parameters,
            Reader reader,
            Model model) {
        String draft = parameters.get("draft");
        if (draft != null) {
            return draft(person, session, draft, reader, model);
        }
        for (String mode : MODES) {
            String original = parameters.get(mode);
            if (original != null) {
                OriginalRef ref = OriginalRef.parse(original).orElseThrow(() -> new NotFoundException("flash.gone"));
                TextEncoding charset = TextEncoding.of(parameters.getOrDefault("charset", ""));
                return answer(person, session, mode, ref, charset, reader, model);
            }
        }
        String mailto = parameters.get("mailto");
        ComposeForm form = mailto == null
                ? ComposeForm.begun("new", "")
                        .addressed(
                                parameters.get("to"),
                                parameters.get("cc"),
                                parameters.get("bcc"),
                                parameters.get("subject"))
                        .saying(parameters.get("body"), "")
                : about(Mailto.parse(mailto));
        return page(person, signing.begun(person, form), null, List.of(), List.of(), null, Map.of(), reader, model);
    }

    private static ComposeForm about(Mailto asked) {
        return ComposeForm.begun("new", "")
                .addressed(asked.to(), asked.cc(), asked.bcc(), asked.subject())
                .saying(asked.body(), "");
    }

    private String draft(SignedIn person, MailSession session, String draft, Reader reader, Model model) {
        return switch (keeping.open(person, session, draft)) {
            case Keeping.Opened.Underway _ -> "redirect:/outbox";
            case Keeping.Opened.Editor editor -> {
                KeptLetter letter = editor.letter();
                String who = letter.who().isEmpty() ? null : letter.who();
                model.addAttribute("edition", editor.edition());
                model.addAttribute("saved", editor.saved() == null ? null : reader.shortDate(editor.saved()));
                List<Upload> files = uploads.all(person, letter.files());
                yield page(person, letter.form(), who, files, List.of(), editor.fault(), Map.of(), reader, model);
            }
        };
    }

    private String answer(
            SignedIn person,
            MailSession session,
            String mode,
            OriginalRef ref,
            @Nullable TextEncoding charset,
            Reader reader,
            Model model) {
        Answers.Prepared prepared;
        try {
            prepared = answers.prepare(person, session, mode, ref, charset, reader);
        } catch (Uploads.TooLarge _) {
            throw new NotFoundException("compose.fault.forwardTooLarge");
        }
        ComposeForm form = prepared.form();
        return page(person, form, prepared.who(), prepared.files(), prepared.pictures(), null, Map.of(), reader, model);
    }

    @PostMapping("/compose")
    String act(
            SignedIn person,
            MailSession session,
            @ModelAttribute ComposeForm posted,
            @ModelAttribute DraftEdition edition,
            @RequestParam(name = "file", required = false) @Nullable List<String> ids,
            @RequestParam(required = false) @Nullable List<MultipartFile> attachments,
            @RequestParam(defaultValue = "send") String action,
            @RequestParam(required = false) @Nullable String remove,
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(defaultValue = "false") boolean sure,
            @RequestParam(defaultValue = "") String at,
            Reader reader,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        ComposeForm form = withId(posted);
        model.addAttribute("edition", edition);
        List<String> kept = new ArrayList<>(ids == null ? List.of() : ids);
        Fault notKept = null;
        for (MultipartFile file : attachments == null ? List.<MultipartFile>of() : attachments) {
            if (!file.isEmpty()) {
                try {
                    kept.add(uploads.keep(person, file).id());
                } catch (Uploads.TooLarge _) {
                    notKept = new Fault("compose.fault.files", terms.words(reader));
                } catch (Uploads.NotKept _) {
                    notKept = new Fault("compose.fault.room", "");
                }
            }
        }
        if (remove != null) {
            kept.remove(remove);
            uploads.remove(person, List.of(remove));
        }
        List<Upload> files = uploads.all(person, kept);
        if (notKept != null || files.size() < kept.stream().distinct().count()) {
            Fault fault = notKept != null ? notKept : new Fault("compose.fault.file", "");
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, form, who, files, List.of(), null, Map.of("attachments", fault), reader, model);
        }
        if (remove != null || action.equals("attach")) {
            return page(person, form, who, files, List.of(), null, Map.of(), reader, model);
        }
        KeptLetter letter = new KeptLetter(form, files.stream().map(Upload::id).toList(), who);
        if (DraftActs.isOne(action)) {
            return acts.act(person, session, action, letter, edition, back(form), reader, request);
        }
        List<BeforeSending.Question> questions = sure ? List.of() : beforeSending.ask(person, session, form, files);
        if (!questions.isEmpty()) {
            model.addAttribute("questions", questions);
            model.addAttribute("asked", action.equals("later") ? "later:" + at : action);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, form, who, files, List.of(), null, Map.of(), reader, model);
        }
        Instant later = null;
        if (action.startsWith("later")) {
            later = SendTimes.parse(action.startsWith("later:") ? action.substring(6) : at, reader)
                    .orElse(null);
            if (later == null) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                Fault when = new Fault("compose.fault.time", "");
                return page(person, form, who, files, List.of(), when, Map.of(), reader, model);
            }
        }
        return switch (sending.send(person, session, letter, edition, files, later, reader, request)) {
            case Sending.Outcome.NotSent not -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                boolean again = not.fault() != null && not.fault().key().equals("compose.fault.sent");
                model.addAttribute("edition", keeping.current(person, form.id(), edition));
                ComposeForm shown = again ? form.withId(UUID.randomUUID().toString()) : form;
                yield page(person, shown, who, files, List.of(), not.fault(), not.fields(), reader, model);
            }
            case Sending.Outcome.Clash _ -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                model.addAttribute("clash", "/compose?draft=" + form.id());
                yield page(person, form, who, files, List.of(), null, Map.of(), reader, model);
            }
            case Sending.Outcome.Sent sent -> {
                uploads.remove(person, kept);
                yield said(request, sent.flash(), form);
            }
            case Sending.Outcome.Underway _ -> said(request, Flash.ok("flash.outbox.underway"), form);
            case Sending.Outcome.Later going -> {
                Flash flash = going.undo().isZero()
                        ? Flash.ok("flash.outbox.scheduled", reader.date(going.at()))
                        : Flash.ok("flash.outbox.waiting", going.undo().toSeconds());
                yield said(request, flash.withUndo("/outbox/" + form.id() + "/undo"), form);
            }
        };
    }

    private static String said(HttpServletRequest request, Flash flash, ComposeForm form) {
        flash.keep(request.getSession());
        return "redirect:" + back(form);
    }

    private String page(
            SignedIn person,
            ComposeForm form,
            @Nullable String who,
            List<Upload> files,
            List<Upload> pictures,
            @Nullable Fault fault,
            Map<String, Fault> fieldFaults,
            Reader reader,
            Model model) {
        model.addAttribute("habits", habits.of(person.username()));
        model.addAttribute(
                "compose",
                new ComposePage(
                        "compose.title." + (MODES.contains(form.mode()) ? form.mode() : "new"),
                        who,
                        person.address(properties.domain()),
                        signing.senders(person, form),
                        form,
                        files.stream().map(file -> UploadRow.of(file, reader)).toList(),
                        pictures.stream()
                                .map(file -> UploadRow.of(file, reader))
                                .toList(),
                        terms.words(reader),
                        terms.octets(),
                        fault,
                        form.mode().startsWith("reply")
                                ? OriginalRef.parse(form.original())
                                        .map(OriginalRef::besideUrl)
                                        .orElse(null)
                                : null,
                        back(form)));
        model.addAttribute("fieldErrors", fieldFaults);
        model.addAttribute("later", SendTimes.of(reader));
        model.addAttribute("unreported", terms.lackReports());
        model.addAttribute("canned", acts.templates(person));
        model.asMap().putIfAbsent("edition", DraftEdition.showing(0, ""));
        return "compose/show";
    }

    private static ComposeForm withId(ComposeForm form) {
        return form.id().matches("[0-9a-f-]{36}")
                ? form
                : form.withId(UUID.randomUUID().toString());
    }

    private static String back(ComposeForm form) {
        return OriginalRef.parse(form.original()).map(OriginalRef::url).orElse("/mailboxes/INBOX");
    }
}
