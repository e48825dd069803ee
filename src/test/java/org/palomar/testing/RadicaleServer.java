package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Radicale as a child process on a free loopback port; anybody who signs in as {@code alice}, {@code bob} and so on with that name
 * for a password has an address book. {@link #close} removes what it wrote.
 */
public final class RadicaleServer implements AutoCloseable {

    private final Path home;
    private final Process process;
    private final int port;

    private RadicaleServer(Path home, Process process, int port) {
        this.home = home;
        this.process = process;
        this.port = port;
    }

    public static RadicaleServer start() {
        Servers.requireInstalled("radicale");
        try {
            Path home = Files.createTempDirectory("radicale");
            int port = Servers.freePort();
            Files.writeString(home.resolve("users"), "alice:alice\nbob:bob\ncarol:carol\ndan:dan\nerin:erin\n");
            Files.writeString(home.resolve("config"), """
                    [server]
                    hosts = 127.0.0.1:%d
                    [auth]
                    type = htpasswd
                    htpasswd_filename = %s
                    htpasswd_encryption = plain
                    delay = 0
                    [storage]
                    filesystem_folder = %s
                    """.formatted(port, home.resolve("users"), home.resolve("data")));
            Process process = new ProcessBuilder(
                            Servers.find("radicale").toString(),
                            "--config",
                            home.resolve("config").toString())
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
            RadicaleServer server = new RadicaleServer(home, process, port);
            server.await();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void await() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 900 && process.isAlive(); attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                // Not yet.
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        String log = Files.readString(home.resolve("log"));
        close();
        throw new IllegalStateException("Radicale does not start: " + log);
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Makes an address book; its path. */
    public String book(String person, String name) {
        String path = "/" + person + "/" + name + "/";
        int status = send(person, "MKCOL", path, "application/xml", """
                <?xml version="1.0" encoding="utf-8"?>
                <d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop>\
                <d:resourcetype><d:collection/><c:addressbook/></d:resourcetype><d:displayname>%s</d:displayname>\
                </d:prop></d:set></d:mkcol>""".formatted(name))
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("MKCOL says " + status);
        }
        return path;
    }

    /** Puts a card, whatever is there. */
    public void put(String person, String path, String card) {
        int status = send(person, "PUT", path, "text/vcard", card).statusCode();
        if (status / 100 != 2) {
            throw new IllegalStateException("PUT says " + status);
        }
    }

    public void delete(String person, String path) {
        int status = send(person, "DELETE", path, "text/plain", "").statusCode();
        if (status / 100 != 2) {
            throw new IllegalStateException("DELETE says " + status);
        }
    }

    /** The cards of an address book by the name they give. */
    public TreeMap<String, String> cards(String person, String book) {
        TreeMap<String, String> cards = new TreeMap<>();
        String all = send(person, "GET", book, "text/plain", "").body();
        for (String card : all.split("(?=BEGIN:VCARD)")) {
            var name = Pattern.compile("(?m)^FN:(.*?)\\r?$").matcher(card);
            if (name.find()) {
                String key = name.group(1);
                while (cards.containsKey(key)) {
                    key += "+";
                }
                cards.put(key, card);
            }
        }
        return cards;
    }

    /** Paths of the cards of an address book. */
    public List<String> paths(String person, String book) {
        String all = send(person, "PROPFIND", book, "application/xml", "").body();
        return Pattern.compile("<href>([^<]*\\.vcf)</href>")
                .matcher(all)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** Each on a connection of its own: Radicale ends them without saying so. */
    private HttpResponse<String> send(String person, String method, String path, String type, String body) {
        String basic = Base64.getEncoder().encodeToString((person + ":" + person).getBytes());
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", type)
                            .header("Depth", "1")
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
