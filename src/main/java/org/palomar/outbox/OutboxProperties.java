package org.palomar.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code palomar.outbox.*}.
 *
 * @param retry pause before a message is tried again; doubles each time, up to half an hour
 * @param giveUp after which a message that was not taken is a draft again
 * @param workers messages under way at the same time, 1 to 100
 */
@ConfigurationProperties("palomar.outbox")
record OutboxProperties(
        @DefaultValue("30s") Duration retry,
        @DefaultValue("2d") Duration giveUp,
        @DefaultValue("4") int workers) {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    OutboxProperties {
        if (workers < 1 || workers > 100) {
            throw new IllegalArgumentException("palomar.outbox.workers is between 1 and 100");
        }
    }

    /** @param attempts that failed so far, from 0 */
    Duration pause(int attempts) {
        Duration pause = retry.multipliedBy(1L << Math.min(attempts, 12));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
