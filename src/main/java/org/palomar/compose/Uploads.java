package org.palomar.compose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.mime.AttachmentName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Files people attach, on disk until the message is sent or the person signs out, a day at most. Each belongs to the
 * person who brought it and is named by a random id only (S29). Safe for use by many threads.
 */
@Component
class Uploads implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How many full letters' worth of files one person can have waiting. */
    private static final int LETTERS = 10;

    private final ComposeProperties limits;
    private final Clock clock;
    private final Path directory;
    private final Cache<Key, Upload> uploads = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(Duration.ofDays(1))
            // Here and now: files deleted by another thread would get in the way of deleting the directory.
            .executor(Runnable::run)
            .removalListener((@Nullable Key _, @Nullable Upload upload, RemovalCause _) -> delete(upload))
            .build();

    Uploads(ComposeProperties limits, Clock clock) throws IOException {
        this.limits = limits;
        this.clock = clock;
        this.directory = Files.createTempDirectory("palomar-uploads-");
    }

    private record Key(String person, String id) {}

    /** Writes the content of one upload. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Puts a file in its place, where nothing is yet. */
    @FunctionalInterface
    interface Move {
        void to(Path place) throws IOException;
    }

    /**
     * Keeps a file.
     *
     * @throws TooLarge when it alone is larger than a message may be
     */
    Upload keep(SignedIn person, String claimedName, String mediaType, Content content) {
        long most = limits.maxSize().toBytes();
        return keep(person, claimedName, mediaType, 0, place -> {
            try (OutputStream out = new Limited(Files.newOutputStream(place), most)) {
                content.writeTo(out);
            }
        });
    }

    /**
     * Keeps a file that lies on disk already.
     *
     * @param size octets
     * @throws TooLarge when it alone is larger than a message may be; then it is not moved
     */
    Upload keep(SignedIn person, String claimedName, String mediaType, long size, Move move) {
        if (size > limits.maxSize().toBytes()) {
            throw new TooLarge();
        }
        String id = randomId();
        Path file = directory.resolve(id);
        String type = mediaType.matches("[a-zA-Z0-9!#$&^_.+-]{1,80}/[a-zA-Z0-9!#$&^_.+-]{1,80}")
                ? mediaType.toLowerCase(java.util.Locale.ROOT)
                : "application/octet-stream";
        try {
            move.to(file);
            Upload upload = new Upload(
                    id, AttachmentName.of(claimedName, type, 1), type, Files.size(file), clock.instant(), file);
            uploads.put(new Key(person.key(), id), upload);
            dropOldest(person);
            return upload;
        } catch (IOException | RuntimeException e) {
            deleteFile(file);
            throw e instanceof RuntimeException runtime ? runtime : new UncheckedIOException((IOException) e);
        }
    }

    /** Whoever begins many letters and sends none must not fill the disk: the oldest files go first. */
    private void dropOldest(SignedIn person) {
        List<Map.Entry<Key, Upload>> theirs = uploads.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().person().equals(person.key()))
                .sorted(Comparator.comparing(entry -> entry.getValue().kept()))
                .toList();
        long all = theirs.stream().mapToLong(entry -> entry.getValue().size()).sum();
        for (Map.Entry<Key, Upload> entry : theirs) {
            if (all <= LETTERS * limits.maxSize().toBytes()) {
                break;
            }
            all -= entry.getValue().size();
            uploads.invalidate(entry.getKey());
        }
    }

    /** The person's uploads among these ids, in order; others are passed over. */
    List<Upload> all(SignedIn person, List<String> ids) {
        return ids.stream()
                .distinct()
                .map(id -> uploads.getIfPresent(new Key(person.key(), id)))
                .filter(Objects::nonNull)
                .toList();
    }

    void remove(SignedIn person, List<String> ids) {
        ids.forEach(id -> uploads.invalidate(new Key(person.key(), id)));
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        Stream<Key> theirs =
                uploads.asMap().keySet().stream().filter(key -> key.person().equals(event.key()));
        theirs.toList().forEach(uploads::invalidate);
    }

    @Override
    public void destroy() throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }

    private static String randomId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void delete(@Nullable Upload upload) {
        if (upload != null) {
            deleteFile(upload.content());
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("an uploaded file stays on disk: {}", e.getMessage());
        }
    }

    /** The file is larger than a message may be. */
    static final class TooLarge extends RuntimeException {}

    private static final class Limited extends FilterOutputStream {
        private long left;

        Limited(OutputStream out, long limit) {
            super(out);
            this.left = limit;
        }

        @Override
        public void write(int octet) throws IOException {
            take(1);
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            take(count);
            out.write(octets, from, count);
        }

        private void take(int count) {
            left -= count;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }
}
