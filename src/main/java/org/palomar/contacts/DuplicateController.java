package org.palomar.contacts;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows contacts that are likely the same, and what would become of them. */
@Controller
@WithTree
class DuplicateController {

    private final Duplicates duplicates;
    private final ContactUndos undos;

    DuplicateController(Duplicates duplicates, ContactUndos undos) {
        this.duplicates = duplicates;
        this.undos = undos;
    }

    /** @param merged what becomes of them */
    public record Pair(List<ContactPage> contacts, ContactPage merged) {}

    @GetMapping("/contacts/duplicates")
    String show(SignedIn person, Model model) {
        model.addAttribute(
                "pairs",
                duplicates.of(person.username()).stream()
                        .map(each -> new Pair(
                                each.contacts().stream().map(ContactPage::of).toList(),
                                ContactPage.of(each.contacts().getFirst().with(each.merged()))))
                        .toList());
        return "contacts/duplicates";
    }

    @PostMapping("/contacts/duplicates")
    String merge(
            SignedIn person, @RequestParam(required = false) @Nullable List<String> ref, HttpServletRequest request) {
        ContactBook.Before before = duplicates.merge(person.username(), ref == null ? List.of() : ref);
        Flash said = before.contacts().isEmpty()
                ? Flash.warn("contacts.gone")
                : Flash.ok("flash.contacts.merged", before.contacts().size());
        undos.offer(person, before, said).keep(request.getSession());
        return "redirect:/contacts/duplicates";
    }
}
