package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.Argument;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;

/**
 * STORE, COPY, MOVE and UID EXPUNGE. Messages leave a mailbox only by UID: a plain EXPUNGE, or a CLOSE, would also remove what other
 * clients have marked and perhaps not meant to lose.
 */
final class Changes {

    private static final Flags DELETED = Flags.of(Flags.DELETED);

    private final ImapConnection connection;

    Changes(ImapConnection connection) {
        this.connection = connection;
    }

    void store(Collection<Uid> uids, FlagChange change, Flags flags) {
        TreeSet<String> values = new TreeSet<>(flags.values());
        values.remove("\\*");
        if (values.isEmpty()) {
            return;
        }
        for (String set : UidSets.of(uids)) {
            connection.run(storing(set, change, String.join(" ", values))).orThrow();
        }
    }

    private static Command storing(String set, FlagChange change, String flags) {
        String how = change == FlagChange.ADD ? " +FLAGS.SILENT (" : " -FLAGS.SILENT (";
        return Command.change("UID STORE " + set + how + flags + ")");
    }

    /**
     * SEARCH and STORE in one round trip. RFC 9051 section 5.5 bids servers answer such a pair in order; from one that does not,
     * fewer changes would be told than were made, which undo then leaves as they are.
     */
    List<Uid> mark(Collection<Uid> uids, FlagChange change, String flag) {
        String checked = Flags.of(flag).values().iterator().next();
        List<Uid> changed = new ArrayList<>();
        for (String set : UidSets.of(uids)) {
            Answer answer = connection.run(List.of(
                    Command.read("UID SEARCH UID " + set + " " + key(checked, change == FlagChange.REMOVE)),
                    storing(set, change, checked)));
            // A server that cannot search for a keyword may still store it.
            Failures.check(answer.completion());
            changed.addAll(answer.isOk(0) ? Search.uids(answer) : List.of());
        }
        return changed;
    }

    /** The SEARCH key for messages that have the flag, or have it not (RFC 9051 section 6.4.4). */
    private static String key(String flag, boolean set) {
        return (set ? "" : "UN")
                + (flag.startsWith("\\") ? flag.substring(1).toUpperCase(Locale.ROOT) : "KEYWORD " + flag);
    }

    Map<Uid, MessageRef> copy(Collection<Uid> uids, MailboxName target) {
        return transfer("UID COPY ", uids, target);
    }

    Map<Uid, MessageRef> move(Collection<Uid> uids, MailboxName target) {
        if (connection.offers("MOVE")) {
            return transfer("UID MOVE ", uids, target);
        }
        requireUidPlus();
        Map<Uid, MessageRef> copies = copy(uids, target);
        expunge(uids);
        return copies;
    }

    void expunge(Collection<Uid> uids) {
        requireUidPlus();
        store(uids, FlagChange.ADD, DELETED);
        for (String set : UidSets.of(uids)) {
            connection.run(Command.change("UID EXPUNGE " + set)).orThrow();
        }
    }

    private Map<Uid, MessageRef> transfer(String verb, Collection<Uid> uids, MailboxName target) {
        Map<Uid, MessageRef> copies = new LinkedHashMap<>();
        for (String set : UidSets.of(uids)) {
            Argument arguments =
                    new Argument().writeAtom(set).append(connection.names().argument(target));
            copies.putAll(UidSets.copied(
                    connection.run(Command.change(verb.strip(), arguments)).orThrow(), target));
        }
        return copies;
    }

    private void requireUidPlus() {
        if (!connection.offers("UIDPLUS")) {
            throw new ImapException.Unsupported("the server has neither MOVE nor UIDPLUS");
        }
    }
}
