package org.palomar.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people write is sealed before it is stored: AES-256-GCM under a key of this server, with the place of the text as associated
 * data, so that nothing opens in another row than its own. A stolen database without the key opens nothing. Safe for use by many
 * threads.
 */
public final class Sealing {

    /** Beside the H2 file, for its owner alone. */
    static final String FILE = "palomar.key";

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY = 32;
    private static final int MARK = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final StoreProperties properties;
    private volatile byte @Nullable [] key;

    public Sealing(StoreProperties properties) {
        this.properties = properties;
    }

    /** Whether there is a key; without one nothing that people write is stored. */
    public boolean isUsable() {
        try {
            return key().length == KEY;
        } catch (StoreException _) {
            return false;
        }
    }

    /**
     * Seals.
     *
     * @param place what the text is and whose, such as {@code draft/alice/17}; to be named again when it is opened
     * @return base64
     * @throws StoreException when there is no key
     */
    public String seal(String place, byte[] plain) {
        byte[] secret = key();
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, secret, nonce, place).doFinal(plain);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(MARK + NONCE + sealed.length)
                            .put(mark(secret))
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /** {@link #seal(String, byte[])} of UTF-8. */
    public String seal(String place, String plain) {
        return seal(place, plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Opens; empty for what was sealed with another key, in another place, or tampered with. That is said in the log.
     *
     * @throws StoreException when there is no key
     */
    public Optional<byte[]> open(String place, String sealedText) {
        byte[] secret = key();
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(sealedText);
        } catch (IllegalArgumentException _) {
            sealed = new byte[0];
        }
        if (sealed.length > MARK + NONCE) {
            byte[] nonce = Arrays.copyOfRange(sealed, MARK, MARK + NONCE);
            try {
                return Optional.of(cipher(Cipher.DECRYPT_MODE, secret, nonce, place)
                        .doFinal(sealed, MARK + NONCE, sealed.length - MARK - NONCE));
            } catch (GeneralSecurityException _) {
                // Told below.
            }
        }
        boolean another = sealed.length > MARK && !Arrays.equals(mark(secret), Arrays.copyOf(sealed, MARK));
        LOG.warn(
                "Something stored cannot be opened: {}. It is left as it is.",
                another ? "it was sealed with another key than the present one" : "it was changed since it was sealed");
        return Optional.empty();
    }

    /** {@link #open} of UTF-8. */
    public Optional<String> openText(String place, String sealedText) {
        return open(place, sealedText).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    private byte[] key() {
        byte[] present = key;
        if (present != null) {
            return present;
        }
        synchronized (this) {
            byte[] meanwhile = key;
            if (meanwhile == null) {
                meanwhile = find();
                key = meanwhile;
            }
            return meanwhile;
        }
    }

    private byte[] find() {
        if (!properties.key().isEmpty()) {
            return properties.keyOctets();
        }
        if (properties.isMemory()) {
            return fresh();
        }
        if (!properties.isFile()) {
            throw new StoreException("palomar.store.key is not set", new IllegalStateException());
        }
        Path file = properties.directory().resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file, fresh());
            }
            byte[] found = Files.readAllBytes(file);
            if (found.length != KEY) {
                throw new IOException(file + " has to have " + KEY + " octets");
            }
            return found;
        } catch (IOException e) {
            throw new StoreException("the key of the store cannot be read or made", e);
        }
    }

    private static byte[] fresh() {
        byte[] made = new byte[KEY];
        RANDOM.nextBytes(made);
        return made;
    }

    /** Whole or not at all, whatever happens in between. */
    private static void write(Path file, byte[] key) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling(FILE + "." + Long.toHexString(RANDOM.nextLong()));
        FileAttribute<?>[] owner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (FileChannel out =
                FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            out.write(ByteBuffer.wrap(key));
            out.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Tells keys apart without telling them. */
    private static byte[] mark(byte[] key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), MARK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
