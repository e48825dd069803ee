package org.palomar.door;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * Mail servers that people named as their own, to bring mail from: at public addresses and the usual ports with TLS, or in networks
 * the operator opened. The name is looked up once, and the connection has to be made to an address that was checked (THREATS S16,
 * S17). Safe for use by many threads.
 */
public final class MailHosts {

    private final Guard guard;
    private final List<Network> networks;
    private final Resolver resolver;
    private final SSLContext trust;

    /** @param trust whose certificates are believed */
    public MailHosts(OwnServerProperties properties, Resolver resolver, SSLContext trust) {
        this.guard = new Guard(new DoorProperties(properties.networks(), properties.mailPorts(), 1), resolver);
        this.networks = properties.networks().stream().map(Network::of).toList();
        this.resolver = resolver;
        this.trust = trust;
    }

    /**
     * Where a host may be opened.
     *
     * @param name as the person wrote it
     * @throws ClosedException when it is not known, or is not to be opened
     */
    public Place find(String name, int port) throws ClosedException {
        Target target = Target.of("https://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port + "/");
        if (target == null || !target.path().equals("/") || target.port() != port) {
            throw new ClosedException();
        }
        try {
            InetAddress address = guard.addresses(target).getFirst();
            boolean own = networks.stream().anyMatch(network -> network.contains(address));
            return new Place(target.host(), address.getHostAddress(), port, own, trust.getSocketFactory());
        } catch (IOException _) {
            throw new ClosedException();
        }
    }

    /** Whether a name has addresses at all; for guesses that are only shown. */
    public boolean exists(String name) {
        try {
            return !resolver.addresses(name).isEmpty();
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    /**
     * A checked place.
     *
     * @param name whose certificate is asked for
     * @param address a literal, to connect to
     * @param own whether the operator opened its network, so that plain text is allowed
     */
    public record Place(String name, String address, int port, boolean own, SSLSocketFactory trust) {

        /** TLS that asks for the certificate of {@link #name()}, whatever host the caller believes to be connected to. */
        public SSLSocketFactory tls() {
            return new NamedTls(trust, name);
        }

        /** Never more than where it is. */
        @Override
        public String toString() {
            return address + ":" + port;
        }
    }
}
