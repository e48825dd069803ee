package org.palomar.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Applies the forwarded headers of trusted proxies to the request and throws all others away, before anything else sees
 * them. A valve and not a filter: Tomcat decides by its own request whether the session cookie is {@code Secure}.
 *
 * <p>{@code X-Forwarded-Prefix} is only checked here; Spring's filter applies it. {@code Forwarded} (RFC 7239) is never
 * believed: usual proxies pass it through from the browser untouched.
 */
final class ForwardedValve extends ValveBase {

    static final String PREFIX = "X-Forwarded-Prefix";

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PORT = "X-Forwarded-Port";
    private static final List<String> APPLIED = List.of(FOR, PROTO, HOST, PORT);
    private static final List<String> NEVER = List.of("Forwarded", "X-Forwarded-Ssl");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");
    private static final Pattern NAME =
            Pattern.compile("(?<name>[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(:(?<port>[0-9]{1,5}))?");

    private final TrustedProxies proxies;

    ForwardedValve(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        String peer = request.getPeerAddr();
        if (peer != null && proxies.trusts(peer)) {
            apply(request, headers, peer);
        } else {
            headers.removeHeader(PREFIX);
        }
        APPLIED.forEach(headers::removeHeader);
        NEVER.forEach(headers::removeHeader);
        getNext().invoke(request, response);
    }

    private void apply(Request request, MimeHeaders headers, String peer) {
        String forwardedFor = String.join(",", Collections.list(headers.values(FOR)));
        if (!forwardedFor.isEmpty()) {
            String client = proxies.client(peer, forwardedFor);
            request.setRemoteAddr(client);
            request.setRemoteHost(client);
        }
        String proto = headers.getHeader(PROTO);
        boolean https = "https".equalsIgnoreCase(proto);
        if (https || "http".equalsIgnoreCase(proto)) {
            request.setSecure(https);
            request.getCoyoteRequest().scheme().setString(https ? "https" : "http");
        }
        if (https || headers.getHeader(HOST) != null) {
            name(request, headers, https);
        }
        String prefix = headers.getHeader(PREFIX);
        if (prefix != null && !PATH.matcher(prefix).matches()) {
            headers.removeHeader(PREFIX);
        }
    }

    private static void name(Request request, MimeHeaders headers, boolean https) {
        String host = headers.getHeader(HOST);
        var matcher = NAME.matcher(host == null ? String.valueOf(headers.getHeader("Host")) : host);
        if (!matcher.matches()) {
            return;
        }
        request.getCoyoteRequest().serverName().setString(matcher.group("name"));
        int standard = https ? 443 : 80;
        request.setServerPort(port(headers.getHeader(PORT), port(matcher.group("port"), standard)));
    }

    private static int port(@Nullable String digits, int otherwise) {
        if (digits == null
                || digits.isEmpty()
                || digits.length() > 5
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535 ? port : otherwise;
    }
}
