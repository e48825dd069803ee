package org.palomar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database, opened and brought up to date when it is first used. When it cannot be used it says so once in the log, and is left
 * alone for some seconds, so that pages that can do without it are not held up. Safe for use by many threads.
 */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** For the first connection. */
    private static final Duration OPENING = Duration.ofSeconds(20);

    private final StoreProperties properties;
    private final Clock clock;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable HikariDataSource source;
    private volatile @Nullable JdbcClient client;
    private volatile @Nullable TransactionTemplate transactions;
    private volatile Instant retry = Instant.MIN;
    private volatile boolean complained;

    public Store(StoreProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Does something with the database; statements commit one by one.
     *
     * @throws StoreException when it cannot be reached, is full, or refuses
     */
    public <T extends @Nullable Object> T with(Function<JdbcClient, T> work) {
        if (clock.instant().isBefore(retry)) {
            throw new StoreException("the store was not usable a moment ago", new IllegalStateException());
        }
        try {
            JdbcClient present = client;
            T result = work.apply(present == null ? open() : present);
            if (complained) {
                complained = false;
                LOG.info("The store at {} can be used again.", properties.place());
            }
            return result;
        } catch (CannotGetJdbcConnectionException | TransactionException | FlywayException | IOException e) {
            throw complaint(e, PAUSE);
        } catch (DataAccessException e) {
            // It is there, but has no room or refuses: to be asked again does it no harm.
            throw complaint(e, Duration.ZERO);
        }
    }

    /**
     * Does something with the database: all of it or, when anything is thrown, nothing. What is done is on the disk, or with the
     * server, when this returns.
     *
     * @throws StoreException when it cannot be reached, is full, or refuses
     */
    public <T extends @Nullable Object> T inTransaction(Function<JdbcClient, T> work) {
        return with(sql -> {
            TransactionTemplate all = Objects.requireNonNull(transactions);
            return all.<T>execute(_ -> work.apply(sql));
        });
    }

    /**
     * Writes many rows at once, in the transaction that is under way.
     *
     * @param statement with a question mark for each value
     * @throws StoreException when it cannot be reached, is full, or refuses
     */
    public void write(String statement, List<Object[]> rows) {
        with(_ -> new JdbcTemplate(Objects.requireNonNull(source)).batchUpdate(statement, rows));
    }

    /** Where files that belong to rows lie, or null where rows are gone with the process. */
    public @Nullable Path directory() {
        return properties.isMemory() ? null : properties.directory();
    }

    /** Whether other processes may use it at the same time. */
    public boolean isShared() {
        return properties.isShared();
    }

    /** Whether it can be used; says so in the log when not. */
    public boolean isUsable() {
        try {
            return with(sql -> sql.sql("select 1").query(Integer.class).single()) == 1;
        } catch (StoreException _) {
            return false;
        }
    }

    private StoreException complaint(Exception e, Duration pause) {
        retry = clock.instant().plus(pause);
        if (!complained) {
            complained = true;
            LOG.warn(
                    "The store at {} cannot be used: {}. Mail goes on; settings cannot be changed, and drafts lie in the Drafts mailbox alone."
                            + " Look at palomar.store.* and the space on its disk.",
                    properties.place(),
                    cause(e));
        }
        return new StoreException("the store cannot be used", e);
    }

    private static String cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
    }

    private JdbcClient open() throws IOException {
        boolean mine;
        try {
            mine = opening.tryLock(OPENING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine = false;
        }
        if (!mine) {
            throw new StoreException("the store is still being opened", new IllegalStateException());
        }
        try {
            JdbcClient present = client;
            return present == null ? migrated() : present;
        } finally {
            opening.unlock();
        }
    }

    private JdbcClient migrated() throws IOException {
        if (properties.isFile()) {
            Files.createDirectories(properties.directory());
        }
        HikariDataSource opened = new HikariDataSource(configuration());
        try {
            // H2 keeps each table as soon as it is made, and a kill may come before the next: so every statement can be
            // said
            // again. Stores that were made before that was so have other checksums.
            Flyway.configure()
                    .dataSource(opened)
                    .locations("classpath:org/palomar/store")
                    .validateOnMigrate(false)
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        // Making the first connection may take long on a machine that just starts; later a page waits for it.
        opened.setConnectionTimeout(5_000);
        source = opened;
        transactions = new TransactionTemplate(new DataSourceTransactionManager(opened));
        JdbcClient made = JdbcClient.create(opened);
        client = made;
        return made;
    }

    private HikariConfig configuration() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(properties.jdbcUrl());
        config.setUsername(properties.username());
        config.setPassword(properties.password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(OPENING.toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    @Override
    public void close() {
        HikariDataSource opened = source;
        if (opened != null) {
            opened.close();
        }
    }
}
