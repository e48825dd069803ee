package org.palomar.contacts;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.contacts.ContactList.Found;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Does something with chosen contacts, and goes back to the list they were chosen from. */
@Controller
@WithTree
class ContactActionController {

    /** How many can be ticked: a page, and some. */
    private static final int MOST = 500;

    private final ContactActions actions;

    ContactActionController(ContactActions actions) {
        this.actions = actions;
    }

    @PostMapping("/contacts/actions")
    String act(
            SignedIn person,
            @RequestParam String action,
            @RequestParam(required = false) @Nullable List<String> ref,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "false") boolean collected,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request) {
        List<String> ids = ref == null ? List.of() : ref.subList(0, Math.min(ref.size(), MOST));
        Flash said = switch (action) {
            case "delete" -> actions.delete(person, ids);
            case "keep" -> actions.keep(person, ids);
            case "group" -> actions.group(person, ids, name, true);
            case "ungroup" -> actions.group(person, ids, group, false);
            case "dissolve" -> actions.dissolve(person, group);
            case "keep-all" -> actions.collected(person, true);
            case "delete-all" -> actions.collected(person, false);
            default -> Flash.warn("flash.contacts.none");
        };
        said.keep(request.getSession());
        if (action.equals("dissolve") || action.endsWith("-all")) {
            return "redirect:/contacts";
        }
        Found nothing = new Found(List.of(), 0, page);
        return "redirect:" + new ContactsPage(new Filter(q, group, collected), nothing, List.of(), List.of(), 0).url();
    }

    @PostMapping("/contacts/undo/{id}")
    String undo(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        Flash said = actions.undo(person, id);
        Flash.take(request.getSession());
        said.keep(request.getSession());
        return "redirect:/contacts";
    }
}
