package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final RandomGenerator LEAST = () -> 0;

    @Test
    void doublesFromOneSecondToFiveMinutes() {
        Backoff backoff = new Backoff(LEAST);
        assertThat(Stream.generate(backoff::next).limit(12).map(Duration::toMillis))
                .containsExactly(
                        500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 128_000L, 150_000L, 150_000L,
                        150_000L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }

    /** Because everybody's watch is lost at the same moment when a mail server restarts. */
    @Test
    void peopleComeBackAtDifferentMoments() {
        SplittableRandom random = new SplittableRandom(42);
        assertThat(Stream.generate(() -> new Backoff(random)).limit(100).map(Backoff::next))
                .allMatch(wait -> wait.toMillis() >= 500 && wait.toMillis() <= 1_000)
                .satisfies(
                        waits -> assertThat(waits.stream().distinct().count()).isGreaterThan(50));
    }
}
