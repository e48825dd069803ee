package org.palomar.trust;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code palomar.trust.*}.
 *
 * @param authservIds the names by which the operator's own mail servers sign Authentication-Results (RFC 8601 section 2.5);
 *     those servers must remove such fields of these names from mail that comes from outside (section 5). With none, no check
 *     is believed and none is shown
 */
@ConfigurationProperties("palomar.trust")
record TrustProperties(@DefaultValue List<String> authservIds) {

    TrustProperties {
        authservIds = authservIds.stream()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    boolean trusts(String authservId) {
        return authservIds.stream().anyMatch(authservId::equalsIgnoreCase);
    }
}
