package org.palomar.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * HTTP/1.1 on one kept connection with the headers a browser sends, and a clock around each exchange: from the first octet
 * sent to the last received. Unpacking and looking at the answer are not timed. For one thread.
 */
final class Browser implements AutoCloseable {

    /** Nanoseconds after which the server may have closed a connection; a browser would see it. */
    private static final long KEPT = 5_000_000_000L;

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Meter meter = new Meter();
    private final byte[] buffer = new byte[1 << 17];
    private Socket socket;
    private InputStream in;
    private int from;
    private int to;
    private long octets;
    private long lastUsed;
    private boolean aside;
    private boolean withoutAsides;

    /** @param text of what is text; files are received and thrown away */
    record Page(int status, Map<String, String> headers, String text, long octets) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        boolean redirects() {
            return status == 302 || status == 303;
        }

        int count(String words) {
            int found = 0;
            for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length())) {
                found++;
            }
            return found;
        }

        /** What stands between these. */
        String between(String start, String end) {
            int at = text.indexOf(start);
            if (at < 0) {
                throw new IllegalStateException("no " + start + " in a page of " + text.length() + " characters");
            }
            return text.substring(at + start.length(), text.indexOf(end, at + start.length()));
        }

        Page expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(
                        "answered " + status + ": " + text.substring(0, Math.min(2_000, text.length())));
            }
            return this;
        }
    }

    /** A request that asks for something. */
    @FunctionalInterface
    interface Exchange {
        void run() throws IOException;
    }

    Browser(int port) {
        this.port = port;
        // As the page's script leaves it.
        cookies.put("zone", "Europe%2FMadrid");
    }

    Meter meter() {
        return meter;
    }

    /** What the page loads without anybody waiting for it. */
    void aside(Exchange exchange) throws IOException {
        if (withoutAsides) {
            return;
        }
        aside = true;
        try {
            exchange.run();
        } finally {
            aside = false;
        }
    }

    void withoutAsides() {
        withoutAsides = true;
    }

    boolean isWithoutAsides() {
        return withoutAsides;
    }

    Page get(String path, String... headers) throws IOException {
        return send("GET", path, new byte[0], headers, _ -> {});
    }

    /** @param progress told the octets of the file so far */
    Page download(String path, LongConsumer progress) throws IOException {
        return send("GET", path, new byte[0], new String[0], progress);
    }

    Page post(String path, Map<String, String> fields, String... headers) throws IOException {
        StringBuilder form = new StringBuilder();
        // A key may come again with a number behind it, as in ref#2.
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name.contains("#") ? name.substring(0, name.indexOf('#')) : name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(
                "POST",
                path,
                form.toString().getBytes(StandardCharsets.US_ASCII),
                with(headers, "Content-Type", "application/x-www-form-urlencoded"),
                _ -> {});
    }

    /** @param file under the name {@code attachments}, or null */
    Page upload(String path, Map<String, String> fields, byte[] file, String... headers) throws IOException {
        String boundary = "----WebKitFormBoundaryb3nchb3nchb3nchb";
        ByteArrayOutputStream body = new ByteArrayOutputStream((file == null ? 0 : file.length) + 4_000);
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        if (file != null) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"attachments\";"
                            + " filename=\"five.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        String type = "multipart/form-data; boundary=" + boundary;
        return send("POST", path, body.toByteArray(), with(headers, "Content-Type", type), _ -> {});
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    private Page send(String method, String path, byte[] body, String[] headers, LongConsumer progress)
            throws IOException {
        StringBuilder head = new StringBuilder(900)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port)
                .append(
                        "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
                                + "\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
                                + "\r\nAccept-Encoding: gzip, deflate\r\nAccept-Language: en-GB,en;q=0.9,es;q=0.8\r\nCookie: ");
        String separator = "";
        for (Map.Entry<String, String> cookie : cookies.entrySet()) {
            head.append(separator).append(cookie.getKey()).append('=').append(cookie.getValue());
            separator = "; ";
        }
        for (int i = 0; i < headers.length; i += 2) {
            head.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
        }
        if (method.equals("POST")) {
            head.append("\r\nContent-Length: ").append(body.length);
        }
        byte[] octetsOfHead = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (System.nanoTime() - lastUsed > KEPT) {
            close();
        }
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        }
        long before = octets;
        long start = System.nanoTime();
        socket.getOutputStream().write(octetsOfHead);
        if (body.length > 0) {
            socket.getOutputStream().write(body);
        }
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, String> answered = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            answered.put(name, value);
            if (name.equals("set-cookie")) {
                keep(value);
            }
        }
        boolean text = answered.getOrDefault("content-type", "").startsWith("text/");
        ByteArrayOutputStream content = new ByteArrayOutputStream(text ? 32_000 : 32);
        long received = body(answered, status, text ? content : null, progress);
        lastUsed = System.nanoTime();
        meter.add(lastUsed - start, octets - before, aside);
        if ("close".equalsIgnoreCase(answered.get("connection"))) {
            close();
        }
        return new Page(status, answered, text(content.toByteArray(), answered), received);
    }

    private static String text(byte[] content, Map<String, String> headers) throws IOException {
        byte[] plain = content;
        if ("gzip".equals(headers.get("content-encoding"))) {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
                plain = unpacked.readAllBytes();
            }
        }
        return new String(plain, StandardCharsets.UTF_8);
    }

    private long body(Map<String, String> headers, int status, ByteArrayOutputStream into, LongConsumer progress)
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

    private String line() throws IOException {
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

    private void keep(String cookie) {
        String[] parts = cookie.split(";");
        int equals = parts[0].indexOf('=');
        if (cookie.contains("Max-Age=0") || equals == parts[0].length() - 1) {
            cookies.remove(parts[0].substring(0, equals));
        } else {
            cookies.put(parts[0].substring(0, equals), parts[0].substring(equals + 1));
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        socket = null;
        from = 0;
        to = 0;
    }
}
