package org.palomar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Palomar as a process of its own, with a store in a directory, that can be killed as the operating system kills. */
public final class ProductProcess implements AutoCloseable {

    private final Process process;
    private final int port = Servers.freePort();
    private final Path log;

    /**
     * Starts it, and waits until it answers.
     *
     * @param store directory of the store, which outlives the process
     * @param settings {@code palomar.imap.host=…} and so on
     */
    public ProductProcess(Path store, String... settings) {
        this(400, store, settings);
    }

    /** @param heap megabytes that it may use at most */
    public ProductProcess(int heap, Path store, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.palomar.Palomar",
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--logging.level.org.palomar=info",
                "--palomar.store.url=",
                "--palomar.store.directory=" + store));
        for (String setting : settings) {
            command.add("--" + setting);
        }
        try {
            log = Files.createTempFile("palomar-process", ".log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitStart();
    }

    private void awaitStart() {
        Visitor visitor = new Visitor(port);
        for (int attempt = 0; attempt < 1_200 && process.isAlive(); attempt++) {
            try {
                if (visitor.get("readyz").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not yet.
            }
            try {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        String words = log();
        close();
        throw new IllegalStateException("Palomar does not start: " + words);
    }

    public Visitor visitor() {
        return new Visitor(port);
    }

    /** What it wrote so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: returns when it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
