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
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
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

    ComposeController(
            Answers answers,
            Uploads uploads,
            Sending sending,
            Keeping keeping,
            DraftActs acts,
            ComposeProperties properties) {
        this.answers = answers;
        this.uploads = uploads;
        this.sending = sending;
        this.keeping = keeping;
        this.acts = acts;
        this.properties = properties;
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
        ComposeForm form = new ComposeForm(
                parameters.get("to"),
                parameters.get("cc"),
                parameters.get("bcc"),
                parameters.get("subject"),
                parameters.get("body"),
                "new",
                "",
                UUID.randomUUID().toString());
        return page(person, form, null, List.of(), null, Map.of(), reader, model);
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
                yield page(person, letter.form(), who, files, editor.fault(), Map.of(), reader, model);
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
        ComposeForm form = withId(prepared.form());
        return page(person, form, prepared.who(), prepared.files(), null, Map.of(), reader, model);
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
            @RequestParam(defaultValue = "") String at,
            Reader reader,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        ComposeForm form = withId(posted);
        model.addAttribute("edition", edition);
        List<String> kept = new ArrayList<>(ids == null ? List.of() : ids);
        Fault tooLarge = null;
        for (MultipartFile file : attachments == null ? List.<MultipartFile>of() : attachments) {
            if (!file.isEmpty()) {
                try {
                    kept.add(upload(person, file).id());
                } catch (Uploads.TooLarge _) {
                    tooLarge = new Fault("compose.fault.files", limit(reader));
                }
            }
        }
        if (remove != null) {
            kept.remove(remove);
            uploads.remove(person, List.of(remove));
        }
        List<Upload> files = uploads.all(person, kept);
        if (tooLarge != null || files.size() < kept.stream().distinct().count()) {
            Fault fault = tooLarge != null ? tooLarge : new Fault("compose.fault.file", "");
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, form, who, files, null, Map.of("attachments", fault), reader, model);
        }
        if (remove != null || action.equals("attach")) {
            return page(person, form, who, files, null, Map.of(), reader, model);
        }
        KeptLetter letter = new KeptLetter(form, files.stream().map(Upload::id).toList(), who);
        if (DraftActs.NAMES.contains(action)) {
            return acts.act(person, session, action, letter, edition, back(form), reader, request);
        }
        Instant later = null;
        if (action.startsWith("later")) {
            later = SendTimes.parse(action.startsWith("later:") ? action.substring(6) : at, reader)
                    .orElse(null);
            if (later == null) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                return page(person, form, who, files, new Fault("compose.fault.time", ""), Map.of(), reader, model);
            }
        }
        return switch (sending.send(person, session, letter, edition, files, later, reader, request)) {
            case Sending.Outcome.NotSent not -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                boolean again = not.fault() != null && not.fault().key().equals("compose.fault.sent");
                model.addAttribute("edition", keeping.current(person, form.id(), edition));
                ComposeForm shown = again ? form.withId(UUID.randomUUID().toString()) : form;
                yield page(person, shown, who, files, not.fault(), not.fields(), reader, model);
            }
            case Sending.Outcome.Clash _ -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                model.addAttribute("clash", "/compose?draft=" + form.id());
                yield page(person, form, who, files, null, Map.of(), reader, model);
            }
            case Sending.Outcome.Sent sent -> {
                uploads.remove(person, kept);
                yield said(request, sent.filed() ? Flash.ok("flash.sent") : Flash.warn("flash.sent.nocopy"), form);
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

    /** One file by script: answers with its row, or 422 with a sentence. Like every page it wants the key, not only the session. */
    @PostMapping("/compose/files")
    String upload(
            SignedIn person,
            MailSession session,
            @RequestParam MultipartFile attachments,
            Reader reader,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute("upload", row(upload(person, attachments), reader));
            return "compose/_file";
        } catch (Uploads.TooLarge _) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("fault", new Fault("compose.fault.files", limit(reader)));
            return "compose/_fault";
        }
    }

    private Upload upload(SignedIn person, MultipartFile file) {
        String name = file.getOriginalFilename();
        String type = file.getContentType();
        return uploads.keep(
                person,
                name == null ? "" : name,
                type == null ? "application/octet-stream" : type,
                file.getSize(),
                path -> file.transferTo(path.toFile()));
    }

    private String page(
            SignedIn person,
            ComposeForm form,
            @Nullable String who,
            List<Upload> files,
            @Nullable Fault fault,
            Map<String, Fault> fieldFaults,
            Reader reader,
            Model model) {
        model.addAttribute(
                "compose",
                new ComposePage(
                        "compose.title." + (MODES.contains(form.mode()) ? form.mode() : "new"),
                        who,
                        person.address(properties.domain()),
                        form,
                        files.stream().map(file -> row(file, reader)).toList(),
                        limit(reader),
                        fault,
                        form.mode().startsWith("reply")
                                ? OriginalRef.parse(form.original())
                                        .map(OriginalRef::besideUrl)
                                        .orElse(null)
                                : null,
                        back(form)));
        model.addAttribute("fieldErrors", fieldFaults);
        model.addAttribute("later", SendTimes.of(reader));
        if (!model.containsAttribute("edition")) {
            model.addAttribute("edition", DraftEdition.showing(0, ""));
        }
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

    private String limit(Reader reader) {
        return reader.number(properties.maxSize().toMegabytes()) + " MB";
    }

    private static UploadRow row(Upload file, Reader reader) {
        String icon = file.mediaType().startsWith("image/") ? "image" : "file";
        return new UploadRow(file.id(), file.name(), reader.size(file.size()), icon);
    }
}
