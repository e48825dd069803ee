package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.OpenMailbox.Difference;
import org.palomar.imap.OpenMailbox.Glance;
import org.palomar.imap.OpenMailbox.News;
import org.palomar.mail.Flags;
import org.palomar.mail.Inventory;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

/** Which messages there are, and which came and went. Needs no extension; ESEARCH (RFC 4731) makes an inventory short. */
final class Census {

    /** So many removals are looked for one by one; for more, or among fewer messages than {@link #MANY}, an inventory is quicker. */
    private static final int FEW = 20;

    private static final int MANY = 5_000;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;

    Census(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    /** @param fresh whether the server told a moment ago how many messages there are */
    Inventory inventory(boolean fresh) {
        return new Inventory(mailbox.uidValidity(), new Search(connection).inventory(fresh));
    }

    /** @param news what was told of this inventory's state a moment ago */
    Difference since(Inventory known, News news) {
        if (!news.removed()) {
            return difference(known, news.arrived(), Uids.NONE);
        }
        int gone = known.uids().size() + news.arrived().size() - news.now().messages();
        boolean sameEra = news.now().uidValidity().equals(known.uidValidity());
        if (sameEra && gone > 0 && gone <= FEW && known.uids().size() >= MANY) {
            Optional<Uids> found = new Removals(connection, known.uids(), gone).find();
            if (found.isPresent()) {
                return difference(known, news.arrived(), found.get());
            }
        }
        Inventory now = inventory(false);
        return now.uidValidity().equals(known.uidValidity())
                ? new Difference(
                        now, now.uids().without(known.uids()), known.uids().without(now.uids()))
                : new Difference(now, now.uids(), known.uids());
    }

    private static Difference difference(Inventory known, Uids arrived, Uids gone) {
        Uids uids = known.uids().without(gone).and(arrived);
        return new Difference(new Inventory(known.uidValidity(), uids), arrived, gone);
    }

    /**
     * NOOP brings what happened; the FETCH from beyond the highest UID known brings what came, and where nothing did the last message
     * all the same, since {@code *} is the last one (RFC 9051 section 9, seq-range). Its sequence number is the number of messages.
     */
    News news(MailboxState known, Collection<Uid> rows, boolean fresh) {
        return glance(known, rows, List.of(), fresh).news();
    }

    Glance glance(MailboxState known, Collection<Uid> rows, Collection<Uid> flagged, boolean fresh) {
        if (!known.uidValidity().equals(mailbox.uidValidity())) {
            return new Glance(new News(known, inventory(fresh).state(), Uids.NONE, List.of()), Map.of());
        }
        List<Command> commands = new ArrayList<>();
        if (!fresh) {
            commands.add(Command.read("NOOP"));
        }
        commands.add(Command.read("UID FETCH " + Math.min(known.highestUid() + 1, 0xFFFF_FFFFL) + ":* (UID)"));
        Summaries summaries = new Summaries(connection, mailbox);
        commands.addAll(summaries.commands(rows));
        for (String set : UidSets.of(flagged)) {
            commands.add(Command.read("UID FETCH " + set + " (UID FLAGS)"));
        }
        Answer answer = connection.run(commands);
        FetchedMessages fetched = FetchedMessages.of(answer);
        Map<Uid, Flags> flags = new HashMap<>();
        Uids.Builder arrived = new Uids.Builder(0);
        fetched.known().values().forEach(items -> {
            Uid uid = SummaryItems.uid(items);
            if (uid != null && uid.value() > known.highestUid()) {
                arrived.add(uid.value());
            }
            if (uid != null && items.containsKey("FLAGS")) {
                flags.put(uid, SummaryItems.flags(items.getOrDefault("FLAGS", Value.Nil.NIL)));
            }
        });
        List<MessageSummary> found = rows.isEmpty() ? List.of() : summaries.of(rows, fetched, answer.isOk());
        return new Glance(new News(known, state(fetched), arrived.build().ascending(), found), flags);
    }

    private MailboxState state(FetchedMessages fetched) {
        Long highest = highest(fetched);
        if (highest == null) {
            // Something came or went between the answers, or the server does not know that * is the last message.
            highest = highest(
                    FetchedMessages.of(connection.run(List.of(Command.read("NOOP"), Command.read("FETCH * (UID)")))));
        }
        return highest == null
                ? inventory(false).state()
                : new MailboxState(mailbox.uidValidity(), mailbox.messages(), highest);
    }

    /** The UID of the last message, or null when it did not come. */
    private @Nullable Long highest(FetchedMessages fetched) {
        if (mailbox.messages() == 0) {
            return 0L;
        }
        NavigableMap<Integer, Map<String, Value>> known = fetched.known();
        Uid uid = known.isEmpty() || known.lastKey() != mailbox.messages()
                ? null
                : SummaryItems.uid(known.lastEntry().getValue());
        return uid == null ? null : uid.value();
    }
}
