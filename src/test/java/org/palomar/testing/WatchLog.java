package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.palomar.imap.MailboxWatch;
import org.palomar.imap.MailboxWatch.State;
import org.palomar.mail.MailboxEvent;

/** Notes what a watch tells. */
public final class WatchLog implements MailboxWatch.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<MailboxEvent> events = new ArrayList<>();
    private final List<State> states = new ArrayList<>();

    @Override
    public synchronized void happened(MailboxEvent event) {
        events.add(event);
    }

    @Override
    public synchronized void became(State state) {
        states.add(state);
    }

    public synchronized List<State> states() {
        return List.copyOf(states);
    }

    private synchronized List<MailboxEvent> events() {
        return List.copyOf(events);
    }

    /** Waits until exactly these have come, in this order, since the last such wait. */
    public void await(MailboxEvent... expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events()).containsExactly(expected));
        forget();
    }

    /** Waits until one like this has come since the last wait; others may have come besides. */
    public void awaitAny(Predicate<MailboxEvent> wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> events().stream().anyMatch(wanted));
        forget();
    }

    public void awaitState(State state) {
        Awaitility.await().atMost(PATIENCE).until(() -> !states().isEmpty() && states().getLast() == state);
    }

    public synchronized void forget() {
        events.clear();
    }
}
