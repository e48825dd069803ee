package org.palomar.compose;

import org.palomar.account.SignedIn;
import org.palomar.store.StoreException;
import org.palomar.template.Template;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A template, filled for the letter that is being written, for scripts to put where the cursor is. */
@Controller
class CannedController {

    private final CannedAnswers answers;

    CannedController(CannedAnswers answers) {
        this.answers = answers;
    }

    @PostMapping("/compose/templates/{id}")
    String filled(
            SignedIn person, @PathVariable String id, @ModelAttribute ComposeForm form, Reader reader, Model model) {
        try {
            Template filled =
                    answers.filled(person, id, form, reader).orElseThrow(() -> new NotFoundException("error.template"));
            model.addAttribute("filled", filled);
            model.addAttribute("markup", Filling.markup(filled));
            return "compose/_filled";
        } catch (StoreException _) {
            throw new NotFoundException("flash.settings.store");
        }
    }
}
