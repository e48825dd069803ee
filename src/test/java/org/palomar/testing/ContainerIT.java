package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Dockerfile without Docker: its own commands on the real jar, and what can be read from it. */
class ContainerIT {

    private static final Pattern LAYER = Pattern.compile("COPY --from=build /layers/(\\S+)/ \\./");

    @TempDir
    private Path directory;

    @Test
    void theLayersTogetherStart() throws Exception {
        Path jar = Path.of("target/palomar.jar");
        if (!Files.exists(jar) && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("target/palomar.jar is not built: mvnw verify builds it");
        }
        Path layers = directory.resolve("layers");
        List<String> extract = new ArrayList<>(words(instruction("RUN java -Djarmode=tools ")));
        extract.set(0, java());
        extract.replaceAll(word -> word.equals("/layers") ? layers.toString() : word);
        assertThat(run(extract, Path.of("").toAbsolutePath()).status).isZero();

        Path image = Files.createDirectories(directory.resolve("palomar"));
        List<String> copied = new ArrayList<>();
        Matcher matcher = LAYER.matcher(Files.readString(Path.of("Dockerfile")));
        while (matcher.find()) {
            copied.add(matcher.group(1));
            copy(layers.resolve(matcher.group(1)), image);
        }
        try (Stream<Path> made = Files.list(layers)) {
            assertThat(copied)
                    .containsExactlyInAnyOrderElementsOf(
                            made.map(path -> path.getFileName().toString()).toList());
        }
        assertThat(copied).as("what changes most comes last").last().isEqualTo("application");

        List<String> start = new ArrayList<>(list(instruction("ENTRYPOINT ")));
        start.set(0, java());
        Outcome outcome = run(start, image);
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.output)
                .startsWith("Palomar does not know your mail server")
                .hasLineCount(1);
    }

    @Test
    void runsAsNobodyInParticular() throws Exception {
        List<String> last = Files.readAllLines(Path.of("Dockerfile"));
        last = last.subList(last.lastIndexOf("FROM eclipse-temurin:25-jre"), last.size());
        int user = last.indexOf("USER 10001");
        assertThat(user).isPositive();
        assertThat(last.subList(user, last.size()))
                .noneMatch(line -> line.startsWith("RUN") || line.startsWith("COPY"));
        assertThat(last).noneMatch(line -> line.startsWith("ADD"));
    }

    @Test
    void whatTheBuildNeedsIsNotIgnored() throws Exception {
        List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(ignore).first().isEqualTo("*");
        assertThat(ignore).contains("!.mvn", "!bin", "!frontend", "!mvnw", "!pom.xml", "!src");
    }

    @Test
    void theHealthCheckAsksForReadiness() throws Exception {
        List<String> check =
                list(instruction("HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD "));
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(asked.size() == 1 ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        String port = Integer.toString(server.getAddress().getPort());
        try {
            assertThat(run(check, directory, "SERVER_PORT", port).status).isZero();
            assertThat(run(check, directory, "SERVER_PORT", port).status).isNotZero();
            run(check, directory, "SERVER_PORT", port, "SERVER_SERVLET_CONTEXT_PATH", "/mail");
        } finally {
            server.stop(0);
        }
        assertThat(asked).containsExactly("/readyz", "/readyz", "/mail/readyz");
        assertThat(run(check, directory, "SERVER_PORT", port).status).isNotZero();
    }

    @Test
    void composeIsReadOnlyLocalAndWithoutPrivileges() throws Exception {
        Map<String, Object> compose =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("compose.yaml")));
        Map<?, ?> palomar = (Map<?, ?>) ((Map<?, ?>) compose.get("services")).get("palomar");
        assertThat(palomar.get("read_only")).isEqualTo(true);
        assertThat(palomar.get("cap_drop")).isEqualTo(List.of("ALL"));
        assertThat(palomar.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
        assertThat((List<?>) palomar.get("ports"))
                .allMatch(port -> port.toString().startsWith("127.0.0.1:"));
        assertThat(((Map<?, ?>) palomar.get("environment"))
                        .get("PALOMAR_IMAP_HOST")
                        .toString())
                .contains(":?");
    }

    /** The rest of the only line that starts like this. */
    private static String instruction(String start) throws Exception {
        List<String> found = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith(start))
                .toList();
        assertThat(found).as(start).hasSize(1);
        return found.getFirst().replaceFirst("^(RUN|ENTRYPOINT|HEALTHCHECK .* CMD) ", "");
    }

    private static List<String> words(String command) {
        return List.of(command.split(" ", -1));
    }

    /** The JSON form of an instruction; a YAML reader reads JSON. */
    private static List<String> list(String json) {
        List<?> parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
        return parsed.stream().map(Object::toString).toList();
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Outcome run(List<String> command, Path where, String... environment) throws Exception {
        Path output = Files.createTempFile(directory, "output", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PALOMAR_")
                        || name.startsWith("SPRING_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    private record Outcome(int status, String output) {}
}
