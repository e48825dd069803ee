package org.palomar.html;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.domain.Domain;
import org.palomar.domain.Lookalikes;

/**
 * Where a link that {@link Links} wrote goes to, as a browser reads it.
 *
 * @param host as it may be shown; empty for a link without one
 * @param domain null for an IP address or a host of one label
 */
record LinkTarget(String host, @Nullable Domain domain, boolean userInfo, boolean mail) {

    private static final LinkTarget NONE = new LinkTarget("", null, false, false);

    static LinkTarget of(String href) {
        if (href.startsWith("mailto:")) {
            String to = decoded(href.substring(7));
            int end = first(to, "?,;");
            String address = to.substring(0, end);
            Domain domain = Domain.ofAddress(address).orElse(null);
            return domain == null ? NONE : new LinkTarget(domain.shown(), domain, false, true);
        }
        int start = href.indexOf("://");
        if (start < 0 || !href.startsWith("http")) {
            return NONE;
        }
        String rest = href.substring(start + 3);
        String authority = rest.substring(0, first(rest, "/?#"));
        int at = authority.lastIndexOf('@');
        String host = decoded(authority.substring(at + 1));
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.indexOf(']', colon) < 0) {
            host = host.substring(0, colon);
        }
        Domain domain = Domain.parse(host).orElse(null);
        return new LinkTarget(domain == null ? host.toLowerCase(Locale.ROOT) : domain.shown(), domain, at >= 0, false);
    }

    /** What is wrong with a link that shows this text, or null. */
    @Nullable
    Link judge(String text) {
        if (host.isEmpty()) {
            return null;
        }
        Domain named = named(text);
        if (named != null && (domain == null ? !isLocal(host) : !domain.sameOwner(named))) {
            return new Link(host, named.shown(), Link.Doubt.OTHER_HOST);
        }
        if (mail) {
            return null;
        }
        if (userInfo) {
            return new Link(host, null, Link.Doubt.USER_INFO);
        }
        Optional<Domain> imitated = domain == null ? Optional.empty() : Lookalikes.imitated(domain);
        if (imitated.isPresent() || (domain != null && Lookalikes.deceives(domain))) {
            return new Link(host, imitated.map(Domain::ascii).orElse(null), Link.Doubt.LOOKALIKE);
        }
        if (domain == null && isNumeric(host) && !isLocal(host) && !text.contains(host)) {
            return new Link(host, null, Link.Doubt.ADDRESS);
        }
        return null;
    }

    /** The host that a text names when the whole of it is an address: a URL, a bare host or a mail address. */
    static @Nullable Domain named(String text) {
        String shown = visible(text);
        if (shown.isEmpty() || shown.length() > 300 || shown.indexOf(' ') >= 0) {
            return null;
        }
        String lower = shown.toLowerCase(Locale.ROOT);
        boolean url = lower.startsWith("http://") || lower.startsWith("https://");
        String rest = url ? shown.substring(shown.indexOf("//") + 2) : shown;
        boolean path = first(rest, "/?#") < rest.length();
        String authority = rest.substring(0, first(rest, "/?#"));
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        int colon = host.indexOf(':');
        Domain domain =
                Domain.parse(colon < 0 ? host : host.substring(0, colon)).orElse(null);
        // "Node.js" is a word; what has a scheme, a www or an at sign is meant as an address whatever its end.
        boolean meant = url || at > 0 || lower.startsWith("www.") || (path && host.indexOf('.') > 0);
        return domain != null && (meant || domain.hasKnownSuffix()) ? domain : null;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.isWhitespace(c) || c == 0xa0 ? ' ' : c)
                .forEach(visible::appendCodePoint);
        String stripped = visible.toString().strip();
        int end = stripped.length();
        while (end > 0 && ".,;:!?»›>)”\"'".indexOf(stripped.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = 0;
        while (start < end && "«‹<(“\"'".indexOf(stripped.charAt(start)) >= 0) {
            start++;
        }
        return stripped.substring(start, end);
    }

    /** Whether browsers read it as an IP address: it ends in a number, or stands in brackets. */
    private static boolean isNumeric(String host) {
        String last = host.substring(host.lastIndexOf('.', Math.max(0, host.length() - 2)) + 1);
        return host.startsWith("[") || (!last.isEmpty() && Chars.isDigit(last.charAt(0)));
    }

    /** Machines of one's own house: nobody phishes with them. */
    private static boolean isLocal(String host) {
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.startsWith("10.")
                || host.startsWith("192.168.")
                || (host.indexOf('.') < 0 && !isNumeric(host));
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static int first(String text, String stops) {
        int i = 0;
        while (i < text.length() && stops.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }
}
