package org.palomar.domain;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * The name of a domain (RFC 1035, RFC 5890): lower case, A-labels, without a dot at its end. Equal when the ASCII forms are.
 *
 * @param ascii as it goes over the wire
 */
public record Domain(String ascii) {

    private static final int LONGEST = 253;
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();
    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /**
     * Reads a host as browsers do (UTS 46). Never throws.
     *
     * @return empty for what is no name of at least two labels, among it IP addresses
     */
    public static Optional<Domain> parse(@Nullable String host) {
        String name = host == null ? "" : host.strip();
        if (name.isEmpty() || name.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        String ascii = name.chars().allMatch(c -> c < 128)
                        && !name.toLowerCase(Locale.ROOT).contains("xn--")
                ? name.toLowerCase(Locale.ROOT)
                : uts46(name, true);
        if (ascii.endsWith(".")) {
            ascii = ascii.substring(0, ascii.length() - 1);
        }
        return isName(ascii) ? Optional.of(new Domain(ascii)) : Optional.empty();
    }

    /** The domain of {@code local@domain}, or empty. */
    public static Optional<Domain> ofAddress(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? Optional.empty() : parse(address.substring(at + 1));
    }

    /**
     * What was registered: the label below the public suffix, and that suffix. DMARC calls it the organisational domain (RFC
     * 7489 section 3.2). The domain itself where it is a public suffix.
     */
    public Domain registered() {
        String root = SUFFIXES.getDomainRoot(ascii, null);
        if (root == null) {
            return this;
        }
        // A suffix that nobody lists has one label, as the list itself prescribes.
        int last = ascii.lastIndexOf('.');
        return new Domain(root.indexOf('.') < 0 ? ascii.substring(ascii.lastIndexOf('.', last - 1) + 1) : root);
    }

    /** The first label of {@link #registered}: what people remember. */
    public String label() {
        String registered = registered().ascii;
        return registered.substring(0, registered.indexOf('.'));
    }

    /** The public suffix: what follows {@link #label}. */
    String suffix() {
        String registered = registered().ascii;
        return registered.substring(registered.indexOf('.') + 1);
    }

    /** Whether both were registered as one. */
    public boolean sameOwner(Domain other) {
        return registered().equals(other.registered());
    }

    /** Whether the name ends in a suffix that exists, so that a text of this form may be meant as a name. */
    public boolean hasKnownSuffix() {
        return SUFFIXES.getDomainRoot(ascii, DomainType.ICANN) != null;
    }

    /** With its own letters where they deceive nobody, else as it goes over the wire. */
    public String shown() {
        if (!ascii.contains("xn--")) {
            return ascii;
        }
        return Lookalikes.deceives(this) ? ascii : unicode();
    }

    /** With its own letters, for looking at; never to be shown unjudged. */
    String unicode() {
        return ascii.contains("xn--") ? uts46(ascii, false) : ascii;
    }

    @Override
    public String toString() {
        return ascii;
    }

    private static String uts46(String name, boolean toAscii) {
        IDNA.Info info = new IDNA.Info();
        StringBuilder out = new StringBuilder();
        try {
            if (toAscii) {
                UTS46.nameToASCII(name, out, info);
            } else {
                UTS46.nameToUnicode(name, out, info);
            }
        } catch (RuntimeException _) {
            // The library is known to stumble over some malformed labels.
            return name.toLowerCase(Locale.ROOT);
        }
        return out.toString();
    }

    private static boolean isName(String ascii) {
        if (ascii.isEmpty() || ascii.length() > LONGEST) {
            return false;
        }
        String[] labels = ascii.split("\\.", -1);
        for (String label : labels) {
            boolean good = !label.isEmpty()
                    && label.length() <= 63
                    && label.chars()
                            .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
            if (!good) {
                return false;
            }
        }
        // What ends in a number is an address to browsers (WHATWG URL, "ends in a number").
        String last = labels[labels.length - 1];
        return labels.length > 1 && !Character.isDigit(last.charAt(0));
    }
}
