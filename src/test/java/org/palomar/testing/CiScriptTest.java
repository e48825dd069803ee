package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/ci with a Maven that only leaves reports behind. */
class CiScriptTest {

    private static final String SUITE =
            "<testsuite xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0.2\" name=\"A\" time=\"0.5\""
                    + " tests=\"%d\" errors=\"%d\" skipped=\"%d\" failures=\"%d\">\n";

    @TempDir
    private Path project;

    @Test
    void countsUnitAndIntegrationTests() throws Exception {
        assertThat(run(SUITE.formatted(40, 0, 1, 0), SUITE.formatted(12, 0, 2, 0), 0))
                .isEqualTo("CI=true --batch-mode --no-transfer-progress -Dstyle.color=never verify\n"
                        + "49 passed, 0 failed, 3 skipped\n0");
    }

    @Test
    void failuresAndErrorsAreFailedAndTheStatusIsMavens() throws Exception {
        assertThat(run(SUITE.formatted(10, 1, 0, 2), "", 1)).endsWith("\n7 passed, 3 failed, 0 skipped\n1");
    }

    @Test
    void aBuildThatNeverReachedTheTestsFailsToo() throws Exception {
        assertThat(run("", "", 3)).endsWith("\n0 passed, 0 failed, 0 skipped\n3");
    }

    @Test
    void reportsOfAnEarlierBuildDoNotCount() throws Exception {
        Path old = Files.createDirectories(project.resolve("target/surefire-reports"));
        Files.writeString(old.resolve("TEST-old.xml"), SUITE.formatted(100, 0, 0, 0));
        assertThat(run(SUITE.formatted(1, 0, 0, 0), "", 0)).endsWith("\n1 passed, 0 failed, 0 skipped\n0");
    }

    private String run(String surefire, String failsafe, int status) throws Exception {
        Files.writeString(project.resolve("surefire"), surefire);
        Files.writeString(project.resolve("failsafe"), failsafe);
        script(project.resolve("mvnw"), """
                #!/bin/sh
                echo "CI=$CI $*"
                if [ -s surefire ]; then mkdir -p target/surefire-reports; cp surefire target/surefire-reports/TEST-a.xml; fi
                if [ -s failsafe ]; then mkdir -p target/failsafe-reports; cp failsafe target/failsafe-reports/TEST-b.xml; fi
                exit %d
                """.formatted(status));
        Files.createDirectories(project.resolve("bin"));
        script(project.resolve("bin/ci"), Files.readString(Path.of("bin/ci")));
        Path out = project.resolve("out");
        Process process = new ProcessBuilder(project.resolve("bin/ci").toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out) + process.exitValue();
    }

    private static void script(Path file, String text) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
