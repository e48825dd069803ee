package org.palomar.template;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.Words;
import org.palomar.store.StoreException;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a person's templates. */
@Controller
@WithTree
class TemplateController {

    private static final int LONGEST = 50_000;

    private final Templates templates;

    TemplateController(Templates templates) {
        this.templates = templates;
    }

    /** They are written in the editor. */
    @ModelAttribute
    void policy(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.WRITING);
    }

    /** @param edit id of the one to change; without it the form is for a new one */
    @GetMapping("/settings/templates")
    String show(SignedIn person, @RequestParam(defaultValue = "") String edit, Model model) {
        try {
            Template shown = edit.isEmpty()
                    ? Template.BLANK
                    : templates.find(person, edit).orElseThrow(() -> new NotFoundException("error.template"));
            return page(person, shown, null, model);
        } catch (StoreException _) {
            return page(person, Template.BLANK, "flash.settings.store", model);
        }
    }

    @PostMapping("/settings/templates")
    String save(
            SignedIn person,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String html,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Words words = Words.of(text, html);
        Template template = new Template(id, oneLine(name), oneLine(subject), words.text(), words.html());
        String fault = fault(template);
        try {
            if (fault == null && templates.keep(person, template).isEmpty()) {
                fault = "template.fault.many";
            }
        } catch (StoreException _) {
            fault = "flash.settings.store";
        }
        if (fault != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, template, fault, model);
        }
        Flash.ok("flash.settings.saved").keep(request.getSession());
        return "redirect:/settings/templates";
    }

    @PostMapping("/settings/templates/remove")
    String remove(SignedIn person, @RequestParam(defaultValue = "") String id, HttpServletRequest request) {
        try {
            templates.remove(person, id);
            Flash.ok("flash.settings.saved").keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/settings/templates";
    }

    private String page(SignedIn person, Template shown, @Nullable String fault, Model model) {
        model.addAttribute("all", templates.of(person));
        model.addAttribute("shown", shown);
        model.addAttribute("fault", fault);
        return "template/show";
    }

    private static @Nullable String fault(Template template) {
        if (template.name().isEmpty()) {
            return "template.fault.name";
        }
        boolean fits = template.name().length() <= 100
                && template.subject().length() <= 500
                && template.text().length() <= LONGEST
                && template.html().length() <= 4 * LONGEST;
        return fits ? null : "template.fault.long";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
