package org.palomar.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.palomar.testing.Servers;

/** The built jar in a JVM of its own, as an operator starts it. */
final class ProductProcess implements AutoCloseable {

    private final Process process;
    private final int port = Servers.freePort();
    private final Path log;
    private JMXConnector jmx;

    /** @param options for the JVM, such as {@code -XX:StartFlightRecording=…} */
    ProductProcess(Path jar, List<String> options, List<String> settings) throws IOException {
        log = Files.createTempFile("palomar-bench", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--logging.level.org.palomar=warn",
                "--palomar.store.url=jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1"));
        settings.forEach(setting -> command.add("--" + setting));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitStart();
    }

    private void awaitStart() throws IOException {
        for (int attempt = 0; attempt < 1_200 && process.isAlive(); attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            try {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        String words = Files.readString(log);
        close();
        throw new IOException("Palomar does not start: " + words);
    }

    int port() {
        return port;
    }

    /** Processor time used so far, nanoseconds; the operating system counts in steps of 10 ms. */
    long cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Octets that are still in use after a collection. */
    long live() throws IOException {
        try {
            if (jmx == null) {
                VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
                jmx = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
        MemoryMXBean memory = ManagementFactory.getPlatformMXBean(jmx.getMBeanServerConnection(), MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() throws IOException {
        if (jmx != null) {
            jmx.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
