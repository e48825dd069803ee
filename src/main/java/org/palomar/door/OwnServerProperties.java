package org.palomar.door;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which servers people may name as their own, {@code palomar.own-servers.*}.
 *
 * @param networks addresses and CIDR blocks that are opened although they are not public, at any port and also without TLS: whoever
 *     signs in can reach them
 * @param ports those opened at public addresses, always with TLS
 */
@ConfigurationProperties("palomar.own-servers")
public record OwnServerProperties(
        @DefaultValue List<String> networks,
        @DefaultValue({"443", "8443"}) Set<Integer> ports) {

    public OwnServerProperties {
        networks = List.copyOf(networks);
        ports = Set.copyOf(ports);
    }
}
