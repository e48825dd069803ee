package org.palomar.compose;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code palomar.compose.*}.
 *
 * @param maxSize of all attachments of a message together
 * @param domain appended to user names that are no address, or empty
 */
@ConfigurationProperties("palomar.compose")
record ComposeProperties(
        @DefaultValue("25MB") DataSize maxSize,
        @DefaultValue("") String domain) {}
