package org.palomar.store;

import java.nio.file.Path;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the product keeps its own rows, {@code palomar.store.*}.
 *
 * @param directory of the H2 file, of its key and of files that are to be sent, made when it is not there; several nodes with one
 *     {@code url} share it
 * @param url of a PostgreSQL database, {@code jdbc:postgresql://…}; empty for the file
 * @param key base64 of 32 octets that seal what people write; empty for one of our own beside the H2 file. PostgreSQL needs it: without
 *     it nothing that people write is stored
 */
@ConfigurationProperties("palomar.store")
public record StoreProperties(
        Path directory,
        @DefaultValue("") String url,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String key) {

    @ConstructorBinding
    public StoreProperties {
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            throw new IllegalArgumentException("palomar.store.url begins with jdbc:postgresql: or jdbc:h2:");
        }
        if (!key.isEmpty() && octets(key).length != 32) {
            throw new IllegalArgumentException("palomar.store.key is base64 of 32 octets: openssl rand -base64 32");
        }
    }

    /** With the key that belongs to the file. */
    public StoreProperties(Path directory, String url, String username, String password) {
        this(directory, url, username, password, "");
    }

    private static byte[] octets(String key) {
        try {
            return Base64.getDecoder().decode(key.strip());
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    byte[] keyOctets() {
        return octets(key);
    }

    /** Whether it is gone with the process. */
    boolean isMemory() {
        return url.startsWith("jdbc:h2:mem:");
    }

    /** Whether other processes may use it at the same time. */
    boolean isShared() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Never the password or the key. */
    @Override
    public String toString() {
        return "StoreProperties[" + place() + "]";
    }

    boolean isFile() {
        return url.isEmpty();
    }

    String jdbcUrl() {
        return isFile()
                ? "jdbc:h2:file:" + directory.resolve("palomar").toAbsolutePath()
                        // What is committed is written at once: a message that was handed over must not be handed over
                        // again.
                        + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
                : url;
    }

    /** What an operator is told; without the password. */
    String place() {
        return isFile() ? directory.toAbsolutePath().toString() : url.replaceFirst("\\?.*", "");
    }
}
