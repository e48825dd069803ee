package org.palomar.imap.angus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxEvent.FlagsChanged;
import org.palomar.mail.MailboxEvent.MailboxesChanged;
import org.palomar.mail.MailboxEvent.MessagesArrived;
import org.palomar.mail.MailboxEvent.MessagesExpunged;
import org.palomar.mail.MailboxName;

/** Turns what a watching connection hears into events. For one thread. */
final class Happenings {

    /** Beyond this, mailboxes are not compared, so that changes in them are told without saying which. */
    private static final int MOST = 2_000;

    private final MailboxNames names;
    private final Consumer<MailboxEvent> tell;
    private final Map<MailboxName, Counters> known = new HashMap<>();
    private @Nullable Set<MailboxName> listed;
    private int listHash;
    private @Nullable MailboxName selected;
    private int messages;
    private boolean settled;
    private boolean overflowed;

    Happenings(MailboxNames names, Consumer<MailboxEvent> tell) {
        this.names = names;
        this.tell = tell;
    }

    /** Another mailbox is selected, with so many messages; null when none is. What is not as it was last told is news. */
    void selected(@Nullable MailboxName mailbox, int count) {
        if (selected != null) {
            known.put(selected, Counters.UNKNOWN.with(messages));
        }
        selected = mailbox;
        messages = count;
        if (settled && mailbox != null) {
            long more = count
                    - known.getOrDefault(mailbox, Counters.UNKNOWN.with(count)).messages();
            if (more > 0) {
                tell.accept(new MessagesArrived(mailbox, (int) more));
            } else if (more < 0) {
                tell.accept(new MessagesExpunged(mailbox));
            }
        }
    }

    /** What came until now was how things stand; what comes from now on is news. */
    void settle() {
        settled = true;
    }

    /** Whether the server gave up telling (RFC 5465 section 5.8). */
    boolean overflowed() {
        return overflowed;
    }

    /** LIST responses from now on answer a question. */
    void listing() {
        listed = new HashSet<>();
    }

    /** The question is answered: other mailboxes than last time are news. */
    void listed() {
        Set<MailboxName> all = listed;
        listed = null;
        if (all != null && !all.isEmpty()) {
            int hash = all.hashCode();
            if (settled && hash != listHash) {
                tell.accept(new MailboxesChanged());
            }
            listHash = hash;
            known.keySet().retainAll(all);
        }
    }

    void read(WireResponse response) {
        ResponseCode code = response.code();
        if (response.isData("STATUS")) {
            status(response);
        } else if (response.isData("LIST")) {
            list(response);
        } else if (code != null && code.is("NOTIFICATIONOVERFLOW")) {
            overflowed = true;
        } else if (selected != null) {
            read(response, selected);
        }
    }

    private void read(WireResponse response, MailboxName mailbox) {
        if (response.isData("EXISTS")) {
            int more = response.getNumber() - messages;
            messages = response.getNumber();
            if (more > 0) {
                tell.accept(new MessagesArrived(mailbox, more));
            }
        } else if (response.isData("EXPUNGE")) {
            expunged(mailbox, 1);
        } else if (response.isData("VANISHED")) {
            // RFC 7162 section 3.2.10; EARLIER are those that this connection never counted.
            String rest = response.getRest();
            expunged(
                    mailbox,
                    rest.startsWith("(") ? 0 : UidSets.expand(rest.strip()).size());
        } else if (response.isData("FETCH")) {
            tell.accept(new FlagsChanged(mailbox));
        }
    }

    private void expunged(MailboxName mailbox, int gone) {
        messages = Math.max(0, messages - gone);
        tell.accept(new MessagesExpunged(mailbox));
    }

    private void list(WireResponse response) {
        if (listed == null) {
            if (settled) {
                tell.accept(new MailboxesChanged());
            }
            return;
        }
        List<Value> values = values(response);
        MailboxName name = values.size() < 3 ? null : names.heard(values.get(2).string());
        if (name != null) {
            listed.add(name);
        }
    }

    private void status(WireResponse response) {
        List<Value> values = values(response);
        MailboxName name =
                values.size() < 2 ? null : names.heard(values.getFirst().string());
        if (name == null) {
            return;
        }
        Counters before = known.getOrDefault(name, Counters.UNKNOWN);
        Counters now = before.with(values.get(1).members());
        boolean first = !known.containsKey(name);
        if (!first || known.size() < MOST) {
            known.put(name, now);
        }
        if (name.equals(selected)) {
            // Arrivals and removals in the selected mailbox come by themselves, and earlier; some servers keep flags
            // back.
            if (settled && before.unseen() >= 0 && !now.equals(before)) {
                tell.accept(new FlagsChanged(name));
            }
        } else {
            compare(name, before, now, first);
        }
    }

    private void compare(MailboxName name, Counters before, Counters now, boolean first) {
        if (!settled || now.equals(before)) {
            return;
        }
        if (first || (before.uidValidity() > 0 && now.uidValidity() != before.uidValidity())) {
            tell.accept(new MailboxesChanged());
            return;
        }
        int arrived = now.arrivedSince(before);
        if (arrived > 0) {
            tell.accept(new MessagesArrived(name, arrived));
        }
        if (now.messages() >= 0 && before.messages() >= 0 && now.messages() < before.messages() + arrived) {
            tell.accept(new MessagesExpunged(name));
        } else if (arrived == 0) {
            tell.accept(new FlagsChanged(name));
        }
    }

    private static List<Value> values(WireResponse response) {
        try {
            return response.values().rest();
        } catch (ValueReader.Malformed e) {
            return List.of();
        }
    }
}
