package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** What every page finds in its model. */
@ControllerAdvice
class PageAdvice {

    /**
     * Taken only by a template that asks for it: what a page loads besides must not swallow the sentence, and neither must a
     * page that asks for its parts again by itself.
     */
    @ModelAttribute("flash")
    LazyContextVariable<@Nullable Flash> flash(HttpServletRequest request) {
        HttpSession session = Htmx.isUnattended(request) ? null : request.getSession(false);
        return new LazyContextVariable<>() {
            @Override
            protected @Nullable Flash loadValue() {
                return Flash.take(session);
            }
        };
    }
}
