package org.palomar.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.domain.Domain;
import org.palomar.trust.Trust.Leaving;

/** What a List-Unsubscribe field offers (RFC 2369 section 3.2, RFC 8058). Nothing is asked of anybody here. */
final class Unsubscribing {

    private static final int MOST = 10;
    private static final int LONGEST = 8_000;
    private static final Set<String> MAIL_FIELDS = Set.of("to", "cc", "bcc", "subject", "body");

    private Unsubscribing() {}

    /** @param formUrl path of ours that asks the list's server */
    static @Nullable Leaving offered(Header header, Checks checks, String formUrl) {
        Optional<URI> post = oneClick(header, checks);
        if (post.isPresent()) {
            return new Leaving("post", formUrl, shown(post.get()));
        }
        @Nullable Leaving page = null;
        for (String uri : uris(header.only("List-Unsubscribe"))) {
            Optional<Leaving> mail = mail(uri);
            if (mail.isPresent()) {
                return mail.get();
            }
            page = page == null
                    ? web(uri).map(url -> new Leaving("page", url.toString(), shown(url)))
                            .orElse(null)
                    : page;
        }
        return page;
    }

    /**
     * The address to POST to, when the sender offers that, and a signature that one of our own servers found good covers both
     * fields (RFC 8058 sections 3.1 and 4): else anybody could have written them.
     */
    static Optional<URI> oneClick(Header header, Checks checks) {
        // Optional white space is all that may differ (RFC 8058 section 3.1).
        boolean offered =
                header.only("List-Unsubscribe-Post").replaceAll("\\s", "").equals("List-Unsubscribe=One-Click");
        if (!offered) {
            return Optional.empty();
        }
        boolean covered = header.all("DKIM-Signature").stream()
                .limit(MOST)
                .flatMap(value -> DkimSignature.parse(value).stream())
                .filter(signature -> signature.covers("list-unsubscribe", "list-unsubscribe-post"))
                .anyMatch(signature -> checks.signed().stream().anyMatch(signature::isMeant));
        return covered
                ? uris(header.only("List-Unsubscribe")).stream()
                        .flatMap(uri -> web(uri).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** What stands in angle brackets; comments and anything else is passed over. */
    private static List<String> uris(String value) {
        List<String> uris = new ArrayList<>();
        int at = 0;
        while (uris.size() < MOST && value.length() <= LONGEST) {
            int open = value.indexOf('<', at);
            int close = open < 0 ? -1 : value.indexOf('>', open);
            if (close < 0) {
                break;
            }
            // White space comes from folding (RFC 2369 section 2).
            uris.add(value.substring(open + 1, close).replaceAll("\\s", ""));
            at = close + 1;
        }
        return uris;
    }

    private static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text);
            boolean good = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && uri.getHost() != null
                    && text.chars().allMatch(c -> c > ' ' && c < 127);
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** The message to be sent, opened in the editor: only fields that a person sees before sending (RFC 6068 section 7). */
    private static Optional<Leaving> mail(String text) {
        if (!text.regionMatches(true, 0, "mailto:", 0, 7)) {
            return Optional.empty();
        }
        int query = text.indexOf('?');
        String to = decoded(text.substring(7, query < 0 ? text.length() : query));
        Optional<Domain> domain = Domain.ofAddress(to);
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("to", to);
        for (String field : (query < 0 ? "" : text.substring(query + 1)).split("&", 20)) {
            int equals = field.indexOf('=');
            String name = field.substring(0, Math.max(equals, 0)).toLowerCase(Locale.ROOT);
            if (MAIL_FIELDS.contains(name)) {
                fields.merge(
                        name,
                        decoded(field.substring(equals + 1)),
                        (one, two) -> name.equals("subject") || name.equals("body") ? one : one + ", " + two);
            }
        }
        fields.putIfAbsent("subject", "unsubscribe");
        StringBuilder url = new StringBuilder("/compose");
        fields.forEach((name, value) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return Optional.of(new Leaving("mail", url.toString(), domain.get().shown()));
    }

    static String shown(URI uri) {
        return Domain.parse(uri.getHost()).map(Domain::shown).orElse(uri.getHost());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
