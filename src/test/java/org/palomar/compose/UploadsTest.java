package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.account.SignedIn;
import org.palomar.smtp.Offer;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.springframework.util.unit.DataSize;

class UploadsTest {

    private static final SignedIn ALICE = new SignedIn("alice@palomar.example", "key-a");
    private static final SignedIn BOB = new SignedIn("bob@palomar.example", "key-b");

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Uploads uploads;
    private UploadRows rows;
    private Store store;

    @TempDir
    private Path directory;

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
        StoreProperties properties = new StoreProperties(directory, "", "", "");
        store = new Store(properties, clock);
        rows = new UploadRows(store, new Sealing(properties));
        uploads = new Uploads(
                new Terms(new ComposeProperties(DataSize.ofBytes(1_000), ""), () -> Offer.UNKNOWN), clock, rows, store);
    }

    @AfterEach
    void close() throws IOException {
        uploads.destroy();
        store.close();
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
    void whoeverKeepsTooMuchIsToldAndNothingOfALetterGoes() {
        Upload bobs = keep(BOB, 900);
        List<Upload> alices = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            alices.add(keep(ALICE, 1_000));
        }
        List<String> ids = alices.stream().map(Upload::id).toList();
        letter(ALICE, "letter");
        uploads.adopt(ALICE, "letter", ids);
        assertThatThrownBy(() -> keep(ALICE, 1_000)).isInstanceOf(Uploads.TooLarge.class);
        assertThat(uploads.all(ALICE, ids)).isEqualTo(alices);
        assertThat(uploads.all(BOB, List.of(bobs.id()))).hasSize(1);
        uploads.adopt(ALICE, "", ids.subList(0, 2));
        assertThat(uploads.all(ALICE, List.of(keep(ALICE, 1_000).id())))
                .as("what belongs to no letter makes room")
                .hasSize(1);
        assertThat(alices.getFirst().content()).doesNotExist();
    }

    @Test
    void filesOutliveARestartAsLongAsTheirLetter() throws IOException {
        Upload loose = keep(ALICE, 10);
        Upload kept = keep(ALICE, 20);
        letter(ALICE, "letter");
        uploads.adopt(ALICE, "letter", List.of(kept.id()));
        uploads.destroy();
        now = now.plus(Duration.ofDays(2));
        Uploads next = new Uploads(
                new Terms(new ComposeProperties(DataSize.ofBytes(1_000), ""), () -> Offer.UNKNOWN),
                Clock.fixed(now, ZoneOffset.UTC),
                rows,
                store);
        next.sweep();
        assertThat(next.all(ALICE, List.of(kept.id(), loose.id()))).containsExactly(kept);
        assertThat(kept.content()).hasSize(20);
        assertThat(loose.content()).doesNotExist();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(kept.content().getParent())))
                .isEqualTo("rwx------");
        next.destroy();
    }

    private void letter(SignedIn person, String id) {
        store.with(sql -> sql.sql("insert into draft (person, id, revision, editor, turn, sealed, changed, copied)"
                        + " values (:person, :id, 1, '', 0, '', current_timestamp, 0)")
                .param("person", person.username())
                .param("id", id)
                .update());
    }
}
