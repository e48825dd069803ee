package org.palomar.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;

/** S15, S19, S39: pictures from elsewhere, from the letter to the server they lie on. */
class RemotePicturesIT {

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static DovecotServer dovecot;
    private static HttpServer elsewhere;
    private static Product product;
    private static String message;

    @BeforeAll
    static void start() throws IOException {
        dovecot = DovecotServer.start();
        elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] picture = picture(300, 20);
        serve("/good.png", "text/html", picture);
        serve("/other.png", "image/png", picture);
        serve("/back.gif", "image/gif", "GIF89a\1\0\1\0".getBytes(StandardCharsets.ISO_8859_1));
        serve(
                "/image.svg",
                "image/svg+xml",
                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
        serve("/page.png", "image/png", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        serve("/bomb.png", "image/png", bomb(picture));
        serve("/large.png", "image/png", Arrays.copyOf(picture, 300_000));
        elsewhere.start();
        product = Product.at(
                dovecot.port(),
                "palomar.remote.size=200KB",
                "palomar.remote.per-minute=20",
                "palomar.remote.key=0123456789abcdef0123456789abcdef");
        String base = "http://127.0.0.1:" + elsewhere.getAddress().getPort();
        dovecot.put(
                "alice@palomar.example",
                "INBOX",
                ("""
                From: Shop <shop@elsewhere.example>\r
                Subject: Offers\r
                Message-ID: <offers@elsewhere.example>\r
                MIME-Version: 1.0\r
                Content-Type: text/html; charset=utf-8\r
                \r
                <body background="%1$s/back.gif"><p style="background:url(%1$s/other.png)">Offers</p>\r
                <img alt=good src="%1$s/good.png"><img alt=svg src="%1$s/image.svg">\r
                <img alt=page src="%1$s/page.png"><img alt=bomb src="%1$s/bomb.png"><img alt=large src="%1$s/large.png">\r
                <img alt=none src="%1$s/none.png"><img alt=inside src="http://127.0.0.2:%2$d/good.png">\r
                <img src="%1$s/open.gif?id=1" width=1 height=1></body>\r
                """).formatted(base, elsewhere.getAddress().getPort()).getBytes(StandardCharsets.UTF_8));
        try (Visitor alice = product.visitor().signedIn("alice")) {
            Element row = alice.get("/mailboxes/INBOX").html().selectFirst("[data-testid=message-row]");
            message = "/mailboxes/INBOX/messages/" + row.attr("data-ref");
        }
    }

    @AfterAll
    static void stop() {
        product.close();
        elsewhere.stop(0);
        dovecot.close();
    }

    @Test
    void nothingIsAskedForBeforeConsent() {
        ASKED.clear();
        try (Visitor alice = product.visitor().signedIn("alice")) {
            Visitor.Answer page = alice.get(message).expect(200);
            assertThat(page.html().select("[data-testid=remote-blocked]").text())
                    .contains("Remote pictures hidden", "1 tracker blocked: 127.0.0.1");
            assertThat(page.html().selectFirst("iframe").attr("src")).doesNotContain("images");
            for (String path : List.of("/body", "/measure")) {
                Visitor.Answer letter = alice.get(message + path).expect(200);
                assertThat(letter.header("Content-Security-Policy")).contains("img-src data:;");
                assertThat(letter.text()).doesNotContain("remote-image?").doesNotContain("127.0.0.");
            }
            assertThat(alice.get(message + "/print").text()).doesNotContain("images=1");
        }
        assertThat(ASKED).isEmpty();
    }

    @Test
    void s19PicturesComeThroughUsAndOnlyThoseThatAreSafe() {
        ASKED.clear();
        try (Visitor alice = product.visitor().signedIn("alice");
                Visitor anybody = product.visitor()) {
            Visitor.Answer page = alice.get(message + "?images=1").expect(200);
            assertThat(page.html().select("[data-testid=remote-blocked]")).isEmpty();
            assertThat(page.html().select("[data-testid=trackers]").text()).contains("1 tracker blocked");
            assertThat(page.html().select("a[href*=print]").attr("href")).contains("images=1");
            String frame = page.html().selectFirst("iframe").attr("src");
            Visitor.Answer letter = alice.get(frame).expect(200);
            assertThat(letter.header("Content-Security-Policy"))
                    .contains("img-src data: " + alice.base().resolve("/remote-image") + ";");
            assertThat(letter.text()).doesNotContain("127.0.0.").contains("url('/remote-image?");

            Visitor.Answer good = anybody.get(source(letter, "good")).expect(200);
            assertThat(good.body()).isEqualTo(picture(300, 20));
            assertThat(good.header("Content-Type")).isEqualTo("image/png");
            assertThat(good.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(good.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
            assertThat(good.header("Cache-Control")).isEqualTo("private, max-age=86400, immutable");
            assertThat(good.header("Set-Cookie")).isEmpty();
            anybody.get(source(letter, "good")).expect(200);
            assertThat(ASKED).as("asked for once, by nobody").containsExactly("/good.png Palomar null null");

            for (String refused : List.of("svg", "page", "bomb", "large", "none", "inside")) {
                Visitor.Answer none = anybody.get(source(letter, refused)).expect(404);
                assertThat(none.body()).as(refused).isEmpty();
            }
            assertThat(ASKED).noneMatch(each -> each.contains("open.gif"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void s19UnsignedAndAlteredUrlsAreRefused() {
        try (Visitor alice = product.visitor().signedIn("alice");
                Visitor bob = product.visitor().signedIn("bob")) {
            String good = source(alice.get(message + "/body?images=1"), "good");
            ASKED.clear();
            for (String url : List.of(
                    "/remote-image",
                    "/remote-image?u=http://127.0.0.1/",
                    good.replaceAll("&s=.*", ""),
                    good.replaceAll("&s=.", "&s=~"),
                    good.replaceAll("u=aHR0", "u=aHR1"),
                    good.replaceAll("&p=[^&]*", "&p=somebody"),
                    good.replaceAll("&m=[^&]*", "&m=another"),
                    good.replaceAll("&e=[^&]*", "&e=99999"))) {
                assertThat(url).isNotEqualTo(good);
                bob.get(url).expect(403);
            }
        }
        assertThat(ASKED).isEmpty();
    }

    @Test
    void nobodyHasUsFetchWithoutEnd() {
        PictureUrls urls = product.bean(PictureUrls.class);
        String base = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/none.png?";
        try (Visitor anybody = product.visitor()) {
            org.palomar.mail.MessageRef ref =
                    org.palomar.mail.MessageRef.parse(new org.palomar.mail.MailboxName("INBOX"), "1.1");
            for (int i = 0; i < 20; i++) {
                anybody.get(urls.path("carol", ref, base + i)).expect(404);
            }
            Visitor.Answer enough =
                    anybody.get(urls.path("carol", ref, base + 20)).expect(429);
            assertThat(enough.header("Retry-After")).isEqualTo("60");
            anybody.get(urls.path("dan", ref, base + 20)).expect(404);
        }
    }

    @Test
    void aSenderOnceChosenIsShownUntilTakenBack() {
        try (Visitor bob = product.visitor().signedIn("bob")) {
            dovecot.put("bob@palomar.example", "INBOX", """
                    From: Shop <Shop@Elsewhere.example>\r
                    Subject: Offers\r
                    Content-Type: text/html\r
                    \r
                    <p>x<img src="http://127.0.0.1/a.png">\r
                    """.getBytes(StandardCharsets.UTF_8));
            Element row = bob.get("/mailboxes/INBOX").html().selectFirst("[data-testid=message-row]");
            String path = "INBOX/" + row.attr("data-ref");
            String page = "/mailboxes/INBOX/messages/" + row.attr("data-ref");
            Element form = bob.get(page).html().selectFirst("[data-testid=remote-blocked] form");
            assertThat(form.select("[name=message]").val()).isEqualTo(path);
            Visitor.Answer chosen = bob.post(
                    "/settings/pictures/senders",
                    "address",
                    form.select("[name=address]").val(),
                    "message",
                    path);
            assertThat(chosen.status()).isEqualTo(303);
            assertThat(chosen.header("Location")).endsWith(page + "?images=1");
            assertThat(bob.get(page).html().selectFirst("iframe").attr("src")).contains("images=1");
            Visitor.Answer settings = bob.get("/settings").expect(200);
            assertThat(settings.html()
                            .select("[data-testid=picture-senders] bdi")
                            .eachText())
                    .containsExactly("shop@elsewhere.example");
            bob.post("/settings/pictures/senders/remove", "address", "shop@elsewhere.example");
            assertThat(bob.get(page).html().selectFirst("iframe").attr("src")).doesNotContain("images=1");

            bob.post("/settings/pictures", "show", "always");
            assertThat(bob.get(page).html().selectFirst("iframe").attr("src")).contains("images=1");
            bob.post("/settings/pictures", "show", "ask");
            assertThat(bob.get(page).html().selectFirst("iframe").attr("src")).doesNotContain("images=1");

            bob.post("/settings/pictures/senders", "address", "nobody", "message", "//evil.example/1.1");
            assertThat(bob.get("/settings").html().select("[data-testid=picture-senders]"))
                    .isEmpty();
        }
    }

    private static String source(Visitor.Answer letter, String alt) {
        return letter.html().selectFirst("img[alt=" + alt + "]").attr("src");
    }

    private static void serve(String path, String mediaType, byte[] content) {
        elsewhere.createContext(path, exchange -> {
            ASKED.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent") + " "
                    + exchange.getRequestHeaders().getFirst("Cookie") + " "
                    + exchange.getRequestHeaders().getFirst("Referer"));
            exchange.getResponseHeaders().add("Content-Type", mediaType);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private static byte[] picture(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    /** The same picture, saying that it is 30,000 pixels each way. */
    private static byte[] bomb(byte[] picture) {
        byte[] bomb = picture.clone();
        for (int at : new int[] {16, 20}) {
            bomb[at + 2] = 0x75;
            bomb[at + 3] = 0x30;
        }
        CRC32 crc = new CRC32();
        crc.update(bomb, 12, 17);
        for (int i = 0; i < 4; i++) {
            bomb[29 + i] = (byte) (crc.getValue() >> 8 * (3 - i));
        }
        return bomb;
    }
}
