package org.palomar.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.migration.Entry.State;

/** Finds out what became of messages that were about to be stored when something broke. For one thread. */
final class Recovery {

    /** A server goes on with what it was sent although the connection broke. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final String account;
    private final Home home;
    private final Ledger ledger;
    private final Clock clock;

    Recovery(String account, Home home, Ledger ledger, Clock clock) {
        this.account = account;
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What is there is verified by its octets; what is not is as new. */
    void settle() {
        for (List<Entry> lost = ledger.in(account, State.INTENDED, 5_000);
                !lost.isEmpty();
                lost = ledger.in(account, State.INTENDED, 5_000)) {
            Map<MailboxName, List<Entry>> places = new LinkedHashMap<>();
            lost.forEach(entry -> places.computeIfAbsent(entry.mailbox(), _ -> new ArrayList<>())
                    .add(entry));
            places.forEach(this::settle);
        }
    }

    private void settle(MailboxName mailbox, List<Entry> lost) {
        Map<String, MessageRef> found = found(mailbox, lost);
        List<Entry> settled = new ArrayList<>();
        List<String> nowhere = new ArrayList<>();
        for (Entry entry : lost) {
            MessageRef ref = found.get(entry.item());
            if (ref == null) {
                nowhere.add(entry.item());
            } else {
                settled.add(entry.at(
                        State.VERIFIED, ref.uidValidity().value(), ref.uid().value()));
            }
        }
        ledger.write(account, settled);
        ledger.forget(account, nowhere);
    }

    /** Where these lie, by item; waits a while for what was stored just now. */
    Map<String, MessageRef> found(MailboxName mailbox, List<Entry> lost) {
        Instant last = lost.stream().map(Entry::at).max(Instant::compareTo).orElse(Instant.EPOCH);
        while (true) {
            Map<String, MessageRef> found =
                    home.find(mailbox, lost, (era, from) -> ledger.places(account, mailbox, era, from));
            Duration left = Duration.between(clock.instant(), last.plus(SETTLING));
            if (found.size() == lost.size() || left.isNegative() || !sleep(left)) {
                return found;
            }
        }
    }

    private static boolean sleep(Duration left) {
        try {
            Thread.sleep(left.compareTo(Duration.ofMillis(500)) < 0 ? left : Duration.ofMillis(500));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
