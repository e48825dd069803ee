package org.palomar.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palomar.mail.MailboxName;
import org.palomar.migration.Entry.State;

/** Takes messages away where they came from, once that is safe and due. For one thread. */
final class Removal {

    private final String account;
    private final Plan plan;
    private final Source source;
    private final Home home;
    private final Ledger ledger;
    private final Recovery recovery;
    private final Count count;
    private final Clock clock;

    Removal(
            String account,
            Plan plan,
            Source source,
            Home home,
            Ledger ledger,
            Recovery recovery,
            Count count,
            Clock clock) {
        this.account = account;
        this.plan = plan;
        this.source = source;
        this.home = home;
        this.ledger = ledger;
        this.recovery = recovery;
        this.count = count;
        this.clock = clock;
    }

    /**
     * Only what was verified, for as long as its mailbox is the one it was verified in.
     *
     * @param unnamedKeys keys by place, of messages without names
     * @return whether there is some of which it must be seen first where it is
     */
    boolean remove(Leg leg, Map<Integer, String> unnamedKeys) {
        if (!plan.removes()) {
            return false;
        }
        Map<String, Item> items = new LinkedHashMap<>();
        for (Item item : leg.items()) {
            String key = item.key().isEmpty() ? unnamedKeys.getOrDefault(item.place(), "") : Leg.key(item);
            items.put(key, item);
        }
        Instant before = clock.instant().minus(Duration.ofDays(plan.leave()));
        List<Entry> due = ledger.of(account, List.copyOf(items.keySet())).values().stream()
                .filter(entry -> entry.state() == State.VERIFIED || entry.state() == State.REMOVED)
                .filter(entry -> !entry.at().isAfter(before))
                .toList();
        List<Entry> sure = new ArrayList<>();
        List<Entry> unsure = new ArrayList<>();
        Map<MailboxName, Long> eras = new HashMap<>();
        for (Entry entry : due) {
            long era = eras.computeIfAbsent(
                    entry.mailbox(), name -> home.standing(name).era());
            (era == entry.uidValidity() ? sure : unsure).add(entry);
        }
        if (!unsure.isEmpty()) {
            ledger.write(
                    account,
                    unsure.stream()
                            .map(entry -> entry.at(State.INTENDED, entry.uidValidity(), 0))
                            .toList());
            recovery.settle();
        }
        if (!sure.isEmpty()) {
            source.remove(sure.stream().map(entry -> items.get(entry.item())).toList());
            ledger.write(
                    account,
                    sure.stream()
                            .map(entry -> entry.at(State.REMOVED, entry.uidValidity(), entry.uid()))
                            .toList());
            count.removed(sure.stream()
                    .filter(entry -> entry.state() == State.VERIFIED)
                    .count());
        }
        return !unsure.isEmpty();
    }
}
