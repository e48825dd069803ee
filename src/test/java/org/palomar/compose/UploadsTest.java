package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.springframework.util.unit.DataSize;

class UploadsTest {

    private static final SignedIn ALICE = new SignedIn("alice@palomar.example", "key-a");
    private static final SignedIn BOB = new SignedIn("bob@palomar.example", "key-b");

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Uploads uploads;

    @BeforeEach
    void open() throws IOException {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                now = now.plus(Duration.ofSeconds(1));
                return now;
            }
        };
        uploads = new Uploads(new ComposeProperties(DataSize.ofBytes(1_000), ""), clock);
    }

    @AfterEach
    void close() throws IOException {
        uploads.destroy();
    }

    private Upload keep(SignedIn person, int octets) {
        return uploads.keep(person, "a.txt", "text/plain", out -> out.write(new byte[octets]));
    }

    /** S29: an upload is found by its random id, and by its owner alone. */
    @Test
    void s29_anUploadBelongsToWhoBroughtIt() {
        Upload upload = keep(ALICE, 10);
        assertThat(uploads.all(ALICE, List.of(upload.id()))).containsExactly(upload);
        assertThat(uploads.all(BOB, List.of(upload.id()))).isEmpty();
        assertThat(uploads.all(
                        ALICE, List.of("../../etc/passwd", upload.content().toString())))
                .isEmpty();
        assertThat(upload.id()).matches("[0-9a-f]{32}");
    }

    @Test
    void aFileLargerThanALetterIsRefusedAndLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> keep(ALICE, 1_001)).isInstanceOf(Uploads.TooLarge.class);
        Upload kept = keep(ALICE, 1_000);
        try (var files = Files.list(kept.content().getParent())) {
            assertThat(files).containsExactly(kept.content());
        }
    }

    @Test
    void aFileThatIsOnDiskIsMovedUnlessItIsTooLarge() throws IOException {
        Path come = Files.write(Files.createTempFile("palomar-", ".upload"), new byte[1_000]);
        assertThatThrownBy(() -> uploads.keep(ALICE, "a.txt", "text/plain", 1_001, place -> Files.move(come, place)))
                .isInstanceOf(Uploads.TooLarge.class);
        assertThat(come).exists();
        Upload kept = uploads.keep(ALICE, "a.txt", "text/plain", 1_000, place -> Files.move(come, place));
        assertThat(come).doesNotExist();
        assertThat(kept.content()).hasSize(1_000);
        assertThat(kept.size()).isEqualTo(1_000);
        assertThat(uploads.all(ALICE, List.of(kept.id()))).containsExactly(kept);
    }

    @Test
    void theOldestFilesGoWhenOnePersonKeepsTooMany() {
        Upload bobs = keep(BOB, 900);
        List<Upload> alices = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            alices.add(keep(ALICE, 1_000));
        }
        assertThat(uploads.all(ALICE, alices.stream().map(Upload::id).toList())).isEqualTo(alices.subList(2, 12));
        assertThat(uploads.all(BOB, List.of(bobs.id()))).hasSize(1);
        assertThat(alices.getLast().content()).exists();
    }

    @Test
    void signOutTakesThemAway() {
        Upload upload = keep(ALICE, 10);
        Upload bobs = keep(BOB, 10);
        uploads.ended(new MailSessions.Ended("key-a"));
        assertThat(uploads.all(ALICE, List.of(upload.id()))).isEmpty();
        assertThat(uploads.all(BOB, List.of(bobs.id()))).hasSize(1);
    }
}
