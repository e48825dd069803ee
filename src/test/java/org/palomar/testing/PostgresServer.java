package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL as a child process on a free loopback port, with a user {@code palomar} that anybody on this machine may
 * be. It refuses to run as root, so root starts it as the user {@code postgres}. {@link #close} removes what it wrote.
 */
public final class PostgresServer implements AutoCloseable {

    private final Path home;
    private final Process process;
    private final int port;

    private PostgresServer(Path home, Process process, int port) {
        this.home = home;
        this.process = process;
        this.port = port;
    }

    public static PostgresServer start() {
        String programs = programs();
        if (programs.isEmpty()) {
            Servers.requireInstalled("initdb", "postgres");
        }
        try {
            Path home = Files.createTempDirectory("postgres");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path data = Files.createDirectory(home.resolve("data"));
            if (isRoot()) {
                Files.setOwner(
                        data,
                        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
            Process made = run(
                    home,
                    programs + "initdb",
                    "-D",
                    data.toString(),
                    "-U",
                    "palomar",
                    "-A",
                    "trust",
                    "-N",
                    "-E",
                    "UTF8");
            if (made.waitFor() != 0) {
                throw new IllegalStateException("initdb failed: " + Files.readString(home.resolve("log")));
            }
            int port = Servers.freePort();
            Process process = run(
                    home,
                    programs + "postgres",
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-h",
                    "127.0.0.1",
                    "-k",
                    "",
                    "-c",
                    "fsync=off");
            PostgresServer server = new PostgresServer(home, process, port);
            server.awaitStart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its user is {@code palomar}, without a password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private static Process run(Path home, String... command) throws IOException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        }
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
                .start();
    }

    private void awaitStart() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 600 && process.isAlive(); attempt++) {
            try {
                DriverManager.getConnection(url(), "palomar", "").close();
                return;
            } catch (SQLException e) {
                // Not yet.
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        String log = Files.readString(home.resolve("log"), StandardCharsets.UTF_8);
        close();
        throw new IllegalStateException("PostgreSQL does not start: " + log);
    }

    /** Debian keeps the programs of each version apart; empty where they are on the path. */
    private static String programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .map(bin -> bin + "/")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
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
