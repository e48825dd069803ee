package org.palomar.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

class ForwardedValveTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void throwsEveryForwardedHeaderOfAStrangerAway() throws Exception {
        start(List.of("192.0.2.1"));
        HttpResponse<String> response = get(
                "X-Forwarded-For", "203.0.113.9",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "evil.example",
                "X-Forwarded-Port", "666",
                "X-Forwarded-Prefix", "/evil",
                "X-Forwarded-Ssl", "on",
                "Forwarded", "for=203.0.113.9;host=evil.example;proto=https");
        assertThat(where(response))
                .isEqualTo("127.0.0.1 http 127.0.0.1:" + server.getPort() + " context= secure=false left=[]");
        assertThat(response.headers().firstValue("Location")).hasValue("/next");
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("Secure");
    }

    @Test
    void believesATrustedProxy() throws Exception {
        start(List.of("127.0.0.0/8"));
        HttpResponse<String> response = get(
                "X-Forwarded-For", "198.51.100.7, 203.0.113.9",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "mail.example",
                "X-Forwarded-Prefix", "/mail",
                "Forwarded", "for=198.51.100.7;host=evil.example");
        assertThat(where(response)).isEqualTo("203.0.113.9 https mail.example:443 context=/mail secure=true left=[]");
        assertThat(response.headers().firstValue("Location")).hasValue("/mail/next");
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    }

    @Test
    void takesPortsAndRefusesNonsense() throws Exception {
        start(List.of("127.0.0.1"));
        assertThat(where(get("X-Forwarded-Host", "mail.example:8443", "X-Forwarded-Proto", "https")))
                .contains("https mail.example:8443");
        assertThat(where(get("X-Forwarded-Host", "mail.example", "X-Forwarded-Port", "8080")))
                .contains("http mail.example:8080");
        assertThat(where(get("X-Forwarded-Host", "evil.example/path?x=", "X-Forwarded-Port", "99999")))
                .contains("http 127.0.0.1:" + server.getPort());
        for (String prefix : List.of("//evil.example", "/a/../b//", "https://evil.example", "/a b", "evil")) {
            assertThat(where(get("X-Forwarded-Prefix", prefix))).contains("context= ");
        }
        assertThat(where(get("X-Forwarded-Prefix", "/a/b-c"))).contains("context=/a/b-c ");
    }

    private void start(List<String> trusted) throws Exception {
        server = ProxyFixture.serve(trusted, new ServletRegistrationBean<>(new Echo(), "/*"));
    }

    private static String where(HttpResponse<String> response) {
        return response.headers().firstValue("Where").orElseThrow();
    }

    private HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getPort() + "/where");
        return client.send(HttpRequest.newBuilder(uri).headers(headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession();
            if (request.getRequestURI().startsWith("//")) {
                throw new IllegalStateException(request.getRequestURI());
            }
            List<String> left = Collections.list(request.getHeaderNames()).stream()
                    .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("forwarded"))
                    .toList();
            String body = "%s %s %s:%d context=%s secure=%s left=%s"
                    .formatted(
                            request.getRemoteAddr(),
                            request.getScheme(),
                            request.getServerName(),
                            request.getServerPort(),
                            request.getContextPath(),
                            request.isSecure(),
                            left);
            response.setHeader("Where", body);
            response.sendRedirect(request.getContextPath() + "/next", HttpServletResponse.SC_FOUND, false);
        }
    }
}
