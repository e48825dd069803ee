package org.palomar.outbox;

import org.palomar.account.SignedIn;
import org.palomar.store.StoreException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** Tells the tree how many messages are in the outbox, when it asks. */
@ControllerAdvice
class OutboxAdvice {

    private final OutboxRows rows;

    OutboxAdvice(OutboxRows rows) {
        this.rows = rows;
    }

    @ModelAttribute("outboxed")
    LazyContextVariable<Integer> outboxed() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return new LazyContextVariable<>() {
            @Override
            protected Integer loadValue() {
                try {
                    return authentication != null && authentication.getPrincipal() instanceof SignedIn person
                            ? rows.count(person.username())
                            : 0;
                } catch (StoreException _) {
                    return 0;
                }
            }
        };
    }
}
