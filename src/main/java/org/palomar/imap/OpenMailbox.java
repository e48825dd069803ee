package org.palomar.imap;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Flags;
import org.palomar.mail.HeaderField;
import org.palomar.mail.Inventory;
import org.palomar.mail.Lineage;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;

/**
 * A mailbox on loan to one thread. Reading never sets {@code \Seen}. A message that is gone is left out of results; a
 * method for one message throws {@link ImapException.MessageGone}.
 */
public interface OpenMailbox {

    MailboxName name();

    UidValidity uidValidity();

    /** Messages in the mailbox as of the last answer of the server. */
    int messages();

    /** The next UID as of the selection, or 0 when the server did not say. */
    long uidNext();

    /**
     * Refuses references from another era.
     *
     * @throws ImapException.UidValidityChanged when {@code ref} carries another UIDVALIDITY
     */
    void check(MessageRef ref);

    /**
     * A window of messages, newest arrival first, in one round trip.
     *
     * @param skip how many of the newest to pass over, from 0
     * @param count 1 to 500
     * @return with the number of messages in the mailbox after the command
     */
    Window newest(int skip, int count);

    /** As {@link #newest}, oldest arrival first. */
    Window oldest(int skip, int count);

    /** The messages among {@code uids} that still exist, in UID order. At most 10,000 UIDs. */
    List<MessageSummary> summaries(Collection<Uid> uids);

    /** As {@link #summaries} without structure and preview, in one round trip; {@link ImapException.Busy} when refused for now. */
    List<MessageSummary> outlines(Collection<Uid> uids);

    /**
     * One message with header lines: one round trip, or two where the message has not been on a list yet and something is wanted
     * {@code ahead}.
     *
     * @param headers names such as {@code References}
     * @param ahead what will be asked for next of this message: {@link #parts} and {@link #neighbours} have it then
     */
    Detail detail(Uid uid, List<String> headers, Ahead ahead);

    /**
     * The neighbours by arrival: the message after (newer) and before (older) the one with this sequence number, as
     * {@link #detail} told it in this loan; what was expunged since then is allowed for.
     */
    Neighbours neighbours(int sequence);

    /** All messages as of now, in one round trip; 300,000 without gaps are a few octets on the wire with ESEARCH (RFC 4731). */
    Inventory inventory();

    /**
     * What came and went since {@code known}: one round trip when nothing did or messages only arrived, else two or three. In
     * another era everything known is gone, and everything there is arrived.
     */
    Difference since(Inventory known);

    /** The same, going on from what {@link #news} has told in this loan about the state of {@code known}. */
    Difference since(Inventory known, News news);

    /**
     * Looks after the mailbox and reads some of its messages in one round trip.
     *
     * @param known what the caller has seen
     * @param rows at most 500; those of another era than the mailbox's are not looked for
     */
    News news(MailboxState known, Collection<Uid> rows);

    /**
     * All messages as of now in the order of a key, lowest first and ties by UID: one round trip where the server has SORT (RFC
     * 5256), else one for every 2,000 messages. Any part of it is ordered as the whole.
     */
    Uids sorted(SortKey key);

    /** Those of {@code uids} that exist, in that order. At most 10,000; one round trip for 500. */
    Uids sorted(SortKey key, Collection<Uid> uids);

    /**
     * As {@link #news}, with the flags of further messages in the same round trip.
     *
     * @param flagged at most 10,000
     */
    Glance glance(MailboxState known, Collection<Uid> rows, Collection<Uid> flagged);

    /**
     * What messages answer: envelope and References, in UID order, in one round trip. One that cannot be read is left out.
     *
     * @param uids at most 10,000
     */
    List<Lineage> lineages(Collection<Uid> uids);

    /** UIDs of all messages that are there now, ascending. */
    List<Uid> uids();

    /** Those among {@code uids} that are in the mailbox now, ascending. */
    List<Uid> present(Collection<Uid> uids);

    /** UIDs of messages that are one of these (1 to 20) or answer one, ascending; the server may have to read many headers. */
    List<Uid> mentioning(List<MessageId> ids);

    /**
     * UIDs of all messages that match, ascending: one round trip, or two where the mailbox was open already and what arrived
     * meanwhile must be asked for, which a bounded range of UIDs does without. A server that takes no other letters than
     * US-ASCII may find more than was asked for.
     *
     * @throws ImapException.Refused when the server cannot search for this
     */
    List<Uid> search(SearchKey key);

    /** When the messages among {@code uids} that still exist arrived (INTERNALDATE). */
    Map<Uid, Instant> arrivals(Collection<Uid> uids);

    /**
     * Ends what the server is doing for this loan by closing the connection; the borrower gets {@link ImapException.ConnectionLost}
     * and is not asked again. May be called by any thread; does nothing once the loan is over.
     */
    void abandon();

    /** UIDs of messages with this Message-ID header, ascending. */
    List<Uid> withMessageId(String messageId);

    /**
     * Content of a part as transferred, still encoded, up to {@code limit} octets; the root path gives the body of a
     * message that is not a multipart.
     */
    byte[] part(Uid uid, PartPath path, int limit);

    /** Several parts in one round trip; each up to {@code limit} octets. Missing parts are absent from the result. */
    Map<PartPath, byte[]> parts(Uid uid, List<PartPath> paths, int limit);

    /**
     * The first octets of one part of each of many messages, as transferred, in one round trip.
     *
     * @param parts which part of which message; at most 500
     * @param limit octets of each
     */
    Map<Uid, byte[]> heads(Map<Uid, PartPath> parts, int limit);

    /** MIME header of a part, or the message's own header for the root path; up to {@code limit} octets. */
    byte[] header(Uid uid, PartPath path, int limit);

    /**
     * Streams a part as transferred, still encoded, in constant memory; the root path streams the whole message.
     *
     * @return octets written
     * @throws ImapException.Refused when the server cannot cut the part out; perhaps after some of it was written
     */
    default long stream(Uid uid, PartPath path, OutputStream to) {
        return stream(uid, path, 0, Long.MAX_VALUE, to);
    }

    /**
     * Streams some of a part as {@link #stream(Uid, PartPath, OutputStream)} does.
     *
     * @param from octets of it to pass over, as transferred
     * @param count octets at most
     */
    long stream(Uid uid, PartPath path, long from, long count, OutputStream to);

    /** Sets or clears flags (UID STORE). Unknown UIDs are passed over. */
    void store(Collection<Uid> uids, FlagChange change, Flags flags);

    /**
     * Sets or clears one flag in one round trip, and tells whose it changed: a message that was so before is not among them.
     *
     * @param flag a system flag or a keyword
     * @return UIDs of the messages that were otherwise before, ascending
     */
    List<Uid> mark(Collection<Uid> uids, FlagChange change, String flag);

    /** Copies; returns where the copies lie by old UID, empty without UIDPLUS (RFC 4315). */
    Map<Uid, MessageRef> copy(Collection<Uid> uids, MailboxName target);

    /**
     * Moves (RFC 6851), or copies, marks and expunges these UIDs only where the server has no MOVE. Never a plain EXPUNGE.
     *
     * @return where they lie now by old UID, empty where the server does not tell
     * @throws ImapException.Unsupported when the server has neither MOVE nor UIDPLUS; nothing was marked
     */
    Map<Uid, MessageRef> move(Collection<Uid> uids, MailboxName target);

    /**
     * Removes for good (STORE and UID EXPUNGE).
     *
     * @throws ImapException.Unsupported without UIDPLUS; nothing was marked
     */
    void expunge(Collection<Uid> uids);

    /** How a STORE changes flags. */
    enum FlagChange {
        ADD,
        REMOVE;

        /** The change that takes this one back. */
        public FlagChange inverse() {
            return this == ADD ? REMOVE : ADD;
        }
    }

    /** @param total messages in the mailbox */
    record Window(List<MessageSummary> messages, int total) {}

    /**
     * What changed between two inventories.
     *
     * @param now all messages there are
     * @param arrived ascending
     * @param gone ascending
     */
    record Difference(Inventory now, Uids arrived, Uids gone) {

        public boolean isNone() {
            return arrived.isEmpty() && gone.isEmpty();
        }
    }

    /**
     * How a mailbox is, compared with a state known before.
     *
     * @param since that state
     * @param now equal to {@code since} when the messages are the same
     * @param arrived what came, ascending; none when the era is another
     * @param rows in UID order
     */
    record News(MailboxState since, MailboxState now, Uids arrived, List<MessageSummary> rows) {

        /** Whether more happened than arrivals: messages are missing, or the era is another. */
        public boolean removed() {
            return !now.uidValidity().equals(since.uidValidity())
                    || now.messages() != since.messages() + arrived.size()
                    || now.highestUid() != (arrived.isEmpty() ? since.highestUid() : arrived.highest());
        }
    }

    /** @param flags of the messages asked for that are there, and of the rows */
    record Glance(News news, Map<Uid, Flags> flags) {}

    /**
     * What is read along with a message.
     *
     * @param parts which parts one wants of a message with this structure
     * @param limit octets of each, as transferred
     * @param neighbours whether the messages beside it are wanted
     */
    record Ahead(Function<BodyStructure, List<PartPath>> parts, int limit, boolean neighbours) {

        public static final Ahead NOTHING = new Ahead(_ -> List.of(), 1, false);
    }

    /**
     * @param headers decoded values by lower-case name, the first of each; absent headers are absent
     * @param lines the header lines asked for as they came, 256 KB at most, octets as U+0000 to U+00FF
     */
    record Detail(MessageSummary summary, Map<String, String> headers, String lines) {

        /** All fields asked for in their order: what stands above was written later. */
        public List<HeaderField> fields() {
            return HeaderField.all(lines);
        }
    }

    /** The next messages towards the newest and towards the oldest, null where there is none. */
    record Neighbours(@Nullable MessageRef newer, @Nullable MessageRef older) {}
}
