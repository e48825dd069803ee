package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way that mvnw can take on a stranger's machine: a PATH, JDKs and a download server made for the occasion. */
class MvnwTest {

    private static final String VERSION = "3.9.16";
    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "awk",
            "cut",
            "cat",
            "dirname",
            "readlink",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "tar",
            "gzip",
            "sha512sum",
            "chmod");

    @TempDir
    private Path directory;

    private Path path;
    private Path jvms;
    private Path home;
    private HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private String checksum = "";
    private byte[] archive = new byte[0];

    @BeforeEach
    void machine() throws Exception {
        path = Files.createDirectories(directory.resolve("path"));
        jvms = Files.createDirectories(directory.resolve("jvm"));
        home = Files.createDirectories(directory.resolve("home"));
        for (String tool : TOOLS) {
            provide(tool);
        }
        // The script as it is, but blind for the real JDKs of this machine.
        Path project = Files.createDirectories(directory.resolve("a project"));
        script(
                project.resolve("mvnw"),
                Files.readString(Path.of("mvnw"))
                        .replace("/usr/lib/jvm/", jvms + "/")
                        .replace("/Library/", "/nowhere/"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestURI().getPath().endsWith(".sha512")
                    ? checksum.getBytes(StandardCharsets.US_ASCII)
                    : archive;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void withoutAJdkItSaysSo() throws Exception {
        node("v24.1.0");
        assertFails("Palomar needs a JDK 25 or newer: install one, or point JAVA_HOME at it.\n", Map.of());
    }

    @Test
    void anOldJdkIsNoJdk() throws Exception {
        node("v24.1.0");
        Path old = jdk("java-17", "17");
        Files.createSymbolicLink(path.resolve("javac"), old.resolve("bin/javac"));
        assertFails(
                "Palomar needs a JDK 25 or newer: install one, or point JAVA_HOME at it.\n",
                Map.of("JAVA_HOME", old.toString()));
    }

    @Test
    void anOldJavaHomeDoesNotHideANewJdk() throws Exception {
        node("v20.0.0");
        maven("3.8.7");
        Path old = jdk("java-17", "17");
        Path late = jdk("temurin-25-jdk", "25");
        assertThat(run(Map.of("JAVA_HOME", old.toString())).out).contains("JAVA_HOME=" + late + "\n");
    }

    @Test
    void javaHomeIsPreferredAndMayBeNewer() throws Exception {
        node("v20.0.0");
        maven("3.9.9");
        jdk("temurin-25-jdk", "25");
        Path newer = jdk("mine", "27");
        assertThat(run(Map.of("JAVA_HOME", newer.toString())).out).contains("JAVA_HOME=" + newer + "\n");
    }

    @Test
    void aRuntimeWithoutCompilerIsPassedOver() throws Exception {
        node("v20.0.0");
        maven("3.9.9");
        Path runtime = jdk("jre-25", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Path jdk = jdk("temurin-25-jdk", "25");
        assertThat(run(Map.of()).out).contains("JAVA_HOME=" + jdk + "\n");
    }

    @Test
    void aJdkOnThePathIsFoundThroughItsLinks() throws Exception {
        node("v20.0.0");
        maven("3.9.9");
        Path elsewhere = jdk("../opt/java", "26").toRealPath();
        Files.createSymbolicLink(path.resolve("javac"), elsewhere.resolve("bin/javac"));
        assertThat(run(Map.of()).out).contains("JAVA_HOME=" + elsewhere + "\n");
    }

    @Test
    void withoutNodeOrWithAnOldOneItSaysSo() throws Exception {
        jdk("temurin-25-jdk", "25");
        maven("3.9.9");
        String sentence = "Palomar needs Node.js 20 or newer on the PATH to build its pages.\n";
        assertFails(sentence, Map.of());
        node("v18.20.4");
        assertFails(sentence, Map.of());
    }

    @Test
    void anInstalledMavenIsUsedWithTheProjectAndTheArguments() throws Exception {
        node("v24.1.0");
        jdk("temurin-25-jdk", "25");
        maven("3.8.7");
        Outcome outcome = run(Map.of("MAVEN_OPTS", "-Xmx1g"), "-Dname=two words", "verify");
        assertThat(outcome.out)
                .contains(
                        "Maven 3.8.7\n",
                        "[-f][" + directory.resolve("a project/pom.xml") + "][-Dname=two words][verify]")
                .contains("MAVEN_OPTS=-Xmx1g --sun-misc-unsafe-memory-access=allow\n");
        assertThat(outcome.status).isEqualTo(7);
        assertThat(requests).isEmpty();
    }

    @Test
    void withoutMavenThePinnedOneIsFetchedOnce() throws Exception {
        provide("curl");
        fetchesOnce();
    }

    @Test
    void wgetDoesToo() throws Exception {
        assumeTrue(find("wget") != null, "wget is not installed");
        provide("wget");
        fetchesOnce();
    }

    @Test
    void anOldMavenIsPassedOver() throws Exception {
        provide("curl");
        maven("3.6.3");
        fetchesOnce();
    }

    @Test
    void aWrongChecksumInstallsNothing() throws Exception {
        provide("curl");
        node("v24.1.0");
        jdk("temurin-25-jdk", "25");
        publish();
        checksum = "0".repeat(128);
        Outcome outcome = run(Map.of());
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.err)
                .isEqualTo("Fetching Maven " + VERSION
                        + "\nThe fetched Maven does not match its published checksum: nothing was installed.\n");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void anEmptyAnswerWithAnEmptyChecksumInstallsNothing() throws Exception {
        provide("curl");
        node("v24.1.0");
        jdk("temurin-25-jdk", "25");
        assertThat(run(Map.of()).err).endsWith("nothing was installed.\n");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void withoutANetworkItSaysSo() throws Exception {
        provide("curl");
        node("v24.1.0");
        jdk("temurin-25-jdk", "25");
        int port = server.getAddress().getPort();
        server.stop(0);
        Outcome outcome = run(Map.of());
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.err)
                .endsWith("Maven could not be fetched from http://127.0.0.1:" + port + "/" + VERSION
                        + "/binaries/apache-maven-" + VERSION
                        + "-bin.tar.gz: install Maven 3.8 or newer, or check the network.\n");
        assertThat(leftBehind()).isEmpty();
    }

    private void fetchesOnce() throws Exception {
        node("v24.1.0");
        jdk("temurin-25-jdk", "25");
        publish();
        Outcome first = run(Map.of(), "verify");
        assertThat(first.err).isEqualTo("Fetching Maven " + VERSION + "\n");
        assertThat(first.out).contains("Maven " + VERSION + "\n", "[verify]");
        assertThat(first.status).isEqualTo(7);
        server.stop(0);
        Outcome second = run(Map.of(), "test");
        assertThat(second.err).isEmpty();
        assertThat(second.out).contains("Maven " + VERSION + "\n", "[test]");
        assertThat(requests).hasSize(2);
        assertThat(leftBehind()).containsExactly("apache-maven-" + VERSION);
    }

    private void assertFails(String sentence, Map<String, String> environment) throws Exception {
        Outcome outcome = run(environment);
        assertThat(outcome.err).isEqualTo(sentence);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.status).isEqualTo(1);
    }

    private List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(".m2/wrapper/dists"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void publish() throws IOException, InterruptedException, NoSuchAlgorithmException {
        Path root = Files.createDirectories(directory.resolve("apache-maven-" + VERSION + "/bin"));
        maven(root.resolve("mvn"), VERSION);
        Path file = directory.resolve("maven.tar.gz");
        Process tar = new ProcessBuilder("tar", "-czf", file.toString(), "apache-maven-" + VERSION)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        archive = Files.readAllBytes(file);
        checksum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive));
    }

    private void maven(String version) throws IOException {
        maven(path.resolve("mvn"), version);
    }

    private static void maven(Path file, String version) throws IOException {
        script(file, """
                #!/bin/sh
                if [ "$*" = --version ]; then
                  printf '\\033[1mApache Maven %s (abc)\\033[m\\nMaven home: /nowhere\\n'
                  exit 0
                fi
                echo "Maven %s"
                echo "JAVA_HOME=$JAVA_HOME"
                echo "MAVEN_OPTS=$MAVEN_OPTS"
                printf '[%%s]' "$@"
                exit 7
                """.formatted(version, version));
    }

    private void node(String version) throws IOException {
        script(path.resolve("node"), "#!/bin/sh\necho " + version + "\n");
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = jvms.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/java"), "#!/bin/sh\necho '    java.specification.version = " + version + "' >&2\n");
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        return jdk;
    }

    private void provide(String tool) throws IOException {
        Path found = find(tool);
        assertThat(found).as(tool).isNotNull();
        script(path.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve("a project/mvnw").toString());
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment()
                .put(
                        "PALOMAR_MAVEN_BASE",
                        "http://127.0.0.1:" + server.getAddress().getPort());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Outcome(int status, String out, String err) {}
}
