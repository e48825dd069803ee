package org.palomar.door;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a name. Must be safe for use by many threads. */
@FunctionalInterface
public interface Resolver {

    /** @throws UnknownHostException when there are none */
    List<InetAddress> addresses(String name) throws UnknownHostException;

    /** That of the system. */
    static Resolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
