package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S45: guessing is slowed down by account and by client address. */
class SignInThrottleTest {

    private final MovableClock clock = new MovableClock();
    private final SignInThrottle throttle =
            new SignInThrottle(new SignInThrottle.SignInProperties(3, 5, Duration.ofMinutes(10)), clock);

    @Test
    void s45_anAccountWaitsAfterItsLimitWhateverTheCaseAndTheAddress() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.admit("alice", "192.0.2." + i)).isTrue();
        }
        assertThat(throttle.admit(" ALICE", "192.0.2.9")).isFalse();
        assertThat(throttle.admit("bob", "192.0.2.9")).isTrue();
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        assertThat(throttle.admit("alice", "192.0.2.9")).isFalse();
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        assertThat(throttle.admit("alice", "192.0.2.9"))
                .as("because an attempt that had to wait does not make the wait longer")
                .isTrue();
    }

    @Test
    void s45_anAddressWaitsHoweverManyAccountsItTries() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.admit("person" + i, "192.0.2.1")).isTrue();
        }
        assertThat(throttle.admit("someone", "192.0.2.1")).isFalse();
        assertThat(throttle.admit("someone", "192.0.2.2")).isTrue();
    }

    @Test
    void s45_guessesAtTheSameTimeGainNothing() throws InterruptedException {
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> guesses = IntStream.range(0, 64)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    if (throttle.admit("alice", "192.0.2.1")) {
                        admitted.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread guess : guesses) {
            guess.join();
        }
        assertThat(admitted.get()).isEqualTo(3);
    }

    @Test
    void aRightPasswordClearsTheAccountAndAServerThatIsAwayCountsForNothing() {
        throttle.admit("alice", "192.0.2.1");
        throttle.admit("alice", "192.0.2.1");
        throttle.succeeded("Alice", "192.0.2.1");
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.admit("alice", "192.0.2.7")).isTrue();
            throttle.undecided("alice", "192.0.2.7");
        }
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
