package org.palomar.mime;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses as SMTP and header fields carry them, with an internationalised domain in its A-labels. */
public final class WireAddress {

    /** RFC 6531 section 3.3; without what cannot be seen, or turns the writing around. */
    private static final Pattern INTERNATIONAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-[\\P{ASCII}&&[^\\p{C}\\p{Z}]]]++"
                    + "(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-[\\P{ASCII}&&[^\\p{C}\\p{Z}]]]++)*+");

    private static final Pattern QUOTED = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*+\"");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*+");
    private static final Pattern LITERAL = Pattern.compile("\\[(?:IPv6:)?[0-9A-Fa-f:.]{2,45}]");

    private WireAddress() {}

    /**
     * The address for any server.
     *
     * @param address {@code local@domain}; local part at most 64 octets, all of it at most 254
     * @return ASCII without white space outside quotes, controls or angle brackets
     * @throws UnsendableAddress for anything that is not such an address
     */
    public static String of(String address) {
        String wire = international(address);
        if (isInternational(wire)) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NEEDS_SMTPUTF8);
        }
        return wire;
    }

    /** Whether its local part is not ASCII, which only servers with SMTPUTF8 take (RFC 6531). */
    public static boolean isInternational(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@')))
                .chars()
                .anyMatch(c -> c > 127);
    }

    /**
     * The address for a server with SMTPUTF8, the same as {@link #of} where its local part is ASCII.
     *
     * @param address {@code local@domain}; local part at most 64 octets of UTF-8, all of it at most 254
     * @throws UnsendableAddress for anything that is not such an address
     */
    public static String international(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > 320) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NOT_AN_ADDRESS);
        }
        String local = address.substring(0, at);
        String domain = domain(address, address.substring(at + 1));
        int octets = local.getBytes(StandardCharsets.UTF_8).length;
        boolean good = octets <= 64
                && (INTERNATIONAL.matcher(local).matches()
                        || QUOTED.matcher(local).matches())
                && octets + 1 + domain.length() <= 254;
        if (!good) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NOT_AN_ADDRESS);
        }
        return local + "@" + domain;
    }

    private static String domain(String address, String domain) {
        if (LITERAL.matcher(domain).matches()) {
            return domain;
        }
        try {
            // java.net.IDN would turn these into another domain: sharp s, final sigma, joiners (RFC 5894 section 7.2).
            boolean ambiguous =
                    domain.chars().anyMatch(c -> c == 0xDF || c == 0x1E9E || c == 0x3C2 || c == 0x200C || c == 0x200D);
            boolean ascii = domain.chars().allMatch(c -> c < 128);
            String labels = ascii
                    ? domain
                    : IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (!ambiguous && DOMAIN.matcher(labels).matches() && labels.length() <= 253) {
                return labels;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NOT_AN_ADDRESS);
        }
        throw new UnsendableAddress(address, UnsendableAddress.Reason.NOT_AN_ADDRESS);
    }
}
