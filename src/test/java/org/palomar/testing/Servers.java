package org.palomar.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Finds installed servers. A missing one skips the test and says so on a laptop, and fails it under {@code CI=true}. */
public final class Servers {

    private Servers() {}

    /** Skips or fails the calling test when a program is not installed. */
    public static void requireInstalled(String... programs) {
        for (String program : programs) {
            if (find(program) == null) {
                String reason = "skipped: " + program + " is not installed";
                if ("true".equals(System.getenv("CI"))) {
                    Assertions.fail(reason);
                }
                System.err.println(reason);
                Assumptions.abort(reason);
            }
        }
    }

    /** The program's file, or null. */
    public static Path find(String program) {
        StringTokenizer path = new StringTokenizer(System.getenv().getOrDefault("PATH", ""), File.pathSeparator);
        while (path.hasMoreTokens()) {
            Path file = Path.of(path.nextToken(), program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        for (String directory : List.of("/usr/sbin", "/sbin", "/usr/local/sbin")) {
            Path file = Path.of(directory, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    /** A port of the loopback address that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits until a server greets on this loopback port; false when its process ended or a minute went by. */
    static boolean greets(int port, String greeting, Process process) {
        for (int attempt = 0; attempt < 1_200 && process.isAlive(); attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                byte[] start = socket.getInputStream().readNBytes(greeting.length());
                if (new String(start, StandardCharsets.US_ASCII).equals(greeting)) {
                    return true;
                }
            } catch (IOException e) {
                // Not yet.
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** {@code kill -9} for a process and all that it started; returns when they are gone. */
    static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
}
