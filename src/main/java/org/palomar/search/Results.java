package org.palomar.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;

/** What a search has found, in the order in which it came. Safe for use by many threads. */
final class Results {

    /** Nobody reads more; a narrower search is what helps. */
    static final int MOST = 1_000;

    private final boolean once;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> messageIds = new HashSet<>();

    /** @param once whether a message counts once although it lies in several mailboxes */
    Results(boolean once) {
        this.once = once;
    }

    synchronized void add(List<Found> more) {
        for (Found each : more) {
            boolean again = once && each.messageId() != null && !messageIds.add(each.messageId());
            if (!again && found.size() < MOST) {
                found.add(each);
            }
        }
    }

    /** Puts these in the place of all from that mailbox. */
    synchronized void replace(MailboxName mailbox, List<Found> now) {
        found.removeIf(each -> each.ref().mailbox().equals(mailbox));
        found.addAll(now);
    }

    synchronized int size() {
        return found.size();
    }

    boolean isFull() {
        return size() >= MOST;
    }

    /** What has come since there were {@code count}. */
    synchronized List<Found> since(int count) {
        return List.copyOf(found.subList(Math.clamp(count, 0, found.size()), found.size()));
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
        return found.stream()
                .filter(each -> each.ref().mailbox().equals(mailbox))
                .map(each -> each.ref().uid())
                .sorted()
                .toList();
    }
}
