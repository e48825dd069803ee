package org.palomar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed while it brings the store up to date: H2 keeps each table as soon as it is made. */
class InterruptedMigrationTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theNextStartGoesOnWhereItStopped(int version) throws Exception {
        StoreProperties properties = new StoreProperties(directory, "", "", "");
        try (Store store = new Store(properties, Clock.systemUTC())) {
            assertThat(store.isUsable()).isTrue();
        }
        try (Connection connection = DriverManager.getConnection(properties.jdbcUrl());
                Statement statement = connection.createStatement()) {
            // Its tables were made, and nobody came to write that down.
            assertThat(statement.executeUpdate(
                            "delete from \"flyway_schema_history\" where cast(\"version\" as int) >= " + version))
                    .isPositive();
        }
        try (Store store = new Store(properties, Clock.systemUTC())) {
            assertThat(store.isUsable()).isTrue();
            assertThat(store.<Integer>with(sql -> sql.sql("select count(*) from migration_message")
                            .query(Integer.class)
                            .single()))
                    .isZero();
        }
    }
}
