package org.palomar.imap.angus;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: from a second to five minutes, doubling, never for everybody at the same moment. */
final class Backoff {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** After another failure: between half of the step and the whole of it. */
    Duration next() {
        long step = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
    }

    /** Things went well for a while. */
    void reset() {
        failures = 0;
    }
}
