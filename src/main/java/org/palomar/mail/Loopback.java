package org.palomar.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whether a host is this machine: the only place to which passwords and mail may go unencrypted without being asked. */
public final class Loopback {

    private Loopback() {}

    /**
     * Asks the resolver for a name.
     *
     * @param host a name or an address; false when any of its addresses is another machine's, or when it has none
     */
    public static boolean is(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
