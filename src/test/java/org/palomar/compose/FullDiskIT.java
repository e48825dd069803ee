package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.ProductProcess;
import org.palomar.testing.SmtpRecorder;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The disk that Palomar's store lies on fills up: what is said is true, nothing typed is lost, and with room it goes on. */
class FullDiskIT {

    @TempDir
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        if (!mounted) {
            System.err.println("skipped: no file system of its own can be mounted here");
        }
        Assumptions.assumeTrue(mounted, "a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    @Test
    void nothingTypedIsLost() throws IOException {
        try (DovecotServer dovecot = DovecotServer.start();
                SmtpRecorder smtp = new SmtpRecorder();
                ProductProcess palomar = new ProductProcess(
                        disk,
                        "palomar.imap.host=127.0.0.1",
                        "palomar.imap.port=" + dovecot.port(),
                        "palomar.imap.security=plain",
                        "palomar.smtp.host=127.0.0.1",
                        "palomar.smtp.port=" + smtp.port(),
                        "palomar.smtp.security=plain",
                        "palomar.smtp.auth=false",
                        "palomar.sending.undo=0s");
                Visitor alice = palomar.visitor().signedIn("alice")) {
            WritingDesk desk = WritingDesk.open(alice, "compose")
                    .type("to", "bob@palomar.example")
                    .type("subject", "Full disk")
                    .type("text", "before");
            assertThat(desk.autosave().status()).isEqualTo(200);
            Path ballast = fill();

            String text = "and after ".repeat(30_000);
            assertThat(desk.type("text", text).autosave().text()).contains("\"kept\"");
            Answer file = upload(alice);
            assertThat(file.status()).isEqualTo(507);
            assertThat(file.text()).contains("There is no room for files on this server right now.");
            Answer attached = alice.upload(
                    "compose",
                    Map.of(
                            "id",
                            desk.id(),
                            "to",
                            "bob@palomar.example",
                            "subject",
                            "Full disk",
                            "text",
                            text,
                            "action",
                            "attach"),
                    "attachments",
                    List.of(new Visitor.File("a.bin", "application/octet-stream", new byte[1 << 20])));
            assertThat(attached.status()).isEqualTo(422);
            assertThat(WritingDesk.on(alice, attached).value("text")).isEqualTo(text);
            assertThat(alice.follow(desk.press("save")).flash()).contains("Draft saved.");
            assertThat(alice.open("mailboxes/Drafts").text()).contains("Full disk");
            assertThat(alice.follow(desk.press("send")).flash()).contains("Sent.");
            assertThat(smtp.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(new String(message, StandardCharsets.US_ASCII))
                            .contains("and after and after"));

            Files.delete(ballast);
            assertThat(upload(alice).status()).isEqualTo(200);
            WritingDesk next = WritingDesk.open(alice, "compose")
                    .type("to", "bob@palomar.example")
                    .type("subject", "With room")
                    .type("text", "again");
            assertThat(next.autosave().status()).isEqualTo(200);
            assertThat(alice.follow(next.press("send")).status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(smtp.messages()).hasSize(2));
        }
    }

    private static Answer upload(Visitor alice) {
        return alice.upload(
                "compose/files",
                Map.of(),
                "attachments",
                List.of(new Visitor.File("a.bin", "application/octet-stream", new byte[1 << 20])));
    }

    /** Takes all the room there is. */
    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4_096]);
            }
        } catch (IOException full) {
            return ballast;
        }
    }
}
