package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** S45: guessing is slowed down by account and by client address. */
class SignInThrottleTest {

    private final MovableClock clock = new MovableClock();
    private final SignInThrottle throttle =
            new SignInThrottle(new SignInThrottle.SignInProperties(3, 5, Duration.ofMinutes(10)), clock);

    @Test
    void s45_anAccountWaitsAfterItsLimitWhateverTheCaseAndTheAddress() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.mayTry("alice", "192.0.2." + i)).isTrue();
            throttle.failed("alice", "192.0.2." + i);
        }
        assertThat(throttle.mayTry(" ALICE", "192.0.2.9")).isFalse();
        assertThat(throttle.mayTry("bob", "192.0.2.9")).isTrue();
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        assertThat(throttle.mayTry("alice", "192.0.2.9")).isTrue();
    }

    @Test
    void s45_anAddressWaitsHoweverManyAccountsItTries() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("person" + i, "192.0.2.1");
        }
        assertThat(throttle.mayTry("someone", "192.0.2.1")).isFalse();
        assertThat(throttle.mayTry("someone", "192.0.2.2")).isTrue();
    }

    @Test
    void aRightPasswordClearsTheAccount() {
        throttle.failed("alice", "192.0.2.1");
        throttle.failed("alice", "192.0.2.1");
        throttle.succeeded("Alice");
        throttle.failed("alice", "192.0.2.1");
        assertThat(throttle.mayTry("alice", "192.0.2.7")).isTrue();
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
