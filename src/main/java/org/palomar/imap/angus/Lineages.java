package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palomar.mail.Lineage;
import org.palomar.mail.MessageId;
import org.palomar.mail.Uid;

/** FETCH of what messages answer. Nothing is asked for that would make a server open files it has indexed. */
final class Lineages {

    /** Octets of the References header; the oldest identifiers come first, and the parent stands in In-Reply-To too. */
    private static final int MAX_HEADER = 8 * 1024;

    private static final String ITEMS = " (UID ENVELOPE BODY.PEEK[HEADER.FIELDS (REFERENCES)]<0." + MAX_HEADER + ">)";

    private final ImapConnection connection;

    Lineages(ImapConnection connection) {
        this.connection = connection;
    }

    List<Lineage> of(Collection<Uid> uids) {
        Set<Uid> wanted = Set.copyOf(uids);
        List<Command> commands = UidSets.of(uids).stream()
                .map(set -> Command.read("UID FETCH " + set + ITEMS))
                .toList();
        List<Lineage> lineages = new ArrayList<>();
        for (Map<String, Value> items :
                FetchedMessages.of(connection.run(commands)).known().values()) {
            Uid uid = SummaryItems.uid(items);
            if (uid != null && wanted.contains(uid) && items.containsKey("ENVELOPE")) {
                lineages.add(new Lineage(
                        uid, EnvelopeReader.read(items.getOrDefault("ENVELOPE", Value.Nil.NIL)), references(items)));
            }
        }
        lineages.sort(Comparator.comparing(Lineage::uid));
        return lineages;
    }

    private static List<MessageId> references(Map<String, Value> items) {
        for (Map.Entry<String, Value> item : items.entrySet()) {
            byte[] bytes = item.getKey().startsWith("BODY[HEADER.FIELDS")
                    ? item.getValue().bytes()
                    : null;
            if (bytes != null) {
                return MessageId.all(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
        return List.of();
    }
}
