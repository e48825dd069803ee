package org.palomar.drafts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.palomar.store.StoreProperties;

/** On the file that is there without any setting, with the key beside it. */
class H2DraftsTest extends DraftsContract {

    @TempDir
    private static Path directory;

    private static Store store;
    private static Sealing sealing;

    @BeforeAll
    static void open() {
        StoreProperties properties = new StoreProperties(directory.resolve("data"), "", "", "");
        store = new Store(properties, Clock.systemUTC());
        sealing = new Sealing(properties);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    Sealing sealing() {
        return sealing;
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerAlone() throws Exception {
        StoreProperties properties = new StoreProperties(directory.resolve("key"), "", "", "");
        String sealed = new Sealing(properties).seal("here", "words");
        assertThat(new Sealing(properties).openText("here", sealed)).hasValue("words");
        assertThat(new Sealing(properties).openText("there", sealed)).isEmpty();
        Path file = directory.resolve("key").resolve("palomar.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.delete(file);
        assertThat(new Sealing(properties).openText("here", sealed))
                .as("another key is said, and opens nothing")
                .isEmpty();
    }

    @Test
    void anOrganisationBringsItsOwnKey() {
        StoreProperties without = new StoreProperties(directory, "jdbc:postgresql://db/palomar", "", "");
        assertThat(new Sealing(without).isUsable()).isFalse();
        assertThatThrownBy(() -> new Sealing(without).seal("here", "words")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> new StoreProperties(directory, "", "", "", "c2hvcnQ="))
                .hasMessageContaining("openssl rand -base64 32");
        StoreProperties with = new StoreProperties(
                directory, "jdbc:postgresql://db/palomar", "", "", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        assertThat(new Sealing(with).isUsable()).isTrue();
        assertThat(with.toString()).doesNotContain("MDEy");
    }
}
