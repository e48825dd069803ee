package org.palomar.door;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Says which addresses a connection for a URL may be made to. */
final class Guard {

    private final Resolver resolver;
    private final List<Network> networks;
    private final Set<Integer> ports;

    Guard(DoorProperties properties, Resolver resolver) {
        this.resolver = resolver;
        this.networks = properties.networks().stream().map(Network::of).toList();
        this.ports = properties.ports();
    }

    /**
     * Looks the host up once; the connection must be made to one of these and nothing else, or another answer to the same question
     * could lead it elsewhere.
     *
     * @throws IOException when there are none, or when any of them may not be opened
     */
    List<InetAddress> addresses(Target target) throws IOException {
        InetAddress literal = target.literal();
        List<InetAddress> addresses = literal == null ? resolver.addresses(target.host()) : List.of(literal);
        if (addresses.isEmpty() || !addresses.stream().allMatch(address -> allows(address, target.port()))) {
            throw new IOException("not a place to go to");
        }
        return addresses;
    }

    private boolean allows(InetAddress address, int port) {
        return (ports.contains(port) && PublicAddresses.contains(address))
                || networks.stream().anyMatch(network -> network.contains(address));
    }
}
