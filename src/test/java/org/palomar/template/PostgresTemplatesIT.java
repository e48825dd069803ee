package org.palomar.template;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.palomar.store.Sealing;
import org.palomar.store.Store;
import org.palomar.store.StoreProperties;
import org.palomar.testing.PostgresServer;

/** On PostgreSQL, as an organisation has it. */
class PostgresTemplatesIT extends TemplatesContract {

    private static PostgresServer server;
    private static Store store;
    private static Sealing sealing;

    @BeforeAll
    static void open() {
        server = PostgresServer.start();
        StoreProperties properties = new StoreProperties(
                Path.of("unused"), server.url(), "palomar", "", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        store = new Store(properties, Clock.systemUTC());
        sealing = new Sealing(properties);
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

    @Override
    Sealing sealing() {
        return sealing;
    }
}
