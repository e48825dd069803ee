package org.palomar.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.palomar.domain.Domain;
import org.palomar.domain.Lookalikes;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.trust.Checks.Verdict;

/**
 * The author of a message, and what about them deceives.
 *
 * @param address {@code local@domain}, or whatever stands there
 * @param domain of that, or null
 */
record Sender(Address address, @Nullable Domain domain) {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\"',;:@]{1,64}@([^\\s<>()\"',;:@]{1,253})");

    static Sender of(Envelope envelope) {
        Address author = envelope.from().isEmpty()
                ? new Address(null, "")
                : envelope.from().getFirst();
        return new Sender(author, Domain.ofAddress(author.address()).orElse(null));
    }

    /** The domain as it may be shown; empty when there is none. */
    String shownDomain() {
        return domain == null ? "" : domain.shown();
    }

    /**
     * @param own the reader's own address
     */
    List<Warning> warnings(Envelope envelope, Header header, Verdict verdict, Acquaintances known, String own) {
        List<Warning> warnings = new ArrayList<>();
        if (verdict == Verdict.FAILED) {
            warnings.add(Warning.grave("trust.warn.failed", shownDomain()));
        }
        if (header.all("From").size() > 1 || owners(envelope) > 1) {
            warnings.add(Warning.grave("trust.warn.several"));
        }
        lookalike(known, own).ifPresent(warnings::add);
        name(header, known).ifPresent(warnings::add);
        replyTo(envelope, header, own).ifPresent(warnings::add);
        return warnings;
    }

    private static long owners(Envelope envelope) {
        return envelope.from().stream()
                .map(each -> Domain.ofAddress(each.address()).map(Domain::registered))
                .distinct()
                .count();
    }

    private Optional<Warning> lookalike(Acquaintances known, String own) {
        Domain mine = Domain.ofAddress(own).orElse(null);
        if (domain == null
                || known.domains().contains(domain.registered())
                || (mine != null && domain.sameOwner(mine))) {
            return Optional.empty();
        }
        if (Lookalikes.deceives(domain)) {
            return Optional.of(Warning.grave("trust.warn.letters", domain.ascii()));
        }
        return known.imitated(domain, mine)
                .map(other -> Warning.grave("trust.warn.lookalike", domain.shown(), other.shown()));
    }

    private Optional<Warning> name(Header header, Acquaintances known) {
        String name = address.name() == null ? "" : address.name();
        if (name.isBlank() || header.isList()) {
            // A list writes into the name whom it sends on.
            return Optional.empty();
        }
        Matcher named = ADDRESS.matcher(name.length() > 1_000 ? name.substring(0, 1_000) : name);
        while (named.find()) {
            Domain other = Domain.parse(named.group(1)).orElse(null);
            if (other != null && (domain == null || !domain.sameOwner(other))) {
                return Optional.of(Warning.grave("trust.warn.address", named.group(), address.address()));
            }
        }
        if (Lookalikes.mixesScripts(name)) {
            return Optional.of(Warning.grave("trust.warn.mixed", name));
        }
        return known.knows(address.address())
                ? Optional.empty()
                : known.namesake(name)
                        .filter(other -> !isSameOwner(other))
                        .map(other -> Warning.slight("trust.warn.namesake", name, other, address.address()));
    }

    private boolean isSameOwner(String other) {
        return domain != null
                && Domain.ofAddress(other).filter(domain::sameOwner).isPresent();
    }

    /** Of lists and newsletters, answers go elsewhere by design. */
    private Optional<Warning> replyTo(Envelope envelope, Header header, String own) {
        if (header.isBulk() || domain == null) {
            return Optional.empty();
        }
        return envelope.replyTo().stream()
                .map(Address::address)
                .filter(to -> !to.toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT)))
                .filter(to -> Domain.ofAddress(to)
                        .filter(other -> !domain.sameOwner(other))
                        .isPresent())
                .findFirst()
                .map(to -> Warning.slight("trust.warn.replyTo", to, address.address()));
    }
}
