package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox.Window;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;

/**
 * FETCH of list rows, by window or by UID; of those that {@link KnownRows} holds, only the flags. One message that cannot be read does
 * not cost the others.
 */
final class Summaries {

    private static final int MAX_REPAIRS = 500;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;
    /** Rows of which only the flags were asked for: what is read meanwhile may drive them out of what is remembered. */
    private final Map<Uid, MessageSummary> awaited = new HashMap<>();

    private @Nullable WireResponse refusal;

    Summaries(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    /**
     * Part of the mailbox by sequence numbers.
     *
     * @param skip how many to pass over, from the newest or the oldest
     */
    private record Cut(SelectedMailbox mailbox, int skip, int count, boolean newestFirst) {

        int high() {
            return newestFirst
                    ? Math.max(0, mailbox.messages() - skip)
                    : (int) Math.min(mailbox.messages(), (long) skip + count);
        }

        int low() {
            return newestFirst ? Math.max(1, high() - count + 1) : skip + 1;
        }

        boolean isEmpty() {
            return high() < 1 || low() > high();
        }

        /** Ends with {@code *} where that brings what is announced meanwhile. */
        String range() {
            return low() + ":" + (isOpen() ? "*" : Integer.toString(high()));
        }

        private boolean isOpen() {
            return newestFirst && skip == 0;
        }

        /** Whether most rows are known, so that it is less to ask for their flags. */
        boolean isKnown() {
            return unknown().size() < (high() - low() + 1) / 2.0;
        }

        List<Integer> unknown() {
            return IntStream.rangeClosed(low(), high())
                    .filter(n -> !mailbox.rows().has(n))
                    .boxed()
                    .toList();
        }

        /** Flags of rows that are known, all of the others and of what is announced meanwhile. */
        List<Command> commands(String items) {
            List<Command> commands = new ArrayList<>();
            commands.add(Command.read("FETCH " + low() + ":" + high() + " (UID FLAGS)"));
            List<Integer> unknown = unknown();
            if (!unknown.isEmpty()) {
                String set = unknown.stream().map(String::valueOf).collect(Collectors.joining(","));
                commands.add(Command.read(
                        "FETCH " + set + (isOpen() && unknown.getLast() == high() ? ":*" : "") + " (" + items + ")"));
            }
            Uid last = mailbox.rows().uid(high());
            if (isOpen() && last != null) {
                // Where nothing is newer this brings the last row once more, since * is that (RFC 9051 section 9,
                // seq-range).
                commands.add(
                        Command.read("UID FETCH " + Math.min(last.value() + 1, 0xFFFF_FFFFL) + ":* (" + items + ")"));
            }
            return commands;
        }
    }

    Window newest(int skip, int count, boolean fresh) {
        return window(new Cut(mailbox, skip, count, true), fresh);
    }

    Window oldest(int skip, int count, boolean fresh) {
        return window(new Cut(mailbox, skip, count, false), fresh);
    }

    /**
     * @param fresh whether the number of messages is known to be right, so that nothing need be asked before
     */
    private Window window(Cut cut, boolean fresh) {
        NavigableMap<Integer, MessageSummary> rows = fetch(cut, fresh, cut.isKnown());
        if (!missing(rows, cut).isEmpty()) {
            rows = fetch(cut, false, false);
            repair(missing(rows, cut), rows);
        }
        if (cut.isEmpty()) {
            return new Window(List.of(), mailbox.messages());
        }
        NavigableMap<Integer, MessageSummary> found = rows.subMap(cut.low(), true, cut.high(), true);
        List<MessageSummary> messages = new ArrayList<>((cut.newestFirst ? found.descendingMap() : found).values());
        if (messages.isEmpty() && refusal != null) {
            // An empty page would say that there is no mail.
            Failures.check(refusal);
        }
        return new Window(messages, mailbox.messages());
    }

    private Answer run(List<Command> commands) {
        Answer answer = connection.run(commands);
        answer.completions().stream().filter(c -> !c.isOK()).findFirst().ifPresent(c -> refusal = c);
        return answer;
    }

    /**
     * NOOP and FETCH in one round trip. The NOOP goes first, so that new messages are announced before the window that ends with
     * {@code *} is cut; an EXPUNGE it brings shifts the window, which {@link #missing} notices. Nothing is changed by number, and
     * every row carries its UID, so this is safe although RFC 9051 section 5.5 bids clients wait.
     */
    private NavigableMap<Integer, MessageSummary> fetch(Cut cut, boolean fresh, boolean known) {
        List<Command> commands = new ArrayList<>();
        if (!fresh) {
            commands.add(Command.read("NOOP"));
        }
        if (known) {
            awaited.putAll(mailbox.rows().between(cut.low(), cut.high()));
            commands.addAll(cut.commands(SummaryItems.full(connection)));
        } else if (!cut.isEmpty()) {
            commands.add(full("FETCH " + cut.range()));
        }
        return commands.isEmpty() ? new TreeMap<>() : rows(FetchedMessages.of(run(commands)));
    }

    private Command full(String command) {
        return Command.read(command + " (" + SummaryItems.full(connection) + ")");
    }

    private static Set<Integer> missing(NavigableMap<Integer, MessageSummary> rows, Cut cut) {
        Set<Integer> missing = new TreeSet<>();
        for (int n = cut.low(); n <= cut.high(); n++) {
            if (!rows.containsKey(n)) {
                missing.add(n);
            }
        }
        return missing;
    }

    /** Rows for UIDs that still exist, in UID order. */
    List<MessageSummary> of(Collection<Uid> uids) {
        Answer answer = connection.run(commands(uids));
        return of(uids, FetchedMessages.of(answer), answer.isOk());
    }

    /** Rows without what makes them large. */
    List<MessageSummary> outlines(Collection<Uid> uids) {
        Answer answer = connection.run(UidSets.of(uids).stream()
                .map(set -> Command.read("UID FETCH " + set + " (" + SummaryItems.LIGHT + ")"))
                .toList());
        for (WireResponse completion : answer.completions()) {
            ImapException refused = completion.isOK() ? null : Failures.of(completion);
            if (refused instanceof ImapException.Busy || refused instanceof ImapException.TooManyConnections) {
                // To ask for each of them now would make it worse.
                throw refused;
            }
        }
        return of(uids, FetchedMessages.of(answer), answer.isOk());
    }

    /** What asks for these rows: of those that are known, for their flags. */
    List<Command> commands(Collection<Uid> uids) {
        Map<Boolean, List<Uid>> known = uids.stream().collect(Collectors.partitioningBy(mailbox.rows()::has));
        List<Command> commands = new ArrayList<>();
        awaited.putAll(mailbox.rows().of(known.getOrDefault(true, List.of())));
        for (String set : UidSets.of(known.getOrDefault(true, List.of()))) {
            commands.add(Command.read("UID FETCH " + set + " (UID FLAGS)"));
        }
        for (String set : UidSets.of(known.getOrDefault(false, List.of()))) {
            commands.add(full("UID FETCH " + set));
        }
        return commands;
    }

    /**
     * As {@link #of(Collection)}, of what {@link #commands} have fetched already.
     *
     * @param complete whether they succeeded
     */
    List<MessageSummary> of(Collection<Uid> uids, FetchedMessages fetched, boolean complete) {
        Map<Uid, MessageSummary> rows = new HashMap<>();
        take(fetched, complete, uids, rows);
        return sorted(rows, uids);
    }

    private void take(FetchedMessages fetched, boolean complete, Collection<Uid> uids, Map<Uid, MessageSummary> rows) {
        NavigableMap<Integer, MessageSummary> found = rows(fetched);
        repair(fetched.malformed(), found);
        found.values().forEach(row -> rows.put(row.ref().uid(), row));
        if (!complete) {
            repairByUid(uids, rows);
        }
    }

    private static List<MessageSummary> sorted(Map<Uid, MessageSummary> rows, Collection<Uid> uids) {
        // A server may send more than was asked for, such as the last message for a range that ends with *.
        rows.keySet().retainAll(Set.copyOf(uids));
        return rows.values().stream()
                .sorted(Comparator.comparing(row -> row.ref().uid()))
                .toList();
    }

    private NavigableMap<Integer, MessageSummary> rows(FetchedMessages fetched) {
        NavigableMap<Integer, MessageSummary> rows = new TreeMap<>();
        fetched.known().forEach((sequence, items) -> {
            MessageSummary row = row(sequence, items);
            if (row != null) {
                rows.put(sequence, row);
            }
        });
        return rows;
    }

    private @Nullable MessageSummary row(int sequence, Map<String, Value> items) {
        if (items.containsKey("ENVELOPE") || items.containsKey("RFC822.SIZE")) {
            MessageSummary row = SummaryItems.read(mailbox, sequence, items);
            if (row != null && row.body() != null) {
                mailbox.rows().put(row);
            }
            return row;
        }
        Uid uid = SummaryItems.uid(items);
        Value flags = items.get("FLAGS");
        if (uid == null || flags == null) {
            return null;
        }
        MessageSummary known = awaited.get(uid);
        return known == null ? null : mailbox.rows().now(known, sequence, SummaryItems.flags(flags));
    }

    private void repair(Set<Integer> sequences, NavigableMap<Integer, MessageSummary> rows) {
        for (String items : List.of(SummaryItems.LIGHT, SummaryItems.BARE)) {
            List<Command> commands = sequences.stream()
                    .filter(n -> !rows.containsKey(n))
                    .limit(MAX_REPAIRS)
                    .map(n -> Command.read("FETCH " + n + " (" + items + ")"))
                    .toList();
            if (!commands.isEmpty()) {
                rows(FetchedMessages.of(run(commands))).forEach(rows::putIfAbsent);
            }
        }
    }

    private void repairByUid(Collection<Uid> uids, Map<Uid, MessageSummary> rows) {
        List<Command> commands = uids.stream()
                .filter(uid -> !rows.containsKey(uid))
                .limit(MAX_REPAIRS)
                .map(uid -> Command.read("UID FETCH " + uid + " (" + SummaryItems.LIGHT + ")"))
                .toList();
        if (!commands.isEmpty()) {
            rows(FetchedMessages.of(connection.run(commands)))
                    .values()
                    .forEach(row -> rows.putIfAbsent(row.ref().uid(), row));
        }
    }
}
