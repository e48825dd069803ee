package org.palomar.trust;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a DKIM-Signature field claims (RFC 6376 section 3.5). Only a server that checked it knows whether it holds.
 *
 * @param domain the {@code d=} tag in lower case
 * @param selector the {@code s=} tag in lower case
 * @param headers the names of the fields it covers, lower case
 * @param signature the {@code b=} tag without white space
 */
record DkimSignature(String domain, String selector, Set<String> headers, String signature) {

    private static final int LONGEST = 32_000;

    DkimSignature {
        headers = Set.copyOf(headers);
    }

    static Optional<DkimSignature> parse(String value) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : (value.length() > LONGEST ? "" : value).split(";", 100)) {
            int equals = tag.indexOf('=');
            // A tag that comes twice makes the whole invalid.
            if (equals > 0
                    && tags.put(
                                    tag.substring(0, equals).strip(),
                                    tag.substring(equals + 1).strip())
                            != null) {
                return Optional.empty();
            }
        }
        String domain = tags.getOrDefault("d", "").toLowerCase(Locale.ROOT);
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DkimSignature(
                domain,
                tags.getOrDefault("s", "").toLowerCase(Locale.ROOT),
                Stream.of(tags.getOrDefault("h", "").split(":", 1_000))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                tags.getOrDefault("b", "").replaceAll("\\s", "")));
    }

    boolean covers(String... names) {
        return headers.containsAll(Set.of(names));
    }

    /** Whether a result speaks of this signature (RFC 8601 section 2.7.1, RFC 6008). */
    boolean isMeant(AuthenticationResults.Result result) {
        String at = result.property("header.d");
        String by = result.property("header.i");
        String named = at.isEmpty() ? by.substring(by.lastIndexOf('@') + 1) : at;
        String select = result.property("header.s");
        String begins = result.property("header.b");
        return named.equalsIgnoreCase(domain)
                && (select.isEmpty() || select.equalsIgnoreCase(selector))
                && (begins.isEmpty() || signature.startsWith(begins));
    }
}
