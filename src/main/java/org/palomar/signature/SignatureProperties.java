package org.palomar.signature;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code palomar.signature.*}.
 *
 * @param trust a file of certificates (PEM) of authorities that are trusted for signed mail besides those of the JDK, or null
 */
@ConfigurationProperties("palomar.signature")
record SignatureProperties(@Nullable Path trust) {}
