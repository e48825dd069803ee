package org.palomar.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.palomar.testing.Servers;

/**
 * Debian's Roundcube as its package leaves it, but for the addresses of the servers: an nginx and a php-fpm of its own on a
 * loopback port, with what they write in a directory that {@link #close} removes.
 */
final class RoundcubeServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/share/roundcube");
    private static final Path DEFAULTS = Path.of("/etc/roundcube");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path home = Files.createTempDirectory("roundcube");
    private final int port = Servers.freePort();
    private final List<Process> processes = new ArrayList<>();

    /** Starts it in front of these servers. */
    RoundcubeServer(Site site) throws IOException {
        try {
            prepare(site);
            start(
                    "php-fpm",
                    php().toString(),
                    "--nodaemonize",
                    "--fpm-config",
                    home.resolve("fpm.conf").toString());
            await(() -> Files.exists(home.resolve("fpm.sock")));
            start(
                    "nginx",
                    program("nginx"),
                    "-p",
                    home.toString(),
                    "-c",
                    home.resolve("nginx.conf").toString());
            await(this::answers);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What keeps it from starting, as a sentence; empty when everything is installed. */
    static String missing() {
        Map<String, Boolean> needed = new LinkedHashMap<>();
        needed.put("roundcube-core", Files.exists(PROGRAM.resolve("SQL/sqlite.initial.sql")));
        needed.put("roundcube-sqlite3", Files.exists(Path.of("/var/lib/dpkg/info/roundcube-sqlite3.list")));
        needed.put("php-fpm", php() != null);
        needed.put("nginx", Servers.find("nginx") != null);
        List<String> packages = needed.entrySet().stream()
                .filter(each -> !each.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return packages.isEmpty()
                ? ""
                : "Roundcube is left out: not installed are the Debian packages " + String.join(", ", packages) + ".";
    }

    /** Its own, and that of its PHP. */
    static String version() throws IOException {
        String line = Files.readAllLines(PROGRAM.resolve("program/include/iniset.php")).stream()
                .filter(each -> each.contains("'RCMAIL_VERSION'"))
                .findFirst()
                .orElse("");
        return line.replaceAll(".*, *'|'.*", "") + " on "
                + php().getFileName().toString().replace("php-fpm", "PHP ");
    }

    /** The newest php-fpm, or null; Debian's has its version in its name. */
    private static Path php() {
        File[] found = new File("/usr/sbin").listFiles((_, name) -> name.matches("php-fpm[0-9.]+"));
        return found == null
                ? null
                : Stream.of(found)
                        .map(File::toPath)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static String program(String name) {
        return String.valueOf(Servers.find(name));
    }

    int port() {
        return port;
    }

    private void prepare(Site site) throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configuration = Files.createDirectory(home.resolve("configuration"));
        for (String name : List.of("defaults.inc.php", "mimetypes.php")) {
            Files.createSymbolicLink(configuration.resolve(name), DEFAULTS.resolve(name));
        }
        Files.writeString(configuration.resolve("config.inc.php"), configuration(site));
        Files.writeString(home.resolve("fpm.conf"), fpm());
        Files.writeString(home.resolve("nginx.conf"), nginx());
        Path written = Files.createDirectory(home.resolve("written"));
        Path database = written.resolve("roundcube.db");
        // With a log ahead, people do not wait for one another's sessions.
        run(
                program("sqlite3"),
                database.toString(),
                "PRAGMA journal_mode=wal",
                ".read " + PROGRAM + "/SQL/sqlite.initial.sql");
        if (ROOT) {
            run("chown", "-R", "www-data:www-data", written.toString());
        }
    }

    private String configuration(Site site) {
        String configuration = """
                <?php
                $config['db_dsnw'] = 'sqlite:///%1$s/written/roundcube.db?mode=0600';
                $config['imap_host'] = '127.0.0.1:%2$d';
                $config['des_key'] = 'twenty-four-octets-of-it';
                $config['temp_dir'] = '%1$s/written';
                $config['log_dir'] = '%1$s/written';
                """.formatted(home, site.imapPort());
        return site.canSend()
                ? configuration + "$config['smtp_host'] = '127.0.0.1:" + site.submissionPort() + "';\n"
                : configuration;
    }

    /** Workers as in Debian's pool; only files may be larger than its 2 MB. */
    private String fpm() {
        return """
                [global]
                error_log = %1$s/fpm.log
                [roundcube]
                %2$s
                listen = %1$s/fpm.sock
                listen.mode = 0666
                pm = dynamic
                pm.max_children = 5
                pm.start_servers = 2
                pm.min_spare_servers = 1
                pm.max_spare_servers = 3
                env[ROUNDCUBE_CONFIG_DIR] = %1$s/configuration
                php_admin_value[upload_max_filesize] = 30M
                php_admin_value[post_max_size] = 40M
                php_admin_value[upload_tmp_dir] = %1$s/written
                """.formatted(home, ROOT ? "user = www-data\ngroup = www-data" : "");
    }

    private String nginx() {
        return """
                %3$s
                daemon off;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log;
                events { worker_connections 768; }
                http {
                    access_log off;
                    gzip on;
                    gzip_types application/json;
                    keepalive_requests 100000;
                    client_max_body_size 40m;
                    client_body_temp_path %1$s/body;
                    fastcgi_temp_path %1$s/fastcgi;
                    proxy_temp_path %1$s/proxy;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d;
                        location / {
                            include /etc/nginx/fastcgi_params;
                            fastcgi_param SCRIPT_NAME /index.php;
                            fastcgi_param SCRIPT_FILENAME /var/lib/roundcube/index.php;
                            fastcgi_pass unix:%1$s/fpm.sock;
                            fastcgi_read_timeout 600;
                        }
                    }
                }
                """.formatted(home, port, ROOT ? "user www-data;" : "");
    }

    private void start(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".out").toFile())
                .start());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What one waits for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Condition condition) throws IOException {
        Process last = processes.getLast();
        for (int attempt = 0; attempt < 300 && last.isAlive(); attempt++) {
            if (condition.holds()) {
                return;
            }
            try {
                last.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException("Roundcube does not start: " + log());
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /** What its programs wrote so far. */
    String log() throws IOException {
        StringBuilder log = new StringBuilder();
        for (String name : List.of("php-fpm.out", "fpm.log", "nginx.out", "nginx.log", "written/errors.log")) {
            Path file = home.resolve(name);
            log.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return log.toString();
    }

    /** Ends both with their workers: a master told to end takes them along, and a killed one would leave them behind. */
    @Override
    public void close() throws IOException {
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
