package org.palomar.trust;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.domain.Domain;
import org.palomar.domain.Lookalikes;
import org.palomar.mail.Address;

/**
 * Whom a person writes to.
 *
 * @param addresses lower case
 * @param names addresses by what their names look like
 * @param domains the registered ones of those addresses
 */
record Acquaintances(Set<String> addresses, Map<String, String> names, Set<Domain> domains) {

    static final Acquaintances NONE = new Acquaintances(Set.of(), Map.of(), Set.of());

    Acquaintances {
        addresses = Set.copyOf(addresses);
        names = Map.copyOf(names);
        domains = Set.copyOf(domains);
    }

    static Acquaintances of(List<Address> written) {
        Set<String> addresses = new HashSet<>();
        Map<String, String> names = new HashMap<>();
        Set<Domain> domains = new HashSet<>();
        for (Address each : written) {
            addresses.add(each.address().toLowerCase(Locale.ROOT));
            Domain.ofAddress(each.address()).map(Domain::registered).ifPresent(domains::add);
            if (each.name() != null) {
                key(each.name()).ifPresent(key -> names.put(key, each.address()));
            }
        }
        return new Acquaintances(addresses, names, domains);
    }

    boolean knows(String address) {
        return addresses.contains(address.toLowerCase(Locale.ROOT));
    }

    /** The address under which somebody of this name is known, or empty. */
    Optional<String> namesake(String name) {
        return key(name).map(names::get);
    }

    /**
     * The domain that this one may be taken for: a well-known one, the person's own, or one they write to.
     *
     * @param mine the person's own, or null
     */
    Optional<Domain> imitated(Domain domain, @Nullable Domain mine) {
        return Lookalikes.imitated(domain)
                .or(() -> mine == null ? Optional.empty() : Lookalikes.imitated(domain, List.of(mine.registered())))
                .or(() -> Lookalikes.imitated(domain, domains));
    }

    /** First names alone are shared by too many. */
    private static Optional<String> key(String name) {
        String plain = name.strip().replaceAll("[\\s,]+", " ");
        return plain.indexOf(' ') < 0 || plain.indexOf('@') >= 0 || plain.length() > 200
                ? Optional.empty()
                : Optional.of(Lookalikes.skeleton(plain));
    }
}
