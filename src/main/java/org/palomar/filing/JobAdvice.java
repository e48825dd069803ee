package org.palomar.filing;

import java.util.List;
import org.palomar.account.SignedIn;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** Puts the person's jobs into the model of every page that asks for them. */
@ControllerAdvice
class JobAdvice {

    private final Jobs jobs;

    JobAdvice(Jobs jobs) {
        this.jobs = jobs;
    }

    @ModelAttribute("jobs")
    LazyContextVariable<List<Job>> jobs() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return new LazyContextVariable<>() {
            @Override
            protected List<Job> loadValue() {
                return authentication != null && authentication.getPrincipal() instanceof SignedIn person
                        ? jobs.of(person)
                        : List.of();
            }
        };
    }
}
