package org.palomar.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the product keeps its own rows, {@code palomar.store.*}.
 *
 * @param directory of the H2 file, made when it is not there; of no use with a {@code url}
 * @param url of a PostgreSQL database, {@code jdbc:postgresql://…}; empty for the file
 */
@ConfigurationProperties("palomar.store")
public record StoreProperties(
        Path directory,
        @DefaultValue("") String url,
        @DefaultValue("") String username,
        @DefaultValue("") String password) {

    public StoreProperties {
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            throw new IllegalArgumentException("palomar.store.url begins with jdbc:postgresql: or jdbc:h2:");
        }
    }

    boolean isFile() {
        return url.isEmpty();
    }

    String jdbcUrl() {
        return isFile()
                ? "jdbc:h2:file:" + directory.resolve("palomar").toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE"
                : url;
    }

    /** What an operator is told; without the password. */
    String place() {
        return isFile() ? directory.toAbsolutePath().toString() : url.replaceFirst("\\?.*", "");
    }
}
