package org.palomar.door;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens other people's URLs. Each host is looked up once, each of its addresses must be public, and the connection goes to one of
 * those; each redirect is a new URL that is checked like the first. No cookies, no referrer, no credentials, no proxy, no
 * decompression. Safe for use by many threads.
 */
public final class Door implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private static final int REDIRECTS = 3;

    /** Addresses of one host that are tried one after the other. */
    private static final int TRIES = 3;

    private final Guard guard;
    private final Exchange exchange;
    private final Semaphore room;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param trust whose certificates are believed */
    public Door(DoorProperties properties, Resolver resolver, SSLContext trust) {
        this.guard = new Guard(properties, resolver);
        this.exchange = new Exchange(trust);
        this.room = new Semaphore(properties.exchanges(), true);
    }

    /**
     * Fetches what lies at a URL; follows three redirects, but none from https to http. Waits for room among other exchanges at most
     * as long as the exchange may take.
     *
     * @throws ClosedException when nothing came, for whatever reason; an answer with an error status is an answer
     */
    public Answer get(String url, Terms terms) throws ClosedException {
        return open(url, null, terms);
    }

    /**
     * Posts a form; follows no redirects.
     *
     * @param form {@code application/x-www-form-urlencoded}, ASCII
     * @throws ClosedException as for {@link #get}; the server may have received the form all the same
     */
    public Answer post(String url, String form, Terms terms) throws ClosedException {
        return open(url, form, terms);
    }

    private Answer open(String url, @Nullable String form, Terms terms) throws ClosedException {
        Target target = Target.of(url);
        Call call = new Call(form == null ? null : form.getBytes(StandardCharsets.US_ASCII), terms);
        try {
            if (target == null || !room.tryAcquire(terms.time().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ClosedException();
            }
            Future<Answer> answer = workers.submit(() -> {
                try {
                    return travel(target, call);
                } finally {
                    room.release();
                }
            });
            try {
                return answer.get(terms.time().toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                call.end();
            }
        } catch (ExecutionException e) {
            // The host is a stranger's word and stays out of the log.
            LOG.debug("nothing came", e.getCause());
        } catch (TimeoutException e) {
            LOG.debug("nothing came in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ClosedException();
    }

    private Answer travel(Target first, Call call) throws IOException {
        Target target = first;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Answer answer = ask(target, call);
            String location = answer.redirects() && !call.posts() ? answer.location() : null;
            if (location == null) {
                return answer;
            }
            Target next = target.follow(location);
            if (next == null || (target.secure() && !next.secure())) {
                throw new IOException("a redirect to nowhere");
            }
            target = next;
        }
        throw new IOException("too many redirects");
    }

    private Answer ask(Target target, Call call) throws IOException {
        if (!target.secure() && !call.terms().plain()) {
            throw new IOException("not over TLS");
        }
        List<InetAddress> addresses = guard.addresses(target);
        for (int i = 0; ; i++) {
            try {
                return exchange.ask(target, addresses.get(i), call);
            } catch (Exchange.NoConnection e) {
                if (i + 1 >= Math.min(TRIES, addresses.size())) {
                    throw e;
                }
            }
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        exchange.close();
        workers.shutdownNow();
    }
}
