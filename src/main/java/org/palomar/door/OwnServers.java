package org.palomar.door;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens servers that people named as their own and gave a password for. It goes to public addresses with TLS, or to networks the
 * operator opened; each host is looked up once and the connection goes to an address that was checked. Redirects are followed within
 * the same host only, so that a password goes nowhere else. Safe for use by many threads.
 */
public final class OwnServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnServers.class);

    private static final int REDIRECTS = 4;
    private static final int OCTETS = 24_000_000;
    private static final Duration TIME = Duration.ofSeconds(90);

    /** A small server that counts a large address book for the first time says nothing for a while. */
    private static final RequestConfig PATIENT = RequestConfig.custom()
            .setProtocolUpgradeEnabled(false)
            .setConnectionRequestTimeout(Timeout.ofSeconds(5))
            .setResponseTimeout(Timeout.of(TIME))
            .build();

    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");

    private final Guard guard;
    private final List<Network> networks;
    private final Exchange exchange;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param trust whose certificates are believed */
    public OwnServers(OwnServerProperties properties, Resolver resolver, SSLContext trust) {
        this.guard = new Guard(new DoorProperties(properties.networks(), properties.ports(), 1), resolver);
        this.networks = properties.networks().stream().map(Network::of).toList();
        this.exchange = new Exchange(trust);
    }

    /**
     * Asks, at most 90 s.
     *
     * @throws ClosedException when nothing came, for whatever reason; what was asked may have been done all the same
     */
    public Reply ask(Ask ask) throws ClosedException {
        Target target = Target.of(ask.url());
        Call call = new Call(null, new Terms(true, OCTETS, TIME, "*/*"));
        if (target == null) {
            throw new ClosedException();
        }
        Future<Reply> reply = workers.submit(() -> travel(target, ask, call));
        try {
            return reply.get(TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.debug("nothing came", e.getCause());
        } catch (TimeoutException e) {
            LOG.debug("nothing came in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            call.end();
        }
        throw new ClosedException();
    }

    private Reply travel(Target first, Ask ask, Call call) throws IOException {
        Target target = first;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Reply reply = once(target, ask, call);
            boolean redirects =
                    reply.status() / 100 == 3 && !reply.header("Location").isEmpty();
            if (!redirects) {
                return reply;
            }
            Target next = target.follow(reply.header("Location"));
            boolean same = next != null
                    && next.host().equals(first.host())
                    && next.port() == first.port()
                    && next.secure() == first.secure();
            if (next == null || !same || !REPEATABLE.contains(ask.method())) {
                throw new IOException("a redirect to elsewhere");
            }
            target = next;
        }
        throw new IOException("too many redirects");
    }

    private Reply once(Target target, Ask ask, Call call) throws IOException {
        List<InetAddress> addresses = guard.addresses(target);
        boolean plain = addresses.stream()
                .allMatch(address -> networks.stream().anyMatch(network -> network.contains(address)));
        if (!target.secure() && !plain) {
            throw new IOException("not over TLS");
        }
        HttpUriRequestBase request = new HttpUriRequestBase(ask.method(), java.net.URI.create("/"));
        request.setPath(target.path());
        request.setConfig(PATIENT);
        ask.headers().forEach(request::setHeader);
        request.setHeader("Accept-Encoding", "identity");
        request.setHeader(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (ask.username() + ":" + ask.password()).getBytes(StandardCharsets.UTF_8)));
        if (!ask.body().isEmpty()) {
            request.setEntity(new ByteArrayEntity(ask.body().getBytes(StandardCharsets.UTF_8), null));
        }
        for (int i = 0; ; i++) {
            try {
                return exchange.open(
                        target, addresses.get(i), request, call, response -> reply(response, target, call.terms()));
            } catch (Exchange.NoConnection e) {
                if (i + 1 >= Math.min(3, addresses.size())) {
                    throw e;
                }
            }
        }
    }

    private static Reply reply(ClassicHttpResponse response, Target target, Terms terms) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        return new Reply(response.getCode(), target.path(), headers, Exchange.body(response, terms));
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        exchange.close();
        workers.shutdownNow();
    }
}
