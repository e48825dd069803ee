package org.palomar.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

    /** Milliseconds without an octet after which an answer is no longer waited for. */
    private static final int WAITS = 300_000;

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Meter meter = new Meter();
    private Socket socket;
    private HttpInput in;
    private long lastUsed;
    private boolean aside;
    private boolean withoutAsides;

    /** A request that asks for something. */
    @FunctionalInterface
    interface Exchange {
        void run() throws IOException;
    }

    Browser(int port) {
        this.port = port;
    }

    void cookie(String name, String value) {
        cookies.put(name, value);
    }

    Meter meter() {
        return meter;
    }

    /** What the page loads without anybody waiting for it. */
    void aside(Exchange exchange) throws IOException {
        if (!withoutAsides) {
            untimed(exchange);
        }
    }

    /** What has to be done, but nobody waits for. */
    void untimed(Exchange exchange) throws IOException {
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

    /** A form that may carry a file. */
    Page upload(String path, Map<String, String> fields, String... headers) throws IOException {
        return upload(path, fields, "", new byte[0], headers);
    }

    /** @param field the file's, or empty when there is none */
    Page upload(String path, Map<String, String> fields, String field, byte[] file, String... headers)
            throws IOException {
        String boundary = "----WebKitFormBoundaryb3nchb3nchb3nchb";
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 4_000);
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        if (!field.isEmpty()) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                            + "\"; filename=\"five.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n")
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
        byte[] head = head(method, path, body.length, headers);
        if (System.nanoTime() - lastUsed > KEPT) {
            close();
        }
        if (socket == null) {
            socket = connect();
            in = new HttpInput(socket.getInputStream());
        }
        long before = in.octets();
        long start = System.nanoTime();
        socket.getOutputStream().write(head);
        if (body.length > 0) {
            socket.getOutputStream().write(body);
        }
        int status = Integer.parseInt(in.line().substring(9, 12));
        Map<String, String> answered = new LinkedHashMap<>();
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            answered.put(name, value);
            if (name.equals("set-cookie")) {
                keep(value);
            }
        }
        boolean text = answered.getOrDefault("content-type", "").matches("text/.*|application/json.*");
        ByteArrayOutputStream content = new ByteArrayOutputStream(text ? 32_000 : 32);
        long received = in.body(answered, status, text ? content : null, progress);
        lastUsed = System.nanoTime();
        meter.add(lastUsed - start, in.octets() - before, aside);
        if ("close".equalsIgnoreCase(answered.get("connection"))) {
            close();
        }
        return new Page(status, answered, text(content.toByteArray(), answered), received);
    }

    /** What the server tells by and by, on a connection of its own. */
    EventStream events(String path) throws IOException {
        Socket events = connect();
        events.getOutputStream().write(head("GET", path, 0));
        return new EventStream(events);
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(InetAddress.getLoopbackAddress(), port);
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(WAITS);
        return connected;
    }

    private byte[] head(String method, String path, int length, String... headers) {
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
            head.append("\r\nContent-Length: ").append(length);
        }
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
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
    }
}
