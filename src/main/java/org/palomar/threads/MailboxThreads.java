package org.palomar.threads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.palomar.mail.Lineage;
import org.palomar.mail.MailboxState;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;

/**
 * The conversations of one mailbox as of one moment. Immutable, safe for use by many threads; some 60 octets a message. Flags
 * are not in it: they change too often, and a page asks for those it shows.
 */
public final class MailboxThreads {

    private final UidValidity era;
    private final Facts facts;
    private final Conversations conversations;

    private MailboxThreads(UidValidity era, Facts facts, Conversations conversations) {
        this.era = era;
        this.facts = facts;
        this.conversations = conversations;
    }

    static MailboxThreads of(UidValidity era, Facts facts) {
        return new MailboxThreads(era, facts, Conversations.of(facts));
    }

    /** Which messages this is about. */
    public MailboxState state() {
        int last = facts.size() - 1;
        return new MailboxState(era, facts.size(), last < 0 ? 0 : Integer.toUnsignedLong(facts.uids()[last]));
    }

    public int messages() {
        return facts.size();
    }

    /** How many conversations there are. */
    public int count() {
        return conversations.count();
    }

    /** Conversations, the one with the newest arrival first. */
    public List<Conversation> newest(int skip, int count) {
        int to = Math.min(conversations.count(), skip + count);
        return IntStream.range(Math.min(skip, to), to)
                .mapToObj(rank -> conversation(conversations.head(rank)))
                .toList();
    }

    /** The conversation of a message; empty when the message is not here. */
    public Optional<Conversation> of(Uid uid) {
        int index = facts.indexOf(uid.value());
        return index < 0 ? Optional.empty() : Optional.of(conversation(index));
    }

    /** How many conversations are newer than the one of this message, or -1. */
    public int rank(Uid uid) {
        int index = facts.indexOf(uid.value());
        return index < 0 ? -1 : conversations.rank(index);
    }

    private Conversation conversation(int anyone) {
        return new Conversation(Arrays.stream(conversations.members(anyone))
                .mapToObj(index -> new Conversation.Message(uid(index), facts.name(index)))
                .toList());
    }

    private Uid uid(int index) {
        return new Uid(Integer.toUnsignedLong(facts.uids()[index]));
    }

    /** What came and what went is now known too. */
    MailboxThreads with(Collection<Lineage> arrived, Uids missing, Uids gone, String username) {
        Facts left = facts;
        if (!gone.isEmpty()) {
            int[] uids = facts.uids();
            Facts removed =
                    Facts.NONE.plus(gone.list().stream().map(Fact::unreadable).toList());
            left = facts.only(index -> removed.indexOf(Integer.toUnsignedLong(uids[index])) < 0);
        }
        List<Fact> more = Stream.concat(
                        arrived.stream().map(lineage -> Fact.of(lineage, username)),
                        missing.list().stream().map(Fact::unreadable))
                .toList();
        Facts now = left.plus(more);
        Conversations grown = gone.isEmpty() && now.startsWith(facts) ? Growth.of(conversations, now) : null;
        return grown == null ? of(era, now) : new MailboxThreads(era, now, grown);
    }

    Uids uids() {
        Uids.Builder uids = new Uids.Builder(facts.size());
        for (int uid : facts.uids()) {
            uids.add(Integer.toUnsignedLong(uid));
        }
        return uids.build();
    }

    /** The conversations in which any of these identifiers, as {@link Fact#hash}, is mentioned. */
    Mentions mentions(long[] ids) {
        return mentions(conversations.whole(facts.mentioning(ids, Conversations.ambiguous(facts))));
    }

    /** All of them. */
    Mentions all() {
        boolean[] all = new boolean[facts.size()];
        Arrays.fill(all, true);
        return mentions(all);
    }

    private Mentions mentions(boolean[] found) {
        List<Mention> messages = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < found.length; i++) {
            if (found[i]) {
                boolean own = (facts.marks()[i] & Fact.OWN) != 0;
                long letter = own ? facts.ids()[facts.nodes()[at]] ^ Hash.mixed(facts.subjects()[i]) : 0;
                messages.add(new Mention(uid(i), Integer.toUnsignedLong(facts.dates()[i]), letter));
            }
            at += facts.counts()[i];
        }
        return new Mentions(messages, facts.mentionedBy(found));
    }

    /** The conversation of one message; none when it is not here. */
    Mentions mentions(Uid uid) {
        int index = facts.indexOf(uid.value());
        boolean[] one = new boolean[facts.size()];
        if (index >= 0) {
            one[index] = true;
        }
        return mentions(conversations.whole(one));
    }

    /** @param ids everything the messages mention */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mentions(List<Mention> messages, long[] ids) {}

    /**
     * One message.
     *
     * @param date in seconds since 1970, 0 when unknown
     * @param letter the same for copies of one letter; 0 when that cannot be known
     */
    record Mention(Uid uid, long date, long letter) {}

    /** Octets of memory, about. */
    int weight() {
        return facts.weight() + conversations.weight() + 200;
    }
}
