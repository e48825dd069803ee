package org.palomar.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * A real nginx in front of Palomar, made from {@code deploy/nginx.conf} itself: only addresses, file names and the name
 * mail.example are replaced. Loopback only; its certificate for localhost and 127.0.0.1 is made for the occasion.
 */
public final class NginxServer implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final int port;
    private final X509Certificate certificate;

    private NginxServer(Path directory, Process process, int port, X509Certificate certificate) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    /**
     * Starts it.
     *
     * @param palomarPort where Palomar listens on 127.0.0.1 with {@code palomar.trusted-proxies=127.0.0.1}
     */
    public static NginxServer start(int palomarPort) throws IOException, InterruptedException {
        return start(palomarPort, false);
    }

    /** @param buffering collects answers before it passes them on, whatever Palomar asks for, as some proxies do */
    public static NginxServer start(int palomarPort, boolean buffering) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("palomar-nginx");
        int plain = Servers.freePort();
        int tls = Servers.freePort();
        X509Certificate certificate = makeCertificate(directory);
        Path configuration = directory.resolve("nginx.conf");
        String text = configuration(directory, plain, tls, palomarPort);
        Files.writeString(
                configuration,
                buffering
                        ? replace(
                                text,
                                "proxy_buffering off;",
                                "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;")
                        : text);
        Process process = new ProcessBuilder(
                        String.valueOf(Servers.find("nginx")),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-g",
                        "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        NginxServer server = new NginxServer(directory, process, tls, certificate);
        try {
            Awaitility.await().atMost(15, TimeUnit.SECONDS).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(server.log());
                }
                return answers(tls);
            });
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Palomar as the browser sees it: {@code https://localhost:PORT/mail/}. */
    public URI uri() {
        return URI.create("https://localhost:" + port + "/mail/");
    }

    /** Trusts this server's certificate and no other. */
    public SSLContext trust() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("nginx", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What nginx wrote to its error log and output so far. */
    public String log() {
        StringBuilder log = new StringBuilder();
        for (String name : List.of("output.log", "error.log")) {
            try {
                log.append(Files.readString(directory.resolve(name)));
            } catch (IOException e) {
                log.append(name).append(" cannot be read\n");
            }
        }
        return log.toString();
    }

    @Override
    public void close() {
        // QUIT lets the master end its workers; a killed master would leave them behind.
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(Path directory, int plain, int tls, int palomar) throws IOException {
        String text = Files.readString(Path.of("deploy/nginx.conf"));
        text = replace(text, "user www-data;", "");
        text = replace(text, "worker_processes auto;", "worker_processes 1;");
        text = replace(text, "pid /run/nginx.pid;", "pid " + directory.resolve("nginx.pid") + ";");
        text = replace(text, "/var/log/nginx/", directory + "/");
        text = replace(text, "/etc/ssl/palomar/", directory + "/");
        text = replace(text, "server 127.0.0.1:8080;", "server 127.0.0.1:" + palomar + ";");
        text = replace(text, "listen 80;", "listen 127.0.0.1:" + plain + ";");
        text = replace(text, "listen 443 ssl http2;", "listen 127.0.0.1:" + tls + " ssl http2;");
        text = replace(text, "https://mail.example$request_uri", "https://localhost:" + tls + "$request_uri");
        text = replace(text, "server_name mail.example;", "server_name localhost;");
        StringBuilder temporary = new StringBuilder("http {\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary.append("    %s_temp_path %s/%s;\n".formatted(kind, directory, kind));
        }
        return replace(text, "http {\n", temporary.toString());
    }

    /** A replacement that finds nothing would test another configuration than the one we publish. */
    private static String replace(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalStateException("deploy/nginx.conf no longer has: " + from);
        }
        return text.replace(from, to);
    }

    private static X509Certificate makeCertificate(Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("fullchain.pem");
        Process openssl = new ProcessBuilder(
                        String.valueOf(Servers.find("openssl")),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout",
                        directory.resolve("privkey.pem").toString(),
                        "-out",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.log").toFile())
                .start();
        if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("openssl.log")));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
