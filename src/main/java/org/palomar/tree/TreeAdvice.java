package org.palomar.tree;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.web.Htmx;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.WebUtils;

/** Puts the tree and the person into the model of pages; fragments do without. */
@ControllerAdvice(annotations = WithTree.class)
class TreeAdvice {

    private final MailboxDirectory directory;

    TreeAdvice(MailboxDirectory directory) {
        this.directory = directory;
    }

    @ModelAttribute
    void tree(SignedIn person, MailSession session, Htmx htmx, HttpServletRequest request, Model model) {
        MailboxName current = current(request);
        model.addAttribute("me", Me.of(person.username()));
        if (request.getMethod().equals("POST")) {
            directory.changing(person);
        } else if (!htmx.partial() && !hasScripts(request)) {
            directory.recount(person, session);
        }
        if (!htmx.partial()) {
            model.addAttribute("tree", directory.tree(person, session, current));
        }
    }

    /** Scripts leave their time zone in a cookie, and ask for the counters once the page is shown. */
    private static boolean hasScripts(HttpServletRequest request) {
        return WebUtils.getCookie(request, "zone") != null;
    }

    private static @Nullable MailboxName current(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> map && map.get("mailbox") instanceof String segment) {
            try {
                return MailboxName.fromSegment(segment);
            } catch (IllegalArgumentException _) {
                return null;
            }
        }
        return null;
    }

    /**
     * The person as the foot of the tree shows them.
     *
     * @param initials one or two letters
     */
    public record Me(String address, String initials) {

        static Me of(String username) {
            String local = username.contains("@") ? username.substring(0, username.indexOf('@')) : username;
            int end = local.isEmpty() ? 0 : local.offsetByCodePoints(0, 1);
            return new Me(username, local.substring(0, end).toUpperCase(java.util.Locale.ROOT));
        }
    }
}
