package org.palomar.door;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URL with one meaning: what is checked here is what is asked for.
 *
 * @param host in lower case and ASCII, without a dot at its end; IPv6 without brackets
 * @param path with the query, ASCII that is printed and no spaces
 */
record Target(boolean secure, String host, int port, String path) {

    private static final int LONGEST = 8_192;

    /** @return null when it is no such URL, or one that browsers and servers read in different ways */
    static @Nullable Target of(String url) {
        String rest = after(url, "https://");
        boolean secure = rest != null;
        if (rest == null) {
            rest = after(url, "http://");
        }
        if (rest == null || url.length() > LONGEST) {
            return null;
        }
        int end = 0;
        while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String path = path(rest.substring(end));
        return path == null ? null : authority(secure, rest.substring(0, end), path);
    }

    /** Where a redirect leads, or null. */
    @Nullable
    Target follow(String location) {
        String to = location.strip();
        if (after(to, "https://") != null || after(to, "http://") != null) {
            return of(to);
        }
        if (to.startsWith("//")) {
            return of((secure ? "https:" : "http:") + to);
        }
        int colon = to.indexOf(':');
        if (colon >= 0 && to.substring(0, colon).chars().allMatch(Character::isLetterOrDigit)) {
            // Another scheme.
            return null;
        }
        int query = path.indexOf('?');
        String base = query < 0 ? path : path.substring(0, query);
        String onto = to.startsWith("/")
                ? to
                : to.startsWith("?") ? base + to : base.substring(0, base.lastIndexOf('/') + 1) + to;
        String followed = path(onto);
        return followed == null ? null : new Target(secure, host, port, followed);
    }

    /** The address that is written there instead of a name, or null. */
    @Nullable
    InetAddress literal() {
        return isLiteral(host) ? InetAddress.ofLiteral(host) : null;
    }

    private static @Nullable String after(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length()) ? url.substring(scheme.length()) : null;
    }

    private static @Nullable Target authority(boolean secure, String authority, String path) {
        int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']')) : authority.indexOf(':');
        int port = secure ? 443 : 80;
        if (colon >= 0 && colon + 1 < authority.length()) {
            port = number(authority.substring(colon + 1), 65_535);
        }
        String host = host(colon < 0 ? authority : authority.substring(0, colon));
        return host == null || port <= 0 ? null : new Target(secure, host, port, path);
    }

    private static @Nullable String host(String written) {
        if (written.startsWith("[")) {
            return written.endsWith("]") ? ipv6(written.substring(1, written.length() - 1)) : null;
        }
        String host;
        try {
            host = IDN.toASCII(written).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return null;
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean plain = host.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
        if (host.isEmpty() || host.length() > 253 || !plain || host.startsWith(".") || host.contains("..")) {
            return null;
        }
        return endsInNumber(host) && !isLiteral(host) ? null : host;
    }

    private static @Nullable String ipv6(String written) {
        try {
            // Not with a zone, which names a network card of this machine.
            return written.indexOf('%') < 0 && InetAddress.ofLiteral(written) instanceof Inet6Address address
                    ? address.getHostAddress()
                    : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** {@code 2130706433}, {@code 0x7f000001} and {@code 127.1} are addresses to some and names to others. */
    private static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.startsWith("0x") || (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (number(part, 255) < 0 || (part.length() > 1 && part.startsWith("0"))) {
                return false;
            }
        }
        return true;
    }

    private static int number(String digits, int most) {
        boolean plain =
                !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = plain ? Integer.parseInt(digits) : -1;
        return value > most ? -1 : value;
    }

    private static @Nullable String path(String written) {
        int fragment = written.indexOf('#');
        String path = fragment < 0 ? written : written.substring(0, fragment);
        StringBuilder out = new StringBuilder(path.startsWith("/") ? "" : "/");
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && (octet < ' ' || octet == 0x7f)) {
                return null;
            }
            if (octet <= ' ' || "\"<>\\^`{|}".indexOf(octet) >= 0) {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            } else {
                out.append((char) octet);
            }
        }
        return out.toString();
    }
}
