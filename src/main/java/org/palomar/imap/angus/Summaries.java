package org.palomar.imap.angus;

import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.palomar.imap.OpenMailbox.Window;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;

/** FETCH of list rows, by window or by UID. One message that cannot be read does not cost the others. */
final class Summaries {

    private static final int MAX_REPAIRS = 500;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;
    private @Nullable WireResponse refusal;

    Summaries(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    /**
     * @param fresh whether the number of messages is known to be right, so that nothing need be asked before
     */
    Window newest(int skip, int count, boolean fresh) {
        NavigableMap<Integer, MessageSummary> rows = fetchWindow(skip, count, fresh);
        if (!missing(rows, skip, count).isEmpty()) {
            rows = fetchWindow(skip, count, false);
            repair(missing(rows, skip, count), rows);
        }
        if (high(skip) == 0) {
            return new Window(List.of(), mailbox.messages());
        }
        List<MessageSummary> newestFirst = new ArrayList<>(rows.subMap(low(skip, count), true, high(skip), true)
                .descendingMap()
                .values());
        if (newestFirst.isEmpty() && refusal != null) {
            // An empty page would say that there is no mail.
            Failures.check(refusal);
        }
        return new Window(newestFirst, mailbox.messages());
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
    private NavigableMap<Integer, MessageSummary> fetchWindow(int skip, int count, boolean fresh) {
        List<Command> commands = new ArrayList<>();
        if (!fresh) {
            commands.add(Command.read("NOOP"));
        }
        int high = high(skip);
        if (high >= 1) {
            commands.add(Command.read("FETCH " + low(skip, count) + ":" + (skip == 0 ? "*" : Integer.toString(high))
                    + " (" + SummaryItems.full(connection) + ")"));
        }
        return commands.isEmpty() ? new TreeMap<>() : rows(FetchedMessages.of(run(commands)));
    }

    private int high(int skip) {
        return Math.max(0, mailbox.messages() - skip);
    }

    private int low(int skip, int count) {
        return Math.max(1, high(skip) - count + 1);
    }

    private Set<Integer> missing(NavigableMap<Integer, MessageSummary> rows, int skip, int count) {
        Set<Integer> missing = new TreeSet<>();
        for (int n = low(skip, count); n <= high(skip); n++) {
            if (!rows.containsKey(n)) {
                missing.add(n);
            }
        }
        return missing;
    }

    /** Rows for UIDs that still exist, in UID order. */
    List<MessageSummary> of(Collection<Uid> uids) {
        Map<Uid, MessageSummary> rows = new HashMap<>();
        for (String set : UidSets.of(uids)) {
            Answer answer =
                    connection.run(Command.read("UID FETCH " + set + " (" + SummaryItems.full(connection) + ")"));
            FetchedMessages fetched = FetchedMessages.of(answer);
            NavigableMap<Integer, MessageSummary> found = rows(fetched);
            repair(fetched.malformed(), found);
            found.values().forEach(row -> rows.put(row.ref().uid(), row));
            if (!answer.isOk(0)) {
                repairByUid(uids, rows);
            }
        }
        // A server may send more than was asked for, such as the last message for a range that ends with *.
        rows.keySet().retainAll(Set.copyOf(uids));
        return rows.values().stream()
                .sorted(Comparator.comparing(row -> row.ref().uid()))
                .toList();
    }

    /** When messages arrived; those that are gone are absent. */
    Map<Uid, Instant> arrivals(Collection<Uid> uids) {
        Map<Uid, Instant> arrivals = new HashMap<>();
        for (String set : UidSets.of(uids)) {
            Answer answer = connection.run(Command.read("UID FETCH " + set + " (UID INTERNALDATE)"));
            FetchedMessages.of(answer).known().values().forEach(items -> {
                Uid uid = SummaryItems.uid(items);
                if (uid != null && items.containsKey("INTERNALDATE")) {
                    arrivals.put(uid, Dates.internal(items.get("INTERNALDATE").string()));
                }
            });
        }
        return arrivals;
    }

    private NavigableMap<Integer, MessageSummary> rows(FetchedMessages fetched) {
        NavigableMap<Integer, MessageSummary> rows = new TreeMap<>();
        fetched.known().forEach((sequence, items) -> {
            MessageSummary row = items.containsKey("ENVELOPE") || items.containsKey("RFC822.SIZE")
                    ? SummaryItems.read(mailbox, sequence, items)
                    : null;
            if (row != null) {
                rows.put(sequence, row);
            }
        });
        return rows;
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
