package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person's browser without JavaScript: keeps cookies by path, sends forms with their token, follows redirects when asked
 * to. For one thread.
 */
public final class Visitor implements AutoCloseable {

    private static final String BOUNDARY = "palomar-test-boundary";

    private final URI base;
    private final HttpClient client;
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String token = "";

    /** A cookie as the server set it. */
    public record Cookie(String name, String value, String path, boolean secure, String line) {}

    /** A file of a multipart form. */
    public record File(String name, String type, byte[] content) {}

    /** What came back. */
    public record Answer(URI uri, int status, HttpHeaders headers, byte[] body) {

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public boolean isHtml() {
            return header("Content-Type").startsWith("text/html");
        }

        public Document html() {
            return Jsoup.parse(text(), uri.toString());
        }

        /** The sentence a page says about what happened. */
        public String flash() {
            return html().select("[data-testid=flash]").text();
        }

        public Answer expect(int wanted) {
            assertThat(status).as("%s%n%s", uri, shortened()).isEqualTo(wanted);
            return this;
        }

        private String shortened() {
            String text = isHtml() ? html().text() : text();
            return text.substring(0, Math.min(text.length(), 1_500));
        }
    }

    public Visitor(int port) {
        this(URI.create("http://127.0.0.1:" + port + "/"), null, null);
    }

    /**
     * @param base the product's root, with a slash at the end
     * @param trust for https, or null
     * @param from the local address to come from, or null
     */
    public Visitor(URI base, SSLContext trust, InetAddress from) {
        this.base = base;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .followRedirects(HttpClient.Redirect.NEVER);
        if (trust != null) {
            builder.sslContext(trust);
        }
        if (from != null) {
            builder.localAddress(from);
        }
        client = builder.build();
    }

    /** A header of every request from now on. */
    public Visitor with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public URI base() {
        return base;
    }

    public Map<String, Cookie> cookies() {
        return cookies;
    }

    /** The token of the page last seen. */
    public String token() {
        return token;
    }

    public void useToken(String other) {
        token = other;
    }

    /** Signs in through the form; the answer is the page after all redirects. */
    public Answer signIn(String username, String password) {
        open("login");
        return follow(post("login", "username", username, "password", password));
    }

    /** As one of the people of the story, whose password is the name. */
    public Visitor signedIn(String name) {
        Answer page = signIn(name + "@palomar.example", name);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.uri().getPath()).contains("/mailboxes/");
        return this;
    }

    /** GET, without following. */
    public Answer get(String path) {
        return send(request(resolve(path)).GET());
    }

    /** GET, following redirects. */
    public Answer open(String path) {
        return follow(get(path));
    }

    /** GET of an answer without end: read line by line until it is closed. */
    public EventLog listen(String path) {
        try {
            var response = client.send(request(resolve(path)).GET().build(), BodyHandlers.ofInputStream());
            return new EventLog(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** POST of a form with the token, without following. */
    public Answer post(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("_csrf");
        all.add(token);
        return postPlain(path, all.toArray(String[]::new));
    }

    /** POST of exactly these fields. */
    public Answer postPlain(String path, String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(fields[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString())));
    }

    /** POST of a multipart form with the token as a field. */
    public Answer upload(String path, Map<String, String> fields, String fileField, List<File> files) {
        return uploadPlain(path, withToken(fields), fileField, files);
    }

    private Map<String, String> withToken(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", token);
        return all;
    }

    /** POST of a multipart form of exactly these fields. A file's name goes out as given, only quotes and line ends escaped. */
    public Answer uploadPlain(String path, Map<String, String> fields, String fileField, List<File> files) {
        List<BodyPublisher> parts = new ArrayList<>();
        fields.forEach((name, value) -> parts.add(BodyPublishers.ofString("--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")));
        for (File file : files) {
            String name = file.name().replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
            parts.add(BodyPublishers.ofString("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                    + fileField + "\"; filename=\"" + name + "\"\r\nContent-Type: " + file.type() + "\r\n\r\n"));
            parts.add(BodyPublishers.ofByteArray(file.content()));
            parts.add(BodyPublishers.ofString("\r\n"));
        }
        parts.add(BodyPublishers.ofString("--" + BOUNDARY + "--\r\n"));
        return send(request(resolve(path))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new))));
    }

    /** Follows redirects from an answer, ten at most. */
    public Answer follow(Answer answer) {
        Answer last = answer;
        for (int hops = 0; hops < 10 && last.status() >= 300 && last.status() < 400; hops++) {
            last = send(request(last.uri().resolve(last.header("Location"))).GET());
        }
        return last;
    }

    /** An address of the product: relative to its root, or as a page wrote it. */
    public URI resolve(String path) {
        return base.resolve(path);
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(90))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", "en");
        headers.forEach(request::header);
        StringBuilder sent = new StringBuilder();
        for (Cookie cookie : cookies.values()) {
            if (covers(cookie.path(), uri.getPath()) && (!cookie.secure() || isTrustworthy(uri))) {
                sent.append(sent.isEmpty() ? "" : "; ")
                        .append(cookie.name())
                        .append('=')
                        .append(cookie.value());
            }
        }
        if (!sent.isEmpty()) {
            request.header("Cookie", sent.toString());
        }
        return request;
    }

    /** A visitor who says to come through TLS gets the cookies back as if it were so. */
    private boolean isTrustworthy(URI uri) {
        return uri.getScheme().equals("https") || "https".equals(headers.get("X-Forwarded-Proto"));
    }

    private static boolean covers(String cookiePath, String path) {
        return path.equals(cookiePath) || path.startsWith(cookiePath.endsWith("/") ? cookiePath : cookiePath + "/");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            Answer answer = new Answer(response.uri(), response.statusCode(), response.headers(), response.body());
            if (answer.isHtml()) {
                Element meta = answer.html().selectFirst("meta[name=csrf]");
                token = meta == null ? token : meta.attr("content");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String line) {
        String[] parts = line.split(";");
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals);
        String path = "/";
        boolean secure = false;
        boolean gone = false;
        for (int i = 1; i < parts.length; i++) {
            String attribute = parts[i].strip();
            if (attribute.startsWith("Path=")) {
                path = attribute.substring(5);
            }
            secure |= attribute.equalsIgnoreCase("Secure");
            gone |= attribute.equals("Max-Age=0");
        }
        if (gone) {
            cookies.remove(name);
        } else {
            cookies.put(name, new Cookie(name, parts[0].substring(equals + 1), path, secure, line));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
