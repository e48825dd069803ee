package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page finds in its model. */
@ControllerAdvice
class PageAdvice {

    @ModelAttribute("flash")
    @Nullable
    Flash flash(HttpServletRequest request) {
        // A redirect is followed by the page that shows the sentence: only a GET takes it.
        return request.getMethod().equals("GET") && !request.getRequestURI().endsWith("/tree")
                ? Flash.take(request.getSession(false))
                : null;
    }
}
