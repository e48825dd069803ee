package org.palomar.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary file for a message, gone when it is closed. */
record MessageFile(Path path) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MessageFile.class);

    static MessageFile empty() {
        try {
            return new MessageFile(Files.createTempFile("palomar-", ".eml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("a temporary file stays: {}", e.getMessage());
        }
    }
}
