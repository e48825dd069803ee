package org.palomar.search;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;

/** What a search has found, in the order in which it came. Safe for use by many threads. */
final class Results {

    /** Nobody reads more; a narrower search is what helps. */
    static final int MOST = 1_000;

    private final boolean once;
    private final Map<MessageRef, Found> found = new LinkedHashMap<>();
    private final Set<String> messageIds = new HashSet<>();
    private boolean cut;

    /** @param once whether a message counts once although it lies in several mailboxes */
    Results(boolean once) {
        this.once = once;
    }

    /** @return false when there was no room for all of them */
    synchronized boolean add(List<Found> more) {
        for (Found each : more) {
            if (found.size() >= MOST) {
                return false;
            }
            if (!found.containsKey(each.ref())
                    && (!once || each.messageId() == null || messageIds.add(each.messageId()))) {
                found.put(each.ref(), each);
            }
        }
        return true;
    }

    /**
     * Brings messages of one mailbox up to date.
     *
     * @param looked those that were looked at: who is not among {@code now} is gone
     */
    synchronized void renew(MailboxName mailbox, List<Uid> looked, List<Found> now) {
        Set<Uid> gone = new HashSet<>(looked);
        now.forEach(each -> gone.remove(each.ref().uid()));
        found.keySet().removeIf(ref -> ref.mailbox().equals(mailbox) && gone.contains(ref.uid()));
        now.forEach(each -> found.put(each.ref(), each));
        if (found.size() > MOST) {
            Set<MessageRef> newest = newestFirst(List.copyOf(found.values())).stream()
                    .limit(MOST)
                    .map(Found::ref)
                    .collect(Collectors.toSet());
            found.keySet().retainAll(newest);
            cut = true;
        }
    }

    /** Whether some were given up for newer ones, which the search does not find again. */
    synchronized boolean isCut() {
        return cut;
    }

    synchronized int size() {
        return found.size();
    }

    boolean isFull() {
        return size() >= MOST;
    }

    /** What has come since there were {@code count}. */
    synchronized List<Found> since(int count) {
        return found.values().stream().skip(Math.max(0, count)).toList();
    }

    /** Newest arrival first. */
    static List<Found> newestFirst(List<Found> results) {
        return results.stream()
                .sorted(Comparator.comparing(Found::arrived)
                        .reversed()
                        .thenComparing(each -> each.row().url()))
                .toList();
    }

    /** Those of one mailbox, ascending. */
    synchronized List<Uid> of(MailboxName mailbox) {
        return found.keySet().stream()
                .filter(ref -> ref.mailbox().equals(mailbox))
                .map(MessageRef::uid)
                .sorted()
                .toList();
    }
}
