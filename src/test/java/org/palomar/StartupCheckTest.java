package org.palomar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class StartupCheckTest {

    @TempDir
    private Path directory;

    @Test
    void withoutAServerItSaysOneSentence() throws Exception {
        assertThat(refusal())
                .isEqualTo("Palomar does not know your mail server: set palomar.imap.host (or the variable"
                        + " PALOMAR_IMAP_HOST) to its name, or try the demo with --spring.profiles.active=demo.\n");
    }

    @Test
    void anEmptyServerIsNone() throws Exception {
        assertThat(refusal("--palomar.imap.host= ")).startsWith("Palomar does not know your mail server");
    }

    @Test
    void theDemoNeverStartsBesideARealServer() throws Exception {
        assertThat(refusal("--spring.profiles.active=demo", "--palomar.imap.host=mail.example"))
                .isEqualTo("Palomar does not start: the profile demo brings its own mail server,"
                        + " so remove either the profile or the setting palomar.imap.host.\n");
        assertThat(refusal("--spring.profiles.active=demo", "--palomar.smtp.host=smtp.example"))
                .contains("the setting palomar.smtp.host");
    }

    @Test
    void aServerOrTheDemoIsEnough() {
        StartupCheck.check(new MockEnvironment().withProperty("palomar.imap.host", "mail.example"));
        MockEnvironment demo = new MockEnvironment();
        demo.setActiveProfiles("demo");
        StartupCheck.check(demo);
        assertThatThrownBy(() -> StartupCheck.check(new MockEnvironment())).isInstanceOf(StartupCheck.Refused.class);
    }

    /** What the program prints when it refuses to start with these arguments. */
    private String refusal(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Palomar.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PALOMAR_")
                        || name.startsWith("SPRING_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(out, StandardCharsets.UTF_8)).isEmpty();
        return Files.readString(err, StandardCharsets.UTF_8);
    }
}
