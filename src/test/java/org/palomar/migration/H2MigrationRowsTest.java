package org.palomar.migration;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;

/** On the file that is there without any setting. */
class H2MigrationRowsTest extends MigrationRowsContract {

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
}
