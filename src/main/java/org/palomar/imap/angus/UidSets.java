package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.palomar.mail.Uid;

/** UID sets (RFC 9051 section 4.1.1): written as ranges, cut so that no command line nears 8,000 octets (RFC 7162 section 4). */
final class UidSets {

    private static final int MAX_LENGTH = 6_000;

    /** Beyond this a COPYUID answer is not believed. */
    private static final int MAX_EXPANDED = 200_000;

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

    /** New UIDs by old one from the COPYUID codes of an answer (RFC 4315 section 3). */
    static Map<Uid, Uid> copied(Answer answer) {
        Map<Uid, Uid> copies = new LinkedHashMap<>();
        answer.codes("COPYUID").forEach(code -> {
            String arguments = code.arguments();
            int first = arguments.indexOf(' ');
            int second = arguments.indexOf(' ', first + 1);
            if (first > 0 && second > 0) {
                List<Uid> from = expand(arguments.substring(first + 1, second));
                List<Uid> to = expand(arguments.substring(second + 1).strip());
                for (int i = 0; from.size() == to.size() && i < from.size(); i++) {
                    copies.put(from.get(i), to.get(i));
                }
            }
        });
        return copies;
    }

    /** The UIDs of a set as a server writes it; empty when it is not one. */
    static List<Uid> expand(String set) {
        return expand(set, MAX_EXPANDED);
    }

    /** @param most how many are believed; more are none */
    static List<Uid> expand(String set, long most) {
        List<Uid> uids = new ArrayList<>();
        int at = 0;
        try {
            while (at < set.length()) {
                int comma = set.indexOf(',', at);
                int end = comma < 0 ? set.length() : comma;
                int colon = set.indexOf(':', at);
                long from = Long.parseLong(set, at, colon < 0 || colon > end ? end : colon, 10);
                long to = colon < 0 || colon > end ? from : Long.parseLong(set, colon + 1, end, 10);
                if (Math.abs(to - from) + uids.size() > most) {
                    return List.of();
                }
                for (long uid = Math.min(from, to); uid <= Math.max(from, to); uid++) {
                    uids.add(new Uid(uid));
                }
                at = end + 1;
            }
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        return List.copyOf(uids);
    }
}
