package org.palomar.door;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are those of the public Internet (the registries of RFC 6890). */
final class PublicAddresses {

    /** Everything special in IPv4, and the addresses at which clouds tell secrets to their machines. */
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** The only block of IPv6 that is given out; loopback, ULA, link-local, multicast, NAT64 and embedded IPv4 lie outside. */
    private static final Network GLOBAL = Network.of("2000::/3");

    /** What is special in it: protocol assignments with Teredo, documentation, 6to4. */
    private static final List<Network> SPECIAL_GLOBAL =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(network -> network.contains(address));
        }
        return GLOBAL.contains(address) && SPECIAL_GLOBAL.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... written) {
        return Stream.of(written).map(Network::of).toList();
    }
}
