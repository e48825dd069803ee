package org.palomar.threads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Conversations, {@code palomar.threads.*}.
 *
 * @param memory for everybody's conversations together, about 60 octets a message; 1 MB to 2 GB
 * @param builds how many mailboxes are read at once, 1 to 50
 * @param keep how long what nobody looks at stays
 */
@ConfigurationProperties("palomar.threads")
record ThreadProperties(
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("3") int builds,
        @DefaultValue("2h") Duration keep) {

    ThreadProperties {
        if (memory.toMegabytes() < 1 || memory.toMegabytes() > 2_000) {
            throw new IllegalArgumentException("palomar.threads.memory is between 1MB and 2000MB");
        }
        if (builds < 1 || builds > 50) {
            throw new IllegalArgumentException("palomar.threads.builds is between 1 and 50");
        }
    }
}
