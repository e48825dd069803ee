package org.palomar.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.palomar.imap.ImapException;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.migration.Entry.State;

/**
 * Brings what a source has. What is about to be stored is written down first, what was stored is read back and compared, and only
 * what is the same is removed where it came from. Whatever breaks, the next run looks for what was about to be stored before it goes on.
 * For one thread.
 */
final class Haul {

    /** A server goes on with what it was sent although the connection broke. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /** One after the other, without one that goes: then it is not the messages. */
    private static final int REFUSALS = 20;

    private final String account;
    private final Plan plan;
    private final Source source;
    private final Home home;
    private final Ledger ledger;
    private final Count count;
    private final Predicate<Progress> goOn;
    private final Clock clock;
    private final Map<String, Integer> same = new HashMap<>();

    /** By place, where the source has no names for messages. */
    private final Map<Integer, String> unnamedKeys = new HashMap<>();

    private int refusals;

    /**
     * @param begun when the run began, before it was interrupted perhaps
     * @param goOn is told how far it is, and says whether to go on
     */
    Haul(
            String account,
            Plan plan,
            Instant begun,
            Source source,
            Home home,
            Ledger ledger,
            Predicate<Progress> goOn,
            Clock clock) {
        this.account = account;
        this.plan = plan;
        this.source = source;
        this.home = home;
        this.ledger = ledger;
        this.count = new Count(begun);
        this.goOn = goOn;
        this.clock = clock;
    }

    /**
     * Goes as far as it can.
     *
     * @return false when it was told to stop
     * @throws SourceException when the source gives no more
     * @throws ImapException when nothing more can be stored
     */
    boolean toTheEnd() {
        reconcile();
        ledger.forget(account, State.SKIPPED);
        while (true) {
            same.clear();
            unnamedKeys.clear();
            List<Item> items = source.items();
            source.mailboxes().forEach(this::make);
            Leg leg = Leg.of(items, ledger, account, plan.removes());
            count.begin(leg, ledger.since(account, count.begun()));
            if (!goOn.test(count.now()) || !carry(leg.todo())) {
                return false;
            }
            boolean again = remove(leg);
            if (!goOn.test(count.now())) {
                return false;
            }
            if (leg.last() && !again) {
                return true;
            }
        }
    }

    private void make(MailboxName mailbox) {
        try {
            home.standing(mailbox);
        } catch (ImapException.Refused _) {
            // What lies in it says so, each by itself.
        }
    }

    private boolean carry(List<Item> todo) {
        try (Conveyor conveyor = new Conveyor(source, todo)) {
            for (List<Cargo> batch = conveyor.next(); !batch.isEmpty(); batch = conveyor.next()) {
                try {
                    store(batch);
                } finally {
                    conveyor.done(batch);
                }
                if (!goOn.test(count.now())) {
                    return false;
                }
            }
            return true;
        }
    }

    private void store(List<Cargo> batch) {
        Map<MailboxName, List<Cargo>> targets = new LinkedHashMap<>();
        for (Cargo cargo : batch) {
            if (cargo.failure() != null) {
                skip(cargo, "migration.skip." + cargo.failure().reason().word());
            } else if (isNew(cargo)) {
                targets.computeIfAbsent(target(cargo.item()), _ -> new ArrayList<>())
                        .add(cargo);
            }
        }
        targets.forEach(this::store);
    }

    private MailboxName target(Item item) {
        return item.to() == null ? new MailboxName(plan.target()) : item.to();
    }

    /** Of a source without names for messages, it is known only now which one this is. */
    private boolean isNew(Cargo cargo) {
        if (!cargo.item().key().isEmpty()) {
            return true;
        }
        Entry known = ledger.of(account, List.of(key(cargo))).values().stream()
                .filter(Entry::isHere)
                .findFirst()
                .orElse(null);
        if (known != null) {
            count.known(known);
        }
        return known == null;
    }

    private String key(Cargo cargo) {
        String named = Leg.key(cargo.item());
        return named.isEmpty()
                ? unnamedKeys.computeIfAbsent(cargo.item().place(), _ -> {
                    String digest = cargo.digest();
                    return Digests.of(digest, String.valueOf(same.merge(digest, 1, Integer::sum)));
                })
                : named;
    }

    private void store(MailboxName mailbox, List<Cargo> batch) {
        Home.Standing standing;
        try {
            standing = home.standing(mailbox);
        } catch (ImapException.Refused _) {
            batch.forEach(cargo -> skip(cargo, "migration.skip.refused"));
            return;
        }
        long era = standing.era();
        long since = standing.next();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Cargo cargo : batch) {
            entries.put(key(cargo), entry(cargo, mailbox, era, since));
        }
        ledger.write(account, entries.values());
        Map<String, Cargo> unnamed = new LinkedHashMap<>();
        for (Cargo cargo : batch) {
            append(cargo, mailbox, entries, unnamed);
        }
        if (!unnamed.isEmpty()) {
            List<Entry> lost = unnamed.keySet().stream().map(entries::get).toList();
            Map<String, MessageRef> found = found(mailbox, lost);
            found.forEach((item, ref) -> entries.computeIfPresent(item, (_, entry) -> at(entry, ref)));
        }
        verify(mailbox, entries);
    }

    private static Entry at(Entry entry, MessageRef ref) {
        return entry.at(State.STORED, ref.uidValidity().value(), ref.uid().value());
    }

    private Entry entry(Cargo cargo, MailboxName mailbox, long era, long since) {
        return new Entry(
                key(cargo),
                State.INTENDED,
                cargo.digest(),
                cargo.spooled().octets(),
                mailbox,
                era,
                0,
                since,
                clock.instant(),
                "",
                null);
    }

    private void append(Cargo cargo, MailboxName mailbox, Map<String, Entry> entries, Map<String, Cargo> unnamed) {
        String key = key(cargo);
        Flags flags = cargo.letter().flags() == null
                ? plan.read() ? Flags.of(Flags.SEEN) : Flags.NONE
                : cargo.letter().flags();
        Heading heading = new Heading(cargo.spooled().head());
        Instant arrived = cargo.letter().arrived() == null
                ? heading.arrived(clock.instant())
                : cargo.letter().arrived();
        try {
            MessageRef ref = home.append(mailbox, cargo.spooled(), flags, arrived);
            if (ref == null) {
                unnamed.put(key, cargo);
            } else {
                entries.computeIfPresent(key, (_, entry) -> at(entry, ref));
            }
            refusals = 0;
        } catch (ImapException.Refused refused) {
            if (++refusals >= REFUSALS) {
                throw refused;
            }
            entries.remove(key);
            skip(cargo, "migration.skip.refused");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing counts before this: what was stored is read back. */
    private void verify(MailboxName mailbox, Map<String, Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long era = entries.values().iterator().next().uidValidity();
        List<Long> uids =
                entries.values().stream().map(Entry::uid).filter(uid -> uid > 0).toList();
        Map<Long, String> digests = home.digests(mailbox, era, uids);
        if (digests.size() < entries.size()) {
            throw new ImapException.ConnectionLost("what was stored is not where it was put", true, null);
        }
        List<Entry> settled = entries.values().stream()
                .map(entry -> entry.at(
                        entry.digest().equals(digests.get(entry.uid())) ? State.VERIFIED : State.STORED,
                        era,
                        entry.uid()))
                .toList();
        ledger.write(account, settled);
        settled.forEach(count::copied);
    }

    private void skip(Cargo cargo, String reason) {
        Spooled spooled = cargo.spooled();
        String key = cargo.failure() == null
                ? key(cargo)
                : Digests.of(cargo.item().key() + "#" + cargo.item().place());
        String note = cargo.failure() == null
                ? new Heading(spooled.head()).title()
                : "#" + (cargo.item().place() + 1);
        ledger.write(
                account,
                List.of(new Entry(
                        key,
                        State.SKIPPED,
                        "",
                        cargo.failure() == null
                                ? spooled.octets()
                                : Math.max(0, cargo.item().octets()),
                        target(cargo.item()),
                        0,
                        0,
                        0,
                        clock.instant(),
                        reason,
                        note)));
        count.skipped();
    }

    /**
     * Only what was verified, for as long as its mailbox is the one it was verified in.
     *
     * @return whether there is some of which it must be seen first where it is
     */
    private boolean remove(Leg leg) {
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
            reconcile();
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

    /** Finds out what became of what was about to be stored when something broke. */
    private void reconcile() {
        for (List<Entry> lost = ledger.in(account, State.INTENDED, 5_000);
                !lost.isEmpty();
                lost = ledger.in(account, State.INTENDED, 5_000)) {
            Map<MailboxName, List<Entry>> places = new LinkedHashMap<>();
            lost.forEach(entry -> places.computeIfAbsent(entry.mailbox(), _ -> new ArrayList<>())
                    .add(entry));
            places.forEach(this::reconcile);
        }
    }

    private void reconcile(MailboxName mailbox, List<Entry> lost) {
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

    private Map<String, MessageRef> found(MailboxName mailbox, List<Entry> lost) {
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
