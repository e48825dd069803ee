package org.palomar.identity;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.palomar.testing.PostgresServer;

/** On PostgreSQL, as an organisation has it. */
class PostgresIdentitiesIT extends IdentitiesContract {

    private static PostgresServer server;
    private static Store store;

    @BeforeAll
    static void open() {
        server = PostgresServer.start();
        store = new Store(new StoreProperties(Path.of("unused"), server.url(), "palomar", ""), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    Store store() {
        return store;
    }
}
