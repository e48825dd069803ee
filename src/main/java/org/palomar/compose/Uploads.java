package org.palomar.compose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.mime.AttachmentName;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files people attach, on disk as long as the letter they belong to. Each belongs to the person who brought it and is named by a random
 * id only (S29). They lie beside the store, readable by its owner alone; where the store cannot be used, in a temporary directory for a
 * day at most. Safe for use by many threads.
 */
@Component
class Uploads implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How many full letters' worth of files one person can have waiting. */
    private static final int LETTERS = 20;

    private final Terms limit;
    private final Clock clock;
    private final UploadRows rows;
    private final @Nullable Path home;
    private final Path passing;

    /** Without a store; deleting happens here and now, since files deleted by another thread would get in the way of the directory. */
    private final Cache<Key, Upload> loose = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(Duration.ofDays(1))
            .executor(Runnable::run)
            .removalListener((@Nullable Key _, @Nullable Upload upload, RemovalCause _) -> delete(upload))
            .build();

    Uploads(Terms limit, Clock clock, UploadRows rows, Store store) throws IOException {
        this.limit = limit;
        this.clock = clock;
        this.rows = rows;
        this.passing = Files.createTempDirectory("palomar-uploads-");
        Path directory = store.directory();
        this.home = directory == null ? null : directory.resolve("uploads");
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
     * Keeps what a form brought.
     *
     * @throws TooLarge when it alone is larger than a message may be
     */
    Upload keep(SignedIn person, MultipartFile file) {
        return keep(person, file, file.getSize(), path -> file.transferTo(path.toFile()));
    }

    /** @param file says name and type of what lies on disk already */
    Upload keep(SignedIn person, MultipartFile file, long size, Move move) {
        String name = file.getOriginalFilename();
        String type = file.getContentType();
        return keep(person, name == null ? "" : name, type == null ? "application/octet-stream" : type, size, move);
    }

    /**
     * Keeps a file.
     *
     * @throws TooLarge when it alone is larger than a message may be, or the person has too many waiting
     */
    Upload keep(SignedIn person, String claimedName, String mediaType, Content content) {
        long most = limit.octets();
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
     * @throws TooLarge when it alone is larger than a message may be, or the person has too many waiting; then it is not moved
     */
    Upload keep(SignedIn person, String claimedName, String mediaType, long size, Move move) {
        if (size > limit.octets()) {
            throw new TooLarge();
        }
        String type = mediaType.matches("[a-zA-Z0-9!#$&^_.+-]{1,80}/[a-zA-Z0-9!#$&^_.+-]{1,80}")
                ? mediaType.toLowerCase(java.util.Locale.ROOT)
                : "application/octet-stream";
        String id = randomId();
        Path file = directory().resolve(id);
        try {
            move.to(file);
            Upload upload = new Upload(
                    id, AttachmentName.of(claimedName, type, 1), type, Files.size(file), clock.instant(), file);
            remember(person, upload);
            return upload;
        } catch (IOException | RuntimeException e) {
            deleteFile(file);
            throw e instanceof RuntimeException runtime ? runtime : new NotKept((IOException) e);
        }
    }

    private void remember(SignedIn person, Upload upload) {
        try {
            long most = LETTERS * limit.octets();
            if (rows.octets(person.username()) + upload.size() > most) {
                // What belongs to no letter goes first; what belongs to one is not touched.
                rows.orphans(person.username()).forEach(this::drop);
                if (rows.octets(person.username()) + upload.size() > most) {
                    throw new TooLarge();
                }
            }
            rows.add(person.username(), upload);
        } catch (StoreException _) {
            loose.put(new Key(person.username(), upload.id()), upload);
        }
    }

    /** The person's uploads among these ids, in order; others are passed over. */
    List<Upload> all(SignedIn person, List<String> ids) {
        List<Upload> found = new ArrayList<>();
        ids.stream().distinct().forEach(id -> find(person, id).ifPresent(found::add));
        return found;
    }

    private Optional<Upload> find(SignedIn person, String id) {
        Upload passing = loose.getIfPresent(new Key(person.username(), id));
        if (passing != null) {
            return Optional.of(passing);
        }
        try {
            return rows.find(person.username(), id, directory()).filter(upload -> Files.isReadable(upload.content()));
        } catch (StoreException _) {
            return Optional.empty();
        }
    }

    /** From now on these belong to this letter. */
    void adopt(SignedIn person, String draft, List<String> ids) {
        rows.adopt(person.username(), draft, ids);
    }

    /** The same files once more, for another letter. */
    List<Upload> again(SignedIn person, List<Upload> files) {
        return files.stream()
                .map(file -> keep(
                        person, file.name(), file.mediaType(), file.size(), place -> Files.copy(file.content(), place)))
                .toList();
    }

    void remove(SignedIn person, List<String> ids) {
        ids.forEach(id -> {
            loose.invalidate(new Key(person.username(), id));
            try {
                rows.find(person.username(), id, directory())
                        .ifPresent(file -> drop(new UploadRows.Owned(person.username(), file.id())));
            } catch (StoreException _) {
                // Swept later.
            }
        });
    }

    /** Removes what belongs to no letter any more, and files that nobody knows. */
    void sweep() {
        rows.orphans(clock.instant().minus(Duration.ofDays(1))).forEach(this::drop);
    }

    private void drop(UploadRows.Owned owned) {
        rows.remove(owned);
        deleteFile(directory().resolve(owned.id()));
    }

    /** Beside the store; the temporary directory where that cannot be. */
    private Path directory() {
        Path kept = home;
        if (kept == null) {
            return passing;
        }
        try {
            if (!Files.isDirectory(kept)) {
                Files.createDirectories(kept.toAbsolutePath().getParent());
                Files.createDirectory(kept, owner("rwx------"));
            }
            return kept;
        } catch (IOException e) {
            return Files.isDirectory(kept) ? kept : passing;
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void destroy() throws IOException {
        FileSystemUtils.deleteRecursively(passing);
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

    /** The file is larger than a message may be, or there are too many. */
    static final class TooLarge extends RuntimeException {}

    /** The disk takes no more. */
    static final class NotKept extends RuntimeException {
        NotKept(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

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
