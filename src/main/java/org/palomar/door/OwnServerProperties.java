package org.palomar.door;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which servers people may name as their own, {@code palomar.own-servers.*}.
 *
 * @param networks addresses and CIDR blocks that are opened although they are not public, at any port and also without TLS: whoever
 *     signs in can reach them
 * @param ports those opened at public addresses for address books, always with TLS
 * @param mailPorts those opened at public addresses for mail that is brought here, always with TLS or STARTTLS
 */
@ConfigurationProperties("palomar.own-servers")
public record OwnServerProperties(
        @DefaultValue List<String> networks,
        @DefaultValue({"443", "8443"}) Set<Integer> ports,
        @DefaultValue({"110", "143", "993", "995"}) Set<Integer> mailPorts) {

    @ConstructorBinding
    public OwnServerProperties {
        networks = List.copyOf(networks);
        ports = Set.copyOf(ports);
        mailPorts = Set.copyOf(mailPorts);
    }

    /** Without other ports for mail than the usual ones. */
    public OwnServerProperties(List<String> networks, Set<Integer> ports) {
        this(networks, ports, Set.of(110, 143, 993, 995));
    }
}
