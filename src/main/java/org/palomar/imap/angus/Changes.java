package org.palomar.imap.angus;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.Argument;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
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
        String how = change == FlagChange.ADD ? " +FLAGS.SILENT (" : " -FLAGS.SILENT (";
        for (String set : UidSets.of(uids)) {
            connection
                    .run(Command.change("UID STORE " + set + how + String.join(" ", values) + ")"))
                    .orThrow();
        }
    }

    Map<Uid, Uid> copy(Collection<Uid> uids, MailboxName target) {
        return transfer("UID COPY ", uids, target);
    }

    Map<Uid, Uid> move(Collection<Uid> uids, MailboxName target) {
        if (connection.offers("MOVE")) {
            return transfer("UID MOVE ", uids, target);
        }
        requireUidPlus();
        Map<Uid, Uid> copies = copy(uids, target);
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

    private Map<Uid, Uid> transfer(String verb, Collection<Uid> uids, MailboxName target) {
        Map<Uid, Uid> copies = new LinkedHashMap<>();
        for (String set : UidSets.of(uids)) {
            Argument arguments =
                    new Argument().writeAtom(set).append(connection.names().argument(target));
            copies.putAll(UidSets.copied(
                    connection.run(Command.change(verb.strip(), arguments)).orThrow()));
        }
        return copies;
    }

    private void requireUidPlus() {
        if (!connection.offers("UIDPLUS")) {
            throw new ImapException.Unsupported("the server has neither MOVE nor UIDPLUS");
        }
    }
}
