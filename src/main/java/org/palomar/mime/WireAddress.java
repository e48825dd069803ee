package org.palomar.mime;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses as SMTP and header fields carry them: ASCII only, with an internationalised domain in its A-labels. */
public final class WireAddress {

    private static final Pattern DOT_ATOM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*+\"");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*+");
    private static final Pattern LITERAL = Pattern.compile("\\[(?:IPv6:)?[0-9A-Fa-f:.]{2,45}]");

    private WireAddress() {}

    /**
     * The address for the wire.
     *
     * @param address {@code local@domain}; local part at most 64 octets, all of it at most 254
     * @return ASCII without white space outside quotes, controls or angle brackets
     * @throws UnsendableAddress for anything that is not such an address
     */
    public static String of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > 320) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NOT_AN_ADDRESS);
        }
        String local = address.substring(0, at);
        if (local.chars().anyMatch(c -> c > 127)) {
            throw new UnsendableAddress(address, UnsendableAddress.Reason.NEEDS_SMTPUTF8);
        }
        String domain = domain(address, address.substring(at + 1));
        boolean good = local.length() <= 64
                && (DOT_ATOM.matcher(local).matches() || QUOTED.matcher(local).matches())
                && local.length() + 1 + domain.length() <= 254;
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
