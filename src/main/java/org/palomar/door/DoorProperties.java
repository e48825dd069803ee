package org.palomar.door;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where strangers' URLs may lead, {@code palomar.door.*}.
 *
 * @param networks addresses and CIDR blocks that are opened although they are not public, at any port: an intranet whose pictures
 *     people need. Whoever writes to a person can then have them asked for
 * @param ports those opened at public addresses
 * @param exchanges most at once, of all people together; each may hold one body in memory
 */
@ConfigurationProperties("palomar.door")
public record DoorProperties(
        @DefaultValue List<String> networks,
        @DefaultValue({"80", "443"}) Set<Integer> ports,
        @DefaultValue("16") int exchanges) {

    public DoorProperties {
        networks = List.copyOf(networks);
        ports = Set.copyOf(ports);
        if (exchanges < 1) {
            throw new IllegalArgumentException("palomar.door.exchanges is at least 1");
        }
        for (String network : networks) {
            try {
                Network.of(network);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "palomar.door.networks takes IP addresses and CIDR blocks, not \"" + network + "\"", e);
            }
        }
    }
}
