package org.palomar.web;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Whose word counts about where a request came from. Anybody can send {@code X-Forwarded-For}; only what the configured
 * proxies say is believed, and of that only what they themselves saw.
 */
final class TrustedProxies {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final List<IpAddressMatcher> proxies;

    /** @throws IllegalArgumentException when an entry is neither an IP address nor a CIDR block */
    TrustedProxies(List<String> proxies) {
        this.proxies = proxies.stream().map(TrustedProxies::matcher).toList();
    }

    boolean trusts(String address) {
        return isAddress(address) && proxies.stream().anyMatch(proxy -> proxy.matches(address));
    }

    /**
     * The browser's address: the nearest hop that is not one of ours. What stands to the left of it was written by
     * strangers.
     *
     * @param peer the address of the trusted proxy that is connected to us
     * @param forwardedFor {@code X-Forwarded-For}, several headers joined with commas; may be empty
     */
    String client(String peer, String forwardedFor) {
        String client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int hop = hops.length - 1; hop >= 0 && trusts(client); hop--) {
            String address = withoutPort(hops[hop].strip());
            if (!isAddress(address)) {
                break;
            }
            client = address;
        }
        return client;
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? "" : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return false;
        }
        try {
            new IpAddressMatcher(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static IpAddressMatcher matcher(String proxy) {
        try {
            return new IpAddressMatcher(proxy.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "palomar.trusted-proxies takes IP addresses and CIDR blocks, not \"" + proxy + "\"", e);
        }
    }
}
