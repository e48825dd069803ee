package org.palomar.imap.angus;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.palomar.mail.Uid;

/** When messages arrived (INTERNALDATE). */
final class Arrivals {

    private Arrivals() {}

    /** Those that are gone are absent. */
    static Map<Uid, Instant> of(ImapConnection connection, Collection<Uid> uids) {
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
}
