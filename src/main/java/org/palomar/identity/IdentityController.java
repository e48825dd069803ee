package org.palomar.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.Words;
import org.palomar.mime.AddressParser;
import org.palomar.store.StoreException;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a person's identities. */
@Controller
@WithTree
class IdentityController {

    private static final int LONGEST_SIGNATURE = 10_000;

    private final Identities identities;

    IdentityController(Identities identities) {
        this.identities = identities;
    }

    /** Signatures are written in the editor. */
    @ModelAttribute
    void policy(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", SecurityHeaders.WRITING);
    }

    /** @param edit address of the one to change; without it the form is for a new one */
    @GetMapping("/settings/identities")
    String show(SignedIn person, @RequestParam(defaultValue = "") String edit, Model model) {
        Identity shown = identities.of(person).stream()
                .filter(each -> each.address().equals(edit))
                .findFirst()
                .orElse(Identity.bare(""));
        return page(person, shown, null, model);
    }

    @PostMapping("/settings/identities")
    String save(
            SignedIn person,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String replyTo,
            @RequestParam(defaultValue = "false") boolean copyToSelf,
            @RequestParam(defaultValue = "false") boolean standard,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String html,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Words words = Words.of(text, html);
        Identity identity = new Identity(
                id, address.strip(), oneLine(name), replyTo.strip(), copyToSelf, words.text(), words.html(), standard);
        String fault = fault(identity);
        try {
            if (fault == null && !identities.keep(person, identity)) {
                fault = "identity.fault.twice";
            }
        } catch (StoreException _) {
            fault = "flash.settings.store";
        }
        if (fault != null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(person, identity, fault, model);
        }
        Flash.ok("flash.settings.saved").keep(request.getSession());
        return "redirect:/settings/identities";
    }

    @PostMapping("/settings/identities/remove")
    String remove(SignedIn person, @RequestParam(defaultValue = "") String id, HttpServletRequest request) {
        try {
            identities.remove(person, id);
            Flash.ok("flash.settings.saved").keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/settings/identities";
    }

    private String page(SignedIn person, Identity shown, @Nullable String fault, Model model) {
        model.addAttribute("identities", identities.of(person));
        model.addAttribute("shown", shown);
        model.addAttribute("fault", fault);
        return "identity/show";
    }

    private static @Nullable String fault(Identity identity) {
        AddressParser.Parsed address = AddressParser.parse(identity.address());
        boolean plain = address.bad().isEmpty()
                && address.good().size() == 1
                && address.good().getFirst().address().equals(identity.address());
        if (!plain || identity.address().length() > 320) {
            return "identity.fault.address";
        }
        if (!AddressParser.parse(identity.replyTo()).bad().isEmpty()
                || identity.replyTo().length() > 2_000) {
            return "identity.fault.replyTo";
        }
        boolean fits = identity.name().length() <= 200
                && identity.signatureText().length() <= LONGEST_SIGNATURE
                && identity.signatureHtml().length() <= 4 * LONGEST_SIGNATURE;
        return fits ? null : "identity.fault.long";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
