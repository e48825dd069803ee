package org.palomar.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.testing.Servers;
import org.palomar.testing.TestCertificate;

/** S16: what is asked for on a person's behalf goes to the public Internet, or to the networks an operator named, and nowhere else. */
@TestInstance(Lifecycle.PER_CLASS)
class DoorTest {

    private static final Terms TERMS = new Terms(true, 10_000, Duration.ofSeconds(30), "image/*");

    /** Where the operator lets the door lead: 127.0.0.1 stands for the public Internet, 127.0.0.2 for our own network. */
    private static final DoorProperties OUTSIDE = new DoorProperties(List.of("127.0.0.1"), Set.of(80, 443), 4);

    private final Map<String, Queue<List<InetAddress>>> names = new HashMap<>();
    private final List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());
    private final List<String> inside = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, List<String>>> headers = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer outsideServer;
    private HttpServer insideServer;
    private HttpsServer secureServer;
    private SSLContext trust;
    private Door door;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Servers.requireInstalled("openssl");
        TestCertificate certificate = TestCertificate.make(directory, "pictures.example");
        trust = certificate.trusting();
        outsideServer = server(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        insideServer = HttpServer.create(
                new InetSocketAddress("127.0.0.2", outsideServer.getAddress().getPort()), 0);
        insideServer.createContext("/", exchange -> {
            inside.add(exchange.getRequestURI().toString());
            answer(exchange, 200, "secret");
        });
        insideServer.start();
        secureServer = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        secureServer.setHttpsConfigurator(new HttpsConfigurator(certificate.presenting()));
        server(secureServer);
        door = new Door(OUTSIDE, this::resolve, trust);
        name("pictures.example", "127.0.0.1");
        name("other.example", "127.0.0.1");
    }

    @AfterEach
    void nobodyCameInside() {
        assertThat(inside).isEmpty();
    }

    @AfterAll
    void stop() {
        end.countDown();
        door.close();
        outsideServer.stop(0);
        insideServer.stop(0);
        secureServer.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesWithoutTellingWhoAsks() throws Exception {
        headers.clear();

        Answer answer = door.get(plain("pictures.example", "/picture?a=b#c"), TERMS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("GET /picture?a=b");
        assertThat(headers).hasSize(1);
        assertThat(headers.getFirst().keySet())
                .containsExactlyInAnyOrder("Host", "User-agent", "Accept", "Accept-encoding", "Connection");
        assertThat(headers.getFirst().get("User-agent")).containsExactly("Palomar");
    }

    @Test
    void postsAFormAndFollowsNothing() throws Exception {
        Answer answer = door.post(secure("pictures.example", "/echo"), "List-Unsubscribe=One-Click", TERMS);

        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("POST /echo application/x-www-form-urlencoded List-Unsubscribe=One-Click");
        assertThat(door.post(plain("pictures.example", "/to?/picture"), "a=b", TERMS)
                        .status())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.2/",
                "http://127.0.0.2./",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:7f00:1::]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25lo]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[ff02::1]/",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "http://100.64.0.1/",
                "http://100.100.100.200/",
                "http://168.63.129.16/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.31.255.255/",
                "http://192.0.0.192/",
                "http://192.168.1.1/",
                "http://198.19.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://localhost/",
                "http://localhost./",
                "http://LOCALHOST/",
                "http://127.0.0.1.nip.io/",
                "http://metadata.google.internal/",
                "http://pictures.example@127.0.0.2/",
                "http://127.0.0.2\\@pictures.example/",
                "http://①②⑦.⓪.⓪.②/",
                "http://%6cocalhost/",
                "http:/127.0.0.2/",
                "http:127.0.0.2",
                "https://192.168.1.1/",
                "ftp://pictures.example/",
                "file:///etc/passwd",
                "gopher://pictures.example/",
                "http://pictures.example:80:80/",
                "http://pictures.example/a\r\nX-Header: b",
                "http://",
                "",
            })
    void doesNotLeadToOurOwnNetwork(String url) throws Exception {
        for (String name : List.of("localhost", "127.0.0.1.nip.io", "metadata.google.internal")) {
            name(name, "127.0.0.2");
        }
        try (Door strict = new Door(new DoorProperties(List.of(), Set.of(80, 443), 4), this::resolve, trust)) {
            assertThatThrownBy(() -> strict.get(url, TERMS)).isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesToWhatWasChecked() throws Exception {
        names.put("rebinding.example", new ArrayDeque<>(List.of(addresses("127.0.0.1"), addresses("127.0.0.2"))));
        lookedUp.clear();

        assertThat(door.get(plain("rebinding.example", "/picture"), TERMS).status())
                .isEqualTo(200);
        assertThat(lookedUp).containsExactly("rebinding.example");

        assertClosed(plain("rebinding.example", "/picture"));
    }

    @Test
    void oneAddressOfOurOwnClosesTheDoorToAll() throws Exception {
        names.put("both.example", new ArrayDeque<>(List.of(addresses("127.0.0.1", "127.0.0.2"))));

        assertClosed(plain("both.example", "/picture"));
    }

    @Test
    void everyRedirectIsCheckedLikeTheFirstUrl() throws Exception {
        name("inside.example", "127.0.0.2");
        int port = outsideServer.getAddress().getPort();

        assertThat(door.get(plain("pictures.example", "/to?/picture"), TERMS).status())
                .isEqualTo(200);
        assertThat(door.get(plain("pictures.example", "/hop?3"), TERMS).status())
                .isEqualTo(200);
        assertClosed(plain("pictures.example", "/hop?4"));
        assertClosed(plain("pictures.example", "/to?http://inside.example:" + port + "/"));
        assertClosed(plain("pictures.example", "/to?//127.0.0.2:" + port + "/"));
        assertClosed(plain("pictures.example", "/to?file:///etc/passwd"));
        assertClosed(secure("pictures.example", "/to?" + plain("pictures.example", "/picture")));
        assertThat(door.get(plain("pictures.example", "/to?" + secure("pictures.example", "/picture")), TERMS)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theCertificateHasToBeForTheName() throws Exception {
        assertThat(door.get(secure("pictures.example", "/picture"), TERMS).status())
                .isEqualTo(200);
        assertClosed(secure("other.example", "/picture"));
    }

    @Test
    void httpsOnlyWhereTheCallerSaysSo() {
        Terms secure = new Terms(false, 10_000, Duration.ofSeconds(30), "*/*");

        assertThatThrownBy(() -> door.get(plain("pictures.example", "/picture"), secure))
                .isInstanceOf(ClosedException.class);
        assertThatThrownBy(() ->
                        door.get(secure("pictures.example", "/to?" + plain("pictures.example", "/picture")), secure))
                .isInstanceOf(ClosedException.class);
    }

    @Test
    void whatIsTooLongOrTooSlowIsLeft() throws Exception {
        assertThat(door.get(plain("pictures.example", "/long?10000"), TERMS).body())
                .hasSize(10_000);
        assertClosed(plain("pictures.example", "/long?10001"));
        assertClosed(plain("pictures.example", "/endless"));
        assertClosed(plain("pictures.example", "/headers"));
        assertClosed(plain("pictures.example", "/compressed"));
        Terms short_ = new Terms(true, 10_000, Duration.ofMillis(300), "*/*");
        assertThatThrownBy(() -> door.get(plain("pictures.example", "/silent"), short_))
                .isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> door.get(plain("pictures.example", "/dripping"), short_))
                .isInstanceOf(ClosedException.class);
        assertThat(door.get(plain("pictures.example", "/picture"), TERMS).status())
                .isEqualTo(200);
    }

    @Test
    void nobodyLearnsWhatIsOpenInside() throws Exception {
        name("inside.example", "127.0.0.2");
        String open = plain("inside.example", "/");
        String closed = "http://inside.example:1/";
        String outsideButClosed = "http://pictures.example:1/";
        String unknown = "http://nowhere.example/";

        assertThat(List.of(open, closed, outsideButClosed, unknown))
                .extracting(url -> catchThrowable(() -> door.get(url, TERMS)))
                .allSatisfy(error -> {
                    assertThat(error).isInstanceOf(ClosedException.class).hasNoCause();
                    assertThat(error).hasMessage("not reachable");
                });
    }

    @Test
    void settingsAreValidated() {
        assertThatThrownBy(() -> new DoorProperties(List.of("intranet"), Set.of(443), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("palomar.door.networks");
    }

    private void assertClosed(String url) {
        assertThatThrownBy(() -> door.get(url, TERMS)).isInstanceOf(ClosedException.class);
    }

    private String plain(String host, String path) {
        return "http://" + host + ":" + outsideServer.getAddress().getPort() + path;
    }

    private String secure(String host, String path) {
        return "https://" + host + ":" + secureServer.getAddress().getPort() + path;
    }

    private void name(String name, String... addresses) throws UnknownHostException {
        names.put(name, new ArrayDeque<>(List.of(addresses(addresses))));
    }

    private static List<InetAddress> addresses(String... written) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String each : written) {
            addresses.add(InetAddress.ofLiteral(each));
        }
        return addresses;
    }

    /** Gives one answer after the other, and the last one for ever. */
    private List<InetAddress> resolve(String name) throws UnknownHostException {
        lookedUp.add(name);
        Queue<List<InetAddress>> answers = names.get(name);
        if (answers == null) {
            throw new UnknownHostException(name);
        }
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    private <S extends HttpServer> S server(S server) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders());
            answer(exchange, 200, exchange.getRequestMethod() + " " + exchange.getRequestURI());
        });
        server.createContext("/echo", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            answer(exchange, 200, "POST /echo " + exchange.getRequestHeaders().getFirst("Content-Type") + " " + form);
        });
        server.createContext(
                "/to",
                exchange ->
                        redirect(exchange, exchange.getRequestURI().toString().substring("/to?".length())));
        server.createContext("/hop", exchange -> {
            int left = Integer.parseInt(exchange.getRequestURI().getQuery());
            redirect(exchange, left == 1 ? "picture" : "?" + (left - 1));
        });
        server.createContext(
                "/long",
                exchange -> answer(
                        exchange,
                        200,
                        "x".repeat(Integer.parseInt(exchange.getRequestURI().getQuery()))));
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[65_536];
            try (OutputStream out = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    out.write(block);
                }
            }
        });
        server.createContext("/headers", exchange -> {
            for (int i = 0; i < 200; i++) {
                exchange.getResponseHeaders().add("X-" + i, "x");
            }
            answer(exchange, 200, "x");
        });
        server.createContext("/compressed", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, "x");
        });
        server.createContext("/silent", exchange -> await());
        server.createContext("/dripping", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write('x');
                out.flush();
                await();
            }
        });
        server.start();
        return server;
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        answer(exchange, 302, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(octets);
        }
    }
}
