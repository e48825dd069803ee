package org.palomar.migration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** One message on its way: small ones in memory, larger ones in a temporary file that goes with it. Not safe for use by many threads. */
final class Spooled extends OutputStream {

    /** Octets that are kept in memory. */
    static final int SMALL = 128 * 1024;

    private final MessageDigest digest = Digests.sha256();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(4_096);
    private long octets;
    private @Nullable Path file;
    private @Nullable OutputStream disk;

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        digest.update(from, offset, length);
        octets += length;
        if (disk == null && octets <= SMALL) {
            memory.write(from, offset, length);
            return;
        }
        if (disk == null) {
            Path made = Files.createTempFile("palomar-", ".eml");
            file = made;
            disk = Files.newOutputStream(made);
            memory.writeTo(disk);
        }
        disk.write(from, offset, length);
    }

    long octets() {
        return octets;
    }

    /** Of all octets; once. */
    String digest() {
        return Digests.text(digest);
    }

    /** The beginning, {@value #SMALL} octets at most. */
    byte[] head() {
        return memory.toByteArray();
    }

    /** After everything was written. */
    InputStream open() throws IOException {
        OutputStream written = disk;
        if (written != null) {
            written.flush();
        }
        return file == null ? new ByteArrayInputStream(memory.toByteArray()) : Files.newInputStream(file);
    }

    /** Forgets it. */
    @Override
    public void close() {
        try {
            OutputStream written = disk;
            if (written != null) {
                written.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
