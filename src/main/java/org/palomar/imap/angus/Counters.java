package org.palomar.imap.angus;

import java.util.List;
import java.util.Locale;

/**
 * What STATUS told about a mailbox; NOTIFY tells only what changed (RFC 5465 section 5).
 *
 * @param messages all of them -1 while not told, as is the last
 */
record Counters(long messages, long uidNext, long unseen, long uidValidity, long highestModSeq) {

    static final Counters UNKNOWN = new Counters(-1, -1, -1, -1, -1);

    Counters with(long total) {
        return with("MESSAGES", total);
    }

    /** These counters with the items of a STATUS response, which come in pairs of a name and a number. */
    Counters with(List<Value> items) {
        Counters now = this;
        for (int i = 0; i + 1 < items.size(); i += 2) {
            String name = items.get(i).string();
            long number = items.get(i + 1).number(-1);
            now = name == null || number < 0 ? now : now.with(name.toUpperCase(Locale.ROOT), number);
        }
        return now;
    }

    private Counters with(String name, long number) {
        return switch (name) {
            case "MESSAGES" -> new Counters(number, uidNext, unseen, uidValidity, highestModSeq);
            case "UIDNEXT" -> new Counters(messages, number, unseen, uidValidity, highestModSeq);
            case "UNSEEN" -> new Counters(messages, uidNext, number, uidValidity, highestModSeq);
            case "UIDVALIDITY" -> new Counters(messages, uidNext, unseen, number, highestModSeq);
            case "HIGHESTMODSEQ" -> new Counters(messages, uidNext, unseen, uidValidity, number);
            default -> this;
        };
    }

    /** Messages that came between {@code before} and now: UIDs are given in order, but not every one to a message that stayed. */
    int arrivedSince(Counters before) {
        long more = Math.min(messages, before.messages) < 0 ? 0 : messages - before.messages;
        boolean came = Math.min(uidNext, before.uidNext) < 0 ? more > 0 : uidNext > before.uidNext;
        return came ? Math.clamp(more, 1, Integer.MAX_VALUE) : 0;
    }
}
