package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;

/** UID sets (RFC 9051 section 4.1.1): written as ranges, cut so that no command line nears 8,000 octets (RFC 7162 section 4). */
final class UidSets {

    private static final int MAX_LENGTH = 6_000;

    /** Beyond this a COPYUID answer is not believed. */
    private static final int MAX_EXPANDED = 200_000;

    /** Nor are more messages in one mailbox. */
    private static final int MAX_MAILBOX = 5_000_000;

    private UidSets() {}

    /** One or more sets that hold all UIDs; none for none. */
    static List<String> of(Collection<Uid> uids) {
        List<String> sets = new ArrayList<>();
        StringBuilder set = new StringBuilder();
        long from = 0;
        long to = 0;
        for (Uid uid : new TreeSet<>(uids)) {
            if (uid.value() == to + 1 && to > 0) {
                to = uid.value();
                continue;
            }
            set = appended(set, from, to, sets);
            from = uid.value();
            to = from;
        }
        set = appended(set, from, to, sets);
        if (!set.isEmpty()) {
            sets.add(set.toString());
        }
        return sets;
    }

    private static StringBuilder appended(StringBuilder set, long from, long to, List<String> sets) {
        if (to == 0) {
            return set;
        }
        StringBuilder current = set;
        if (current.length() > MAX_LENGTH) {
            sets.add(current.toString());
            current = new StringBuilder();
        }
        if (!current.isEmpty()) {
            current.append(',');
        }
        current.append(from);
        if (to > from) {
            current.append(':').append(to);
        }
        return current;
    }

    /** Where the copies lie, by old UID, from the COPYUID codes of an answer (RFC 4315 section 3). */
    static Map<Uid, MessageRef> copied(Answer answer, MailboxName target) {
        Map<Uid, MessageRef> copies = new LinkedHashMap<>();
        answer.codes("COPYUID").forEach(code -> {
            String arguments = code.arguments();
            int first = arguments.indexOf(' ');
            int second = arguments.indexOf(' ', first + 1);
            UidValidity era = first > 0 ? era(arguments.substring(0, first)) : null;
            if (era != null && second > 0) {
                List<Uid> from = expand(arguments.substring(first + 1, second));
                List<Uid> to = expand(arguments.substring(second + 1).strip());
                for (int i = 0; from.size() == to.size() && i < from.size(); i++) {
                    copies.put(from.get(i), new MessageRef(target, era, to.get(i)));
                }
            }
        });
        return copies;
    }

    private static @Nullable UidValidity era(String number) {
        try {
            return new UidValidity(Long.parseLong(number));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The UIDs of a set as a server writes it; empty when it is not one, or beyond belief. */
    static List<Uid> expand(String set) {
        Uids.Builder uids = new Uids.Builder(0);
        return expand(set, uids, MAX_EXPANDED) ? uids.build().list() : List.of();
    }

    /** Adds the UIDs of a whole mailbox, at most 5 million. */
    static void expand(String set, Uids.Builder to) {
        if (!expand(set, to, MAX_MAILBOX)) {
            throw new ImapException.Refused("a set of UIDs that cannot be read");
        }
    }

    private static boolean expand(String set, Uids.Builder to, int limit) {
        int at = 0;
        try {
            while (at < set.length()) {
                int comma = set.indexOf(',', at);
                int end = comma < 0 ? set.length() : comma;
                int colon = set.indexOf(':', at, end);
                long from = Long.parseLong(set, at, colon < 0 ? end : colon, 10);
                long last = colon < 0 ? from : Long.parseLong(set, colon + 1, end, 10);
                if (Math.abs(last - from) + to.size() > limit) {
                    return false;
                }
                for (long uid = Math.min(from, last); uid <= Math.max(from, last); uid++) {
                    to.add(uid);
                }
                at = end + 1;
            }
        } catch (IllegalArgumentException e) {
            return false;
        }
        return true;
    }
}
