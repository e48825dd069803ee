package org.palomar.imap.angus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapException;

/** When Palomar stops knocking at a dead server, and when it tries again. */
class CircuitBreakerTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private final CircuitBreaker breaker = new CircuitBreaker(clock());

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void failsAtOnceAfterThreeFailuresAndLetsOneTryAfterAPause() {
        fail(3);
        isShut();
        now.updateAndGet(t -> t.plusSeconds(2));
        breaker.enter();
        isShut();
        breaker.succeeded();
        isOpen();
    }

    @Test
    void waitsTwiceAsLongAfterEachTryUpToAMinute() {
        fail(3);
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            now.updateAndGet(t -> t.plusSeconds(seconds).minusMillis(1));
            isShut();
            now.updateAndGet(t -> t.plus(Duration.ofMillis(1)));
            fail(1);
        }
    }

    @Test
    void oneAnswerInBetweenForgetsTheFailures() {
        fail(2);
        breaker.enter();
        breaker.succeeded();
        fail(2);
        isOpen();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.enter();
            breaker.failed();
        }
    }

    private void isShut() {
        assertThatThrownBy(breaker::enter).isInstanceOf(ImapException.Unreachable.class);
    }

    private void isOpen() {
        assertThatCode(breaker::enter).doesNotThrowAnyException();
    }
}
