package org.palomar.compose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files on their way up, piece by piece, so that a connection that breaks costs one piece and not the file. Whoever does not know
 * how far it came says any offset and is told. A transfer that nobody goes on with ends after six hours. Safe for use by many threads.
 */
@Component
class Pieces implements DisposableBean {

    /** How many files of one person can be under way. */
    private static final int MOST = 20;

    private final Uploads uploads;
    private final Terms limit;
    private final Path directory;

    private final Cache<Key, Transfer> transfers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(6))
            .executor(Runnable::run)
            .removalListener((@Nullable Key _, @Nullable Transfer transfer, RemovalCause _) -> delete(transfer))
            .build();

    Pieces(Uploads uploads, Terms limit) throws IOException {
        this.uploads = uploads;
        this.limit = limit;
        this.directory = Files.createTempDirectory("palomar-pieces-");
    }

    private record Key(String person, String transfer) {}

    private static final class Transfer {
        final Path file;
        final long size;
        long received;

        @Nullable
        String upload;

        Transfer(Path file, long size) {
            this.file = file;
            this.size = size;
        }
    }

    /** How far a file is. */
    sealed interface Progress {
        /** Whole, and kept. */
        record Complete(Upload upload) implements Progress {}

        /**
         * More is to come.
         *
         * @param taken whether the piece was; else it was not the next one
         * @param received octets so far
         */
        record Partial(boolean taken, long received) implements Progress {}
    }

    /**
     * Takes one piece; the last one again is answered as it was the first time.
     *
     * @param transfer by which its sender names the file, 32 hexadecimal digits
     * @param offset octets that came before this piece
     * @param size octets of the whole file
     * @throws Uploads.TooLarge before anything is kept, when the file is larger than a message may be or too many are under way
     * @throws IllegalArgumentException when the numbers contradict each other
     */
    Progress take(SignedIn person, String transfer, long offset, long size, MultipartFile piece) {
        if (size > limit.octets()) {
            throw new Uploads.TooLarge();
        }
        if (!transfer.matches("[0-9a-f]{32}") || offset < 0 || size < 0) {
            throw new IllegalArgumentException("no transfer");
        }
        Key key = new Key(person.username(), transfer);
        Transfer known = transfers.get(key, _ -> begin(person, size));
        synchronized (known) {
            String whole = known.upload;
            if (whole != null) {
                return uploads.all(person, java.util.List.of(whole)).stream()
                        .findFirst()
                        .<Progress>map(Progress.Complete::new)
                        .orElseGet(() -> forget(key));
            }
            if (offset != known.received) {
                return new Progress.Partial(false, known.received);
            }
            if (size != known.size || piece.getSize() > size - offset) {
                throw new IllegalArgumentException("more than was announced");
            }
            write(known, piece);
            if (known.received < size) {
                return new Progress.Partial(true, known.received);
            }
            Upload upload = uploads.keep(person, piece, size, place -> Files.move(known.file, place));
            known.upload = upload.id();
            return new Progress.Complete(upload);
        }
    }

    /** Who took the file away meanwhile may bring it again. */
    private Progress forget(Key key) {
        transfers.invalidate(key);
        return new Progress.Partial(false, 0);
    }

    private Transfer begin(SignedIn person, long size) {
        long underWay = transfers.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().person().equals(person.username()))
                .filter(entry -> entry.getValue().upload == null)
                .count();
        if (underWay >= MOST) {
            throw new Uploads.TooLarge();
        }
        try {
            return new Transfer(Files.createTempFile(directory, "", ""), size);
        } catch (IOException e) {
            throw new Uploads.NotKept(e);
        }
    }

    /** What a broken attempt left behind its end is written over. */
    private static void write(Transfer transfer, MultipartFile piece) {
        try (InputStream in = piece.getInputStream();
                ReadableByteChannel from = Channels.newChannel(in);
                FileChannel to = FileChannel.open(transfer.file, StandardOpenOption.WRITE)) {
            long written = to.transferFrom(from, transfer.received, piece.getSize());
            if (written < piece.getSize()) {
                throw new IOException("the piece was cut");
            }
            transfer.received += written;
        } catch (IOException e) {
            throw new Uploads.NotKept(e);
        }
    }

    private static void delete(@Nullable Transfer transfer) {
        if (transfer != null) {
            try {
                Files.deleteIfExists(transfer.file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void destroy() throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }
}
