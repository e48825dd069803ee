package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The page for errors that no controller saw: an unknown address, a form without its token, a fault of our own. */
@Component
class ErrorPages implements ErrorViewResolver, Ordered {

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        return new ModelAndView("error/error", Map.of("status", status.value()), status);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
