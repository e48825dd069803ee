package org.palomar.compose;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final ComposeProperties properties;
    private final WritingHabits habits;

    ComposeController(
            Answers answers, Uploads uploads, Sending sending, ComposeProperties properties, WritingHabits habits) {
        this.habits = habits;
        this.answers = answers;
        this.uploads = uploads;
        this.sending = sending;
        this.properties = properties;
    }

    /** Before what a page writes begins to leave. */
    @ModelAttribute
    void policy(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.WRITING);
    }

    /** A new message, or with {@code reply=}, {@code replyAll=}, {@code forward=}, {@code forwardAttached=} one about another. */
    @GetMapping("/compose")
    String show(
            SignedIn person,
            MailSession session,
            @RequestParam Map<String, String> parameters,
            Reader reader,
            Model model) {
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
        return page(person, form, null, List.of(), List.of(), null, Map.of(), reader, model);
    }

    private static ComposeForm about(Mailto asked) {
        return ComposeForm.begun("new", "")
                .addressed(asked.to(), asked.cc(), asked.bcc(), asked.subject())
                .saying(asked.body(), "");
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
            @ModelAttribute ComposeForm form,
            @RequestParam(name = "file", required = false) @Nullable List<String> ids,
            @RequestParam(required = false) @Nullable List<MultipartFile> attachments,
            @RequestParam(defaultValue = "send") String action,
            @RequestParam(required = false) @Nullable String remove,
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(defaultValue = "false") boolean sure,
            Reader reader,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
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
            return page(person, form, who, files, List.of(), null, Map.of("attachments", fault), reader, model);
        }
        if (remove != null || action.equals("attach")) {
            return page(person, form, who, files, List.of(), null, Map.of(), reader, model);
        }
        List<Fault> questions = sure ? List.of() : BeforeSending.questions(form, files);
        if (!questions.isEmpty()) {
            model.addAttribute("questions", questions);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, form.identified(), who, files, List.of(), null, Map.of(), reader, model);
        }
        return switch (sending.send(person, session, form, files, reader, request)) {
            case Sending.Outcome.NotSent not -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield page(person, form.identified(), who, files, List.of(), not.fault(), not.fields(), reader, model);
            }
            case Sending.Outcome.Sent sent -> {
                uploads.remove(person, kept);
                (sent.delivered().filed() ? Flash.ok("flash.sent") : Flash.warn("flash.sent.nocopy"))
                        .keep(request.getSession());
                yield "redirect:" + back(form);
            }
        };
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
                        form,
                        files.stream().map(file -> row(file, reader)).toList(),
                        pictures.stream().map(file -> row(file, reader)).toList(),
                        limit(reader),
                        fault,
                        form.mode().startsWith("reply")
                                ? OriginalRef.parse(form.original())
                                        .map(OriginalRef::besideUrl)
                                        .orElse(null)
                                : null,
                        back(form)));
        model.addAttribute("fieldErrors", fieldFaults);
        return "compose/show";
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
