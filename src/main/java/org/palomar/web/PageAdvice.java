package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.WebUtils;
import org.thymeleaf.context.LazyContextVariable;

/** What every page finds in its model. */
@ControllerAdvice
class PageAdvice {

    /** How long pages without scripts go on offering to undo what was done last. */
    private static final Duration OFFER = Duration.ofMinutes(1);

    private static final String SHOWN = "palomar.flash.shown";

    private final Clock clock;

    PageAdvice(Clock clock) {
        this.clock = clock;
    }

    /**
     * Taken only by a template that asks for it: what a page loads besides must not swallow the sentence, and neither must a
     * page that asks for something by itself: what came of an act is for the answer to it.
     */
    @ModelAttribute("flash")
    LazyContextVariable<@Nullable Flash> flash(HttpServletRequest request) {
        return new LazyContextVariable<>() {
            @Override
            protected @Nullable Flash loadValue() {
                return PageAdvice.this.take(request);
            }
        };
    }

    /**
     * A notice that can be undone is one press away while it stands on the page; without scripts every page is a new one, so
     * there it stays for a while, or until something else is done.
     */
    private @Nullable Flash take(HttpServletRequest request) {
        if (Htmx.isUnattended(request)) {
            return null;
        }
        HttpSession session = request.getSession(false);
        Flash waiting = Flash.waiting(session);
        if (session == null || waiting == null || waiting.undo().isEmpty() || hasScripts(request)) {
            return Flash.take(session);
        }
        String shown = waiting.undo() + " ";
        long now = clock.millis();
        if (session.getAttribute(SHOWN) instanceof String before && before.startsWith(shown)) {
            if (now > Long.parseLong(before.substring(shown.length())) + OFFER.toMillis()) {
                Flash.take(session);
                return null;
            }
        } else {
            session.setAttribute(SHOWN, shown + now);
        }
        return waiting;
    }

    /** Scripts leave their time zone in a cookie. */
    private static boolean hasScripts(HttpServletRequest request) {
        return WebUtils.getCookie(request, "zone") != null;
    }
}
