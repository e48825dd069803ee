package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.palomar.imap.ImapException;

/**
 * Stops knocking where nobody answers. After {@value #FAILURES} connections in a row that did not come about, further ones fail at
 * once for a pause, so that nobody waits for a dead server; then one may try, and its outcome decides for all. The pause doubles
 * from 2 s to a minute. Safe for use by many threads.
 */
final class CircuitBreaker {

    static final int FAILURES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private int failures;
    private Duration pause = FIRST_PAUSE;
    private Instant open = Instant.MIN;
    private boolean trying;

    CircuitBreaker(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks leave to connect; {@link #succeeded} or {@link #failed} must follow.
     *
     * @throws ImapException.Unreachable while the server is taken for dead
     */
    synchronized void enter() {
        if (failures < FAILURES) {
            return;
        }
        if (trying || clock.instant().isBefore(open)) {
            throw new ImapException.Unreachable("the server did not answer a moment ago", null);
        }
        trying = true;
    }

    /** The server answered, be it with a refusal. */
    synchronized void succeeded() {
        failures = 0;
        pause = FIRST_PAUSE;
        trying = false;
    }

    /** No connection came about. */
    synchronized void failed() {
        failures++;
        if (failures >= FAILURES) {
            open = clock.instant().plus(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        trying = false;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
