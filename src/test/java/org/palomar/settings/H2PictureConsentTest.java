package org.palomar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.palomar.store.StoreProperties;
import org.palomar.testing.SettableClock;

/** On the file that is there without any setting. */
class H2PictureConsentTest extends PictureConsentContract {

    @TempDir
    private static Path directory;

    private static Store store;

    @BeforeAll
    static void open() {
        store = at(directory.resolve("data"));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    Store store() {
        return store;
    }

    @Test
    void whatWasChosenOutlivesARestart() {
        Path home = directory.resolve("restart");
        try (Store first = at(home)) {
            new PictureConsent(first, Clock.systemUTC()).trust("alice", "shop@elsewhere.example");
        }
        try (Store second = at(home)) {
            assertThat(new PictureConsent(second, Clock.systemUTC()).shows("alice", "shop@elsewhere.example"))
                    .isTrue();
        }
    }

    @Test
    void withoutAPlaceToWriteOneIsAskedEachTime() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        SettableClock clock = new SettableClock();
        try (Store broken = new Store(new StoreProperties(file.resolve("below"), "", "", ""), clock)) {
            PictureConsent consent = new PictureConsent(broken, clock);
            assertThat(broken.isUsable()).isFalse();
            assertThat(consent.shows("alice", "shop@elsewhere.example")).isFalse();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> consent.trust("alice", "shop@elsewhere.example"))
                    .isInstanceOf(StoreException.class);
            Files.delete(file);
            assertThat(broken.isUsable()).as("left alone for a while").isFalse();
            clock.advance(java.time.Duration.ofSeconds(11));
            assertThat(broken.isUsable()).as("and then found again").isTrue();
        }
    }

    private static Store at(Path home) {
        return new Store(new StoreProperties(home, "", "", ""), Clock.systemUTC());
    }
}
