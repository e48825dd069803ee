package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.account.SignedIn;
import org.palomar.compose.Pieces.Progress;
import org.palomar.smtp.Offer;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.util.unit.DataSize;

class PiecesTest {

    private static final SignedIn ALICE = new SignedIn("alice@palomar.example", "key-a");
    private static final SignedIn BOB = new SignedIn("bob@palomar.example", "key-b");
    private static final String ID = "0123456789abcdef".repeat(2);

    private final byte[] file = new byte[900];
    private Uploads uploads;
    private Store store;
    private Pieces pieces;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        new Random(3).nextBytes(file);
        StoreProperties properties = new StoreProperties(directory, "", "", "");
        store = new Store(properties, Clock.systemUTC());
        Terms limits = new Terms(new ComposeProperties(DataSize.ofBytes(1_000), ""), () -> Offer.UNKNOWN);
        uploads = new Uploads(limits, Clock.systemUTC(), new UploadRows(store, new Sealing(properties)), store);
        pieces = new Pieces(uploads, limits);
    }

    @AfterEach
    void close() throws IOException {
        pieces.destroy();
        uploads.destroy();
        store.close();
    }

    private MockMultipartFile part(int from, int to) {
        return new MockMultipartFile("attachments", "roof.png", "image/png", Arrays.copyOfRange(file, from, to));
    }

    private Progress take(SignedIn person, int from, int to) {
        return pieces.take(person, ID, from, file.length, part(from, to));
    }

    @Test
    void aFileIsPutTogether() throws IOException {
        assertThat(take(ALICE, 0, 400)).isEqualTo(new Progress.Partial(true, 400));
        assertThat(take(ALICE, 400, 800)).isEqualTo(new Progress.Partial(true, 800));
        assertThat(take(ALICE, 800, 900)).isInstanceOfSatisfying(Progress.Complete.class, complete -> {
            assertThat(complete.upload().name()).isEqualTo("roof.png");
            assertThat(complete.upload().mediaType()).isEqualTo("image/png");
            assertThat(complete.upload().content()).hasBinaryContent(file);
            // Its answer was lost.
            assertThat(take(ALICE, 800, 900))
                    .isInstanceOfSatisfying(
                            Progress.Complete.class,
                            again -> assertThat(again.upload().id())
                                    .isEqualTo(complete.upload().id()));
        });
        try (var left = Files.walk(directory.resolve("uploads"))) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void whoDoesNotKnowHowFarItIsIsTold() {
        assertThat(take(ALICE, 400, 800)).isEqualTo(new Progress.Partial(false, 0));
        take(ALICE, 0, 400);
        assertThat(take(ALICE, 0, 400)).isEqualTo(new Progress.Partial(false, 400));
    }

    @Test
    void aPieceThatBreaksOffIsWrittenOver() {
        take(ALICE, 0, 400);
        MockMultipartFile broken = new MockMultipartFile("attachments", "roof.png", "image/png", new byte[400]) {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(new byte[100]);
            }
        };
        assertThatThrownBy(() -> pieces.take(ALICE, ID, 400, file.length, broken))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(take(ALICE, 400, 900))
                .isInstanceOfSatisfying(
                        Progress.Complete.class,
                        complete -> assertThat(complete.upload().content()).hasBinaryContent(file));
    }

    /** S29: a transfer belongs to who began it. */
    @Test
    void s29_anothersTransferIsNotGoneOnWith() {
        take(ALICE, 0, 400);
        assertThat(take(BOB, 400, 800)).isEqualTo(new Progress.Partial(false, 0));
        assertThat(take(ALICE, 400, 800)).isEqualTo(new Progress.Partial(true, 800));
    }

    @Test
    void moreThanAnnouncedAndMoreThanAllowedIsRefused() {
        assertThatThrownBy(() -> pieces.take(ALICE, ID, 0, 1_001, part(0, 10))).isInstanceOf(Uploads.TooLarge.class);
        assertThatThrownBy(() -> pieces.take(ALICE, ID, 0, 100, part(0, 101)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pieces.take(ALICE, "../../etc/passwd", 0, 10, part(0, 10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pieces.take(ALICE, ID, -1, 10, part(0, 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** S37: nobody fills the disk with beginnings. */
    @Test
    void s37_manyBeginningsAreRefused() {
        for (int i = 0; i < 20; i++) {
            pieces.take(ALICE, "%032x".formatted(i), 0, file.length, part(0, 10));
        }
        assertThatThrownBy(() -> take(ALICE, 0, 10)).isInstanceOf(Uploads.TooLarge.class);
        assertThat(take(BOB, 0, 10)).isEqualTo(new Progress.Partial(true, 10));
    }
}
