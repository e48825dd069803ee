package org.palomar.identity;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;

/** On the file that is there without any setting. */
class H2IdentitiesTest extends IdentitiesContract {

    @TempDir
    private static Path directory;

    private static Store store;

    @BeforeAll
    static void open() {
        store = new Store(new StoreProperties(directory.resolve("data"), "", "", ""), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    Store store() {
        return store;
    }
}
