package org.palomar.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.LongConsumer;

/** What a server sends on one connection: lines and bodies, counted. For one thread. */
final class HttpInput {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 17];
    private int from;
    private int to;
    private long octets;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /** Received so far. */
    long octets() {
        return octets;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            fill();
            char c = (char) (buffer[from++] & 0xFF);
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    /**
     * The body that these headers announce.
     *
     * @param into null throws it away
     * @param progress told the octets of it so far
     * @return its octets
     */
    long body(Map<String, String> headers, int status, ByteArrayOutputStream into, LongConsumer progress)
            throws IOException {
        if (status == 204 || status == 304) {
            return 0;
        }
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return some(Long.parseLong(headers.getOrDefault("content-length", "0")), into, 0, progress);
        }
        long received = 0;
        while (true) {
            long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                while (!line().isEmpty()) {
                    // Trailers say nothing here.
                }
                return received;
            }
            received = some(size, into, received, progress);
            line();
        }
    }

    private long some(long count, ByteArrayOutputStream into, long already, LongConsumer progress) throws IOException {
        long received = already;
        for (long left = count; left > 0; ) {
            fill();
            int now = (int) Math.min(left, to - from);
            if (into != null) {
                into.write(buffer, from, now);
            }
            from += now;
            left -= now;
            received += now;
            progress.accept(received);
        }
        return received;
    }

    private void fill() throws IOException {
        if (from == to) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new EOFException("the connection ended");
            }
            octets += read;
            from = 0;
            to = read;
        }
    }
}
