package org.palomar.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
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

    /** One after the other, without one that goes: then it is not the messages. */
    private static final int REFUSALS = 20;

    private final String account;
    private final Plan plan;
    private final Source source;
    private final Home home;
    private final Ledger ledger;
    private final Recovery recovery;
    private final Removal removal;
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
        this.recovery = new Recovery(account, home, ledger, clock);
        this.removal = new Removal(account, plan, source, home, ledger, recovery, count, clock);
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
        recovery.settle();
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
            boolean again = removal.remove(leg, unnamedKeys);
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
            Map<String, MessageRef> found = recovery.found(mailbox, lost);
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
}
