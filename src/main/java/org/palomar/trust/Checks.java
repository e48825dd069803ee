package org.palomar.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.domain.Domain;
import org.palomar.mail.HeaderField;
import org.palomar.trust.AuthenticationResults.Result;

/**
 * What the operator's own servers found out about a message when it came in.
 *
 * @param known whether any of them told
 * @param results of those that count
 */
record Checks(boolean known, List<Result> results) {

    static final Checks NONE = new Checks(false, List.of());

    Checks {
        results = List.copyOf(results);
    }

    /** Whether the author's domain is theirs who sent the message. */
    public enum Verdict {
        /** Nobody whom we believe has looked. */
        UNKNOWN,
        CONFIRMED,
        UNCONFIRMED,
        /** The domain says that its mail looks otherwise. */
        FAILED
    }

    /**
     * Takes the results of trusted servers out of a header. Every server writes above what was there, so what counts begins at the
     * topmost field with a trusted name and ends where an earlier server took the message on: anything below may have come with
     * it. Where several fields tell of one method, the upper one counts.
     */
    static Checks of(List<HeaderField> header, TrustProperties trusted) {
        List<Result> counted = new ArrayList<>();
        Set<String> methods = new HashSet<>();
        boolean known = false;
        for (HeaderField field : header) {
            if (known && field.is("Received")) {
                break;
            }
            AuthenticationResults found = field.is("Authentication-Results")
                    ? AuthenticationResults.parse(field.value()).orElse(null)
                    : null;
            if (found != null && trusted.trusts(found.authservId())) {
                known = true;
                found.results().stream()
                        .filter(result -> !methods.contains(result.method()))
                        .forEach(counted::add);
                found.results().forEach(result -> methods.add(result.method()));
            }
        }
        return new Checks(known, counted);
    }

    /**
     * Judges the domain of the author's address as DMARC does (RFC 7489 section 3.1, relaxed).
     *
     * @param list whether the message came by a mailing list, which breaks signatures without anybody having lied
     */
    Verdict verdict(@Nullable Domain author, boolean list) {
        if (!known) {
            return Verdict.UNKNOWN;
        }
        if (author == null) {
            return Verdict.UNCONFIRMED;
        }
        Optional<Result> dmarc =
                method("dmarc").filter(result -> speaksOf(result, author)).findFirst();
        if (dmarc.isPresent() && dmarc.get().outcome().equals("pass")) {
            return Verdict.CONFIRMED;
        }
        if (dmarc.isPresent() && dmarc.get().outcome().equals("fail")) {
            return list || isOnlyWatched(dmarc.get()) ? Verdict.UNCONFIRMED : Verdict.FAILED;
        }
        if (passes("dkim", author) || passes("spf", author)) {
            return Verdict.CONFIRMED;
        }
        boolean refused = method("spf")
                .anyMatch(result -> result.outcome().equals("fail")
                        && subject(result).filter(author::sameOwner).isPresent());
        return refused && !list ? Verdict.FAILED : Verdict.UNCONFIRMED;
    }

    /** The outcome of a method for the card: that for the author's own domain first, or null when nobody tells. */
    @Nullable
    Result foremost(String method, @Nullable Domain author) {
        List<Result> all = method(method).toList();
        return all.stream()
                .filter(result -> author != null
                        && result.outcome().equals("pass")
                        && subject(result).filter(author::sameOwner).isPresent())
                .findFirst()
                .or(() -> all.stream()
                        .filter(result -> result.outcome().equals("pass"))
                        .findFirst())
                .or(() -> all.stream().findFirst())
                .orElse(null);
    }

    /** The results of good signatures. */
    List<Result> signed() {
        return method("dkim").filter(result -> result.outcome().equals("pass")).collect(Collectors.toList());
    }

    /** The domain a result is about, or empty when it does not say. */
    static Optional<Domain> subject(Result result) {
        String value = switch (result.method()) {
            case "dkim" ->
                result.property("header.d").isEmpty()
                        ? domainOf(result.property("header.i"))
                        : result.property("header.d");
            case "spf" -> domainOf(result.property("smtp.mailfrom"));
            case "dmarc" -> domainOf(result.property("header.from"));
            default -> "";
        };
        return Domain.parse(value);
    }

    private boolean passes(String method, Domain author) {
        return method(method)
                .anyMatch(result -> result.outcome().equals("pass")
                        && subject(result).filter(author::sameOwner).isPresent());
    }

    private Stream<Result> method(String name) {
        return results.stream().filter(result -> result.method().equals(name));
    }

    private static boolean speaksOf(Result dmarc, Domain author) {
        return dmarc.property("header.from").isEmpty()
                || subject(dmarc).filter(author::sameOwner).isPresent();
    }

    /** A policy of "none" says that the domain itself does not know yet who sends in its name. */
    private static boolean isOnlyWatched(Result dmarc) {
        String comment = dmarc.comment().toLowerCase(java.util.Locale.ROOT);
        return dmarc.property("policy.published-domain-policy").equalsIgnoreCase("none")
                || comment.contains("p=none")
                || dmarc.property("action").equalsIgnoreCase("none");
    }

    private static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
