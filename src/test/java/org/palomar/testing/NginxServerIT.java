package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.web.ProxyFixture;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** What deploy/nginx.conf does to requests, seen by a plain servlet behind Palomar's own proxy handling. */
class NginxServerIT {

    private static WebServer palomar;
    private static NginxServer nginx;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        Servers.requireInstalled("nginx", "openssl");
        ServletRegistrationBean<Echo> echo = new ServletRegistrationBean<>(new Echo(), "/*");
        echo.setMultipartConfig(new MultipartConfigElement("", 30 << 20, 40 << 20, 0));
        palomar = ProxyFixture.serve(List.of("127.0.0.1"), echo);
        nginx = NginxServer.start(palomar.getPort());
        client = HttpClient.newBuilder().sslContext(nginx.trust()).build();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (nginx != null) {
            nginx.close();
        }
        if (palomar != null) {
            palomar.stop();
        }
    }

    @Test
    void palomarSeesTheBrowserItsNameAndThePath() throws Exception {
        HttpResponse<String> response = get("where?a=1");
        assertThat(response.headers().firstValue("Where"))
                .hasValue("https localhost:%d /mail/where context=/mail from 127.0.0.1"
                        .formatted(nginx.uri().getPort()));
    }

    @Test
    void aBrowserCannotForgeForwardedHeaders() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(nginx.uri().resolve("where"))
                        .header("X-Forwarded-For", "203.0.113.66")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("X-Forwarded-Port", "666")
                        .header("X-Forwarded-Prefix", "/evil")
                        .header("Forwarded", "for=203.0.113.66;host=evil.example;proto=http")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Where"))
                .hasValue("https localhost:%d /mail/where context=/mail from 127.0.0.1"
                        .formatted(nginx.uri().getPort()));
    }

    @Test
    void cookiesBelongToThePathAndTravelEncrypted() throws Exception {
        List<String> cookies = get("cookies").headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies)
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("JSESSIONID=").contains("Path=/mail"));
        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie).startsWith("own=1").contains("Path=/mail"));
        assertThat(cookies)
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure").doesNotContain("/mail/mail"));
    }

    @Test
    void redirectsStayUnderThePath() throws Exception {
        HttpResponse<String> response = get("redirect");
        assertThat(nginx.uri().resolve(response.headers().firstValue("Location").orElseThrow()))
                .isEqualTo(nginx.uri().resolve("next"));
        URI bare = URI.create(nginx.uri().toString().replaceAll("/$", ""));
        HttpResponse<String> slash =
                client.send(HttpRequest.newBuilder(bare).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(slash.statusCode()).isEqualTo(308);
        assertThat(slash.headers().firstValue("Location")).hasValue(nginx.uri().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailboxes/A~2Fb~C3~A9/messages/7.1", "mailboxes/~2E~2E", "a%20b", "a+b~2D_c"})
    void segmentsArriveAsTheBrowserWroteThem(String path) throws Exception {
        assertThat(get(path).headers().firstValue("Where").orElseThrow()).contains(" /mail/" + path + " ");
    }

    @Test
    void twentyFiveMegabytesPass() throws Exception {
        byte[] file = new byte[25 << 20];
        String head = "--x\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(nginx.uri().resolve("upload"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.concat(
                                HttpRequest.BodyPublishers.ofString(head),
                                HttpRequest.BodyPublishers.ofByteArray(file),
                                HttpRequest.BodyPublishers.ofString("\r\n--x--\r\n")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(nginx.log()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Integer.toString(file.length));
    }

    @Test
    void newsArriveBeforeTheStreamEnds() throws Exception {
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(nginx.uri().resolve("events")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            assertThat(in.readNBytes(7)).isEqualTo("data:1\n".getBytes("UTF-8"));
            Echo.goOn.countDown();
            assertThat(in.readAllBytes()).isEqualTo("data:2\n".getBytes("UTF-8"));
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(nginx.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1;
        static final java.util.concurrent.CountDownLatch goOn = new java.util.concurrent.CountDownLatch(1);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader(
                    "Where",
                    "%s %s:%d %s context=%s from %s"
                            .formatted(
                                    request.getScheme(),
                                    request.getServerName(),
                                    request.getServerPort(),
                                    request.getRequestURI(),
                                    request.getContextPath(),
                                    request.getRemoteAddr()));
            switch (request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo())) {
                case "/cookies" -> {
                    request.getSession();
                    response.addHeader("Set-Cookie", "own=1; Path=" + request.getContextPath() + "; Secure");
                }
                case "/redirect" -> response.sendRedirect(request.getContextPath() + "/next");
                case "/events" -> {
                    response.setContentType("text/event-stream");
                    OutputStream out = response.getOutputStream();
                    out.write("data:1\n".getBytes("UTF-8"));
                    out.flush();
                    try {
                        if (goOn.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
                            out.write("data:2\n".getBytes("UTF-8"));
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                default -> response.setStatus(HttpServletResponse.SC_OK);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().print(request.getPart("attachments").getSize());
            } catch (jakarta.servlet.ServletException e) {
                throw new IOException(e);
            }
        }
    }
}
