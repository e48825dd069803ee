package org.palomar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stands between client and server: counts what passes and cuts connections on demand. */
public final class CuttingProxy implements AutoCloseable {

    private static final int MAX_NOTED = 1_000;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean clientSpoke;
    private volatile Predicate<String> fatal = _ -> false;
    private volatile Predicate<String> slow = _ -> false;
    private volatile @Nullable Slow held;
    private volatile boolean refusing;

    /** A command on its way, whose sender is cut off. */
    private record Slow(Socket server, CountDownLatch go, CountDownLatch done) {}

    public CuttingProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections that are open now. */
    public void cut() {
        sockets.forEach(CuttingProxy::end);
        sockets.clear();
    }

    /** Cuts one connection, once, as soon as a command that matches has gone to the server: its answer never comes. */
    public void cutAfter(Predicate<String> command) {
        fatal = command;
    }

    /**
     * Cuts one connection, once, before a command that matches has reached the server, which gets and carries it out only when
     * another of the kind comes, just before that: as if it had been slow with the first.
     */
    public void delayTillTheNext(Predicate<String> command) {
        slow = command;
    }

    /** Ends new connections at once, as a server does that is starting or overwhelmed. */
    public void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    /** Command lines sent since {@link #forget}, without their tags. */
    public List<String> commands() {
        return List.copyOf(sent);
    }

    /** How often the client spoke after the server had: the round trips since {@link #forget}, on one connection. */
    public int roundTrips() {
        return turns.get();
    }

    public void forget() {
        sent.clear();
        turns.set(0);
        clientSpoke = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing) {
                    end(client);
                    continue;
                }
                Socket server = reach();
                if (server == null) {
                    end(client);
                    continue;
                }
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            }
        } catch (IOException e) {
            cut();
        }
    }

    /** Null while the server is away. */
    private @Nullable Socket reach() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            return null;
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (fromClient) {
                    String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                    note(text);
                    if (slow.test(text)) {
                        Slow first = held;
                        if (first == null) {
                            held = new Slow(to, new CountDownLatch(1), new CountDownLatch(1));
                            from.close();
                            held.go.await();
                            out.write(buffer, 0, read);
                            to.shutdownOutput();
                            held.done.await();
                            return;
                        }
                        slow = _ -> false;
                        first.go.countDown();
                        first.done.await();
                    }
                } else {
                    clientSpoke = false;
                }
                try {
                    out.write(buffer, 0, read);
                } catch (IOException e) {
                    if (held == null || held.server != from) {
                        throw e;
                    }
                    // Who asked is gone; the server has time to end what it was told.
                }
                if (fromClient && fatal.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    fatal = _ -> false;
                    // What the server says to it has no way back, and the server hears the end only after the command.
                    from.close();
                    to.shutdownOutput();
                }
            }
        } catch (IOException | InterruptedException e) {
            end(to);
        }
        end(from);
        end(to);
        Slow slowly = held;
        if (slowly != null && slowly.server == from) {
            slowly.done.countDown();
        }
    }

    private void note(String text) {
        if (!clientSpoke) {
            turns.incrementAndGet();
        }
        clientSpoke = true;
        text.lines()
                .limit(Math.max(0, MAX_NOTED - sent.size()))
                .forEach(line -> sent.add(line.substring(line.indexOf(' ') + 1)));
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
