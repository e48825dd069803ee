package org.palomar.migration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mail is brought home, {@code palomar.migration.*}.
 *
 * @param workers migrations at once in this process, 1 to 64
 * @param glance between one look at what is due and the next
 * @param connectTimeout for a connection to an old server
 * @param readTimeout for each wait on an old server
 * @param retry before the second attempt to reach a server that is away; twice as long before each further one
 * @param retryMost the longest of these pauses
 * @param giveUp after which a migration that is done once waits for the person instead
 */
@ConfigurationProperties("palomar.migration")
public record MigrationProperties(
        @DefaultValue("4") int workers,
        @DefaultValue("5s") Duration glance,
        @DefaultValue("15s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("3s") Duration retry,
        @DefaultValue("1h") Duration retryMost,
        @DefaultValue("72h") Duration giveUp) {

    public MigrationProperties {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("palomar.migration.workers is between 1 and 64");
        }
    }

    Duration pause(int attempts) {
        Duration pause = retry.multipliedBy(1L << Math.min(attempts, 16));
        return pause.compareTo(retryMost) > 0 ? retryMost : pause;
    }
}
