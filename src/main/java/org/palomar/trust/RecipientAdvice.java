package org.palomar.trust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.domain.Domain;
import org.palomar.domain.Lookalikes;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What deserves a second look about the people a message is going to. Safe for use by many threads. */
@Component
public class RecipientAdvice {

    /** Nobody reads advice about more, and each new domain is held against all that are known. */
    private static final int LOOKED_AT = 500;

    /** More than so many are counted instead of named. */
    private static final int NAMED = 3;

    private final AcquaintanceReader acquaintances;
    private final String domain;

    RecipientAdvice(AcquaintanceReader acquaintances, @Value("${palomar.compose.domain:}") String domain) {
        this.acquaintances = acquaintances;
        this.domain = domain;
    }

    /** Graver things first; waits for the server for a third of a second at most. */
    public List<Warning> about(SignedIn person, MailSession session, List<Address> recipients) {
        return recipients.isEmpty()
                ? List.of()
                : about(recipients, acquaintances.of(person, session), person.address(domain));
    }

    /** @param own the writer's own address */
    static List<Warning> about(List<Address> recipients, Acquaintances known, String own) {
        Domain mine = Domain.ofAddress(own).orElse(null);
        Map<Domain, Optional<Domain>> imitated = new HashMap<>();
        boolean amongColleagues = recipients.stream().anyMatch(each -> isColleague(each, mine));
        List<Warning> warnings = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        for (Address each : recipients.subList(0, Math.min(recipients.size(), LOOKED_AT))) {
            boolean colleague = isColleague(each, mine);
            boolean stranger = !known.knows(each.address()) && !each.address().equalsIgnoreCase(own);
            Optional<Warning> doubt = stranger ? doubt(each, known, colleague, mine, imitated) : Optional.empty();
            if (doubt.isPresent()) {
                warnings.add(doubt.get());
            } else if (amongColleagues && !colleague) {
                outside.add(each.address());
            } else if (stranger && !known.addresses().isEmpty()) {
                strangers.add(each.address());
            }
        }
        warnings.sort(Comparator.comparing(warning -> !warning.grave()));
        if (!outside.isEmpty() && mine != null) {
            warnings.add(counted(
                    "trust.to.outside",
                    "trust.to.outsides",
                    outside,
                    mine.registered().shown()));
        }
        if (!strangers.isEmpty()) {
            warnings.add(counted("trust.to.stranger", "trust.to.strangers", strangers, ""));
        }
        return warnings;
    }

    private static boolean isColleague(Address each, @Nullable Domain mine) {
        return mine != null
                && Domain.ofAddress(each.address()).filter(mine::sameOwner).isPresent();
    }

    private static Optional<Warning> doubt(
            Address recipient,
            Acquaintances known,
            boolean colleague,
            @Nullable Domain mine,
            Map<Domain, Optional<Domain>> imitated) {
        Domain theirs = Domain.ofAddress(recipient.address()).orElse(null);
        if (theirs != null && !colleague && !known.domains().contains(theirs.registered())) {
            if (Lookalikes.deceives(theirs)) {
                return Optional.of(Warning.grave("trust.to.letters", recipient.address(), theirs.ascii()));
            }
            Optional<Domain> meant = imitated.computeIfAbsent(theirs, domain -> known.imitated(domain, mine));
            if (meant.isPresent()) {
                return Optional.of(Warning.grave(
                        "trust.to.lookalike", recipient.address(), meant.get().shown()));
            }
        }
        String name = recipient.name();
        return name == null
                ? Optional.empty()
                : known.namesake(name)
                        .map(other -> Warning.slight("trust.to.namesake", name, other, recipient.address()));
    }

    private static Warning counted(String few, String many, List<String> who, String where) {
        return who.size() > NAMED
                ? Warning.slight(many, who.size(), where)
                : Warning.slight(few, String.join(", ", who), where);
    }
}
