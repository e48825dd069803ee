package org.palomar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A browser's proxy that lets one origin through and writes down what is asked of every other, which gets no answer. A browser
 * that is given it, for loopback too, cannot open a connection that is not seen here.
 */
public final class RecordingProxy implements AutoCloseable {

    private final ServerSocket server = listen();
    private final String own;
    private final int ownPort;
    private final List<String> strangers = new CopyOnWriteArrayList<>();
    private final List<String> ours = new CopyOnWriteArrayList<>();

    /** @param ownPort of {@code http://127.0.0.1}, the origin that is let through */
    public RecordingProxy(int ownPort) {
        this.ownPort = ownPort;
        this.own = "http://127.0.0.1:" + ownPort;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What was asked of others: method and URL, or host and port. */
    public List<String> strangers() {
        return strangers;
    }

    /** The paths asked of our own origin. */
    public List<String> ours() {
        return ours;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket browser = server.accept();
                Thread.ofVirtual().start(() -> serve(browser));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            String head = head(browser.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] request = head.lines().findFirst().orElse("").split(" ");
            if (request.length < 3 || !request[1].startsWith(own + "/")) {
                strangers.add(request[0] + " " + (request.length > 1 ? request[1] : ""));
                browser.getOutputStream()
                        .write("HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String path = request[1].substring(own.length());
            ours.add(path);
            pass(browser, request[0] + " " + path + " HTTP/1.1\r\n" + head.substring(head.indexOf('\n') + 1));
        } catch (IOException e) {
            // The browser went away.
        }
    }

    private void pass(Socket browser, String head) throws IOException {
        try (Socket product = new Socket(InetAddress.ofLiteral("127.0.0.1"), ownPort)) {
            StringBuilder lines = new StringBuilder();
            head.lines()
                    .filter(line -> !line.isEmpty())
                    .filter(line -> !line.regionMatches(true, 0, "proxy-connection:", 0, 17)
                            && !line.regionMatches(true, 0, "connection:", 0, 11))
                    .forEach(line -> lines.append(line).append("\r\n"));
            lines.append("Connection: close\r\n\r\n");
            product.getOutputStream().write(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> {
                try {
                    browser.getInputStream().transferTo(product.getOutputStream());
                } catch (IOException e) {
                    // One of them is done.
                }
            });
            product.getInputStream().transferTo(browser.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int octet = in.read(); octet >= 0 && head.size() < 100_000; octet = in.read()) {
            head.write(octet);
            last = last << 8 | octet;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
